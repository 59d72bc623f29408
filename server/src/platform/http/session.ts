import type { FastifyReply, FastifyRequest } from 'fastify'
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

/** Tells scripts of our own pages that somebody is signed in, and nothing else. */
function hintCookieName(config: Config): string {
  const url = new URL(config.url)
  return url.protocol === 'https:' ? 'hamlet-signed-in' : `hamlet-signed-in-${url.port || '80'}`
}

/** Sets the cookie of a session, or clears it with null. */
export function setSessionCookie(reply: FastifyReply, config: Config, secret: string | null): void {
  const secure = config.url.startsWith('https:')
  const common = { path: '/', sameSite: 'lax', secure, maxAge: secret === null ? 0 : ONE_YEAR_S } as const
  reply.setCookie(sessionCookieName(config), secret ?? '', { ...common, httpOnly: true })
  reply.setCookie(hintCookieName(config), secret === null ? '' : '1', common)
}

export function readSessionCookie(request: FastifyRequest, config: Config): string | undefined {
  return request.cookies[sessionCookieName(config)] || undefined
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
