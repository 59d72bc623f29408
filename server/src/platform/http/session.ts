import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import type { Config } from '#platform/config'

const ONE_YEAR_S = 31_536_000

/**
 * Browsers do not keep cookies of ports apart, so a loopback name carries its port; over https the prefix `__Host-`
 * lets no neighbour domain set it (RFC 6265bis, 4.1.3.2).
 */
export function sessionCookieName(config: Config): string {
  const url = new URL(config.url)
  return url.protocol === 'https:' ? '__Host-hamlet' : `hamlet-${url.port || '80'}`
}

/** Tells scripts of our own pages with how many accounts the browser is signed in, and nothing else. */
function hintCookieName(config: Config): string {
  const url = new URL(config.url)
  return url.protocol === 'https:' ? 'hamlet-signed-in' : `hamlet-signed-in-${url.port || '80'}`
}

/** A session of another account that the same browser is signed in with (docs/decisions/0027). */
export type OtherSession = { accountId: Id; secret: string }
/** All that a browser is signed in with: the one that pages are opened as, and the others. */
export type Jar = {
  active: string | undefined
  others: readonly OtherSession[]
  /** What it carries while somebody is away at another service. */
  flow?: string | undefined
}

/** Five accounts in a browser, all told: each is a session, and a cookie has 4 kB. */
export const MOST_OTHERS = 4

function othersCookieName(config: Config): string {
  return `${sessionCookieName(config)}-others`
}

/** Lax, so that it comes along when the other service leads back. */
const FLOW_S = 15 * 60
function flowCookieName(config: Config): string {
  return `${sessionCookieName(config)}-flow`
}

/** Sets the cookies of a browser's sessions; null ends the active one, and what is absent stays as it is. */
export function setSessionCookies(
  reply: FastifyReply,
  config: Config,
  {
    session,
    others,
    flow,
  }: {
    session?: string | null | undefined
    others?: readonly OtherSession[] | undefined
    flow?: string | null | undefined
  },
): void {
  const secure = config.url.startsWith('https:')
  const common = (isKept: boolean) => ({ path: '/', sameSite: 'lax', secure, maxAge: isKept ? ONE_YEAR_S : 0 }) as const
  if (session !== undefined) {
    reply.setCookie(sessionCookieName(config), session ?? '', { ...common(session !== null), httpOnly: true })
    const count = session === null ? '' : String(1 + (others?.length ?? 0))
    reply.setCookie(hintCookieName(config), count, common(session !== null))
  }
  if (flow !== undefined) {
    const maxAge = flow === null ? 0 : FLOW_S
    reply.setCookie(flowCookieName(config), flow ?? '', { ...common(true), maxAge, httpOnly: true })
  }
  if (others !== undefined) {
    const text = others.map(({ accountId, secret }) => `${accountId}.${secret}`).join('~')
    reply.setCookie(othersCookieName(config), text, { ...common(text !== ''), httpOnly: true })
  }
}

/** What a browser's cookies say, unproven: whoever uses a secret asks who is behind it. */
export function readJar(cookies: Readonly<Record<string, string | undefined>>, config: Config): Jar {
  const others = (cookies[othersCookieName(config)] ?? '').split('~').flatMap((text) => {
    const match = /^(\d{1,19})\.([\w-]{1,100})$/.exec(text)
    return match?.[1] && match[2] ? [{ accountId: match[1], secret: match[2] }] : []
  })
  const flow = cookies[flowCookieName(config)] || undefined
  return { active: cookies[sessionCookieName(config)] || undefined, others: others.slice(0, MOST_OTHERS), flow }
}

/** The header, or a stream's parameter, in which a page of ours names the account that it acts as. */
export const ACTING_AS = 'hamlet-account'

/**
 * The session that a request is made with. A page says as whom it acts, so that one which was opened before the browser
 * switched does nothing as somebody else; whoever finds the person behind the secret compares it with that name.
 */
export function pickSession(jar: Jar, actingAs: string | undefined): string | undefined {
  const other = actingAs === undefined ? undefined : jar.others.find(({ accountId }) => accountId === actingAs)
  return other?.secret ?? jar.active
}

/** Read from a header or a parameter; what comes twice names nobody. */
export function readActingAs(value: unknown): string | undefined {
  if (value === undefined) return undefined
  return typeof value === 'string' ? value : ''
}

/**
 * Refuses what another site's page made this browser send. A browser says where an unsafe request comes from
 * (Fetch standard, Origin header); a request that carries a cookie and does not say so is not one of ours.
 */
export function requireSameOrigin(request: FastifyRequest, config: Config): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const { origin } = request.headers
  if (origin === undefined || !ownOrigins(config, request.host).includes(origin))
    throw new Refusal('forbidden', `This came from another page than ours. Open ${config.url} and try again.`)
}

/** Where our own pages come from: the public address, and whatever name this request came to. */
export function ownOrigins(config: Config, host: string): string[] {
  return [new URL(config.url).origin, `http://${host}`, `https://${host}`]
}
