import { isLoopbackName, readHost, type Host } from '#lib/host'
import { Refusal } from '#lib/refusal'
import type { Context } from '#platform/context'
import { requireOk } from '#platform/net'
import { isJson, listOf, parseDocument, type Json } from '../reading/json.ts'

export type Handle = { username: string; host: Host }
export type Finger = { handle: Handle; actorUri: string }

const MAX_BYTES = 64 * 1024
const SUBSCRIBE = 'http://ostatus.org/schema/1.0/subscribe'
const USERNAME = /^[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*$/i

/** Reads `acct:name@host`, `@name@host` and `name@host`; undefined for everything else. */
export function readHandle(text: string): Handle | undefined {
  const parts = text
    .trim()
    .replace(/^acct:/i, '')
    .replace(/^@/, '')
    .split('@')
  const [username = '', domain = ''] = parts
  const host = parts.length === 2 ? readHost(domain) : undefined
  return host && username.length <= 2048 && USERNAME.test(username) ? { username, host } : undefined
}

/**
 * Asks a handle's own server who it is. Where the answer names another handle, that one's server is asked once, and must
 * say the same (federation.md g.3, federation-security.md 3.3).
 */
export async function fingerHandle(ctx: Context, handle: Handle): Promise<Finger> {
  const first = await finger(ctx, handle)
  if (isSame(first.handle, handle)) return first
  const second = await finger(ctx, first.handle)
  if (!isSame(second.handle, first.handle) || second.actorUri !== first.actorUri) throw unknown()
  return second
}

function isSame(a: Handle, b: Handle): boolean {
  return a.host === b.host && a.username.toLowerCase() === b.username.toLowerCase()
}

function unknown(): Refusal {
  return new Refusal('notFound', 'Nobody answers to this handle')
}

/** Where somebody's own server takes them to follow, or to answer, what lives at `uri`; undefined when it does not say. */
export async function fingerSubscribe(ctx: Context, handle: Handle, uri: string): Promise<string | undefined> {
  const link = linksIn(await askFor(ctx, handle)).find(({ rel }) => rel === SUBSCRIBE)
  const template = typeof link?.template === 'string' && link.template.includes('{uri}') ? link.template : undefined
  const address = template && URL.parse(template.replace('{uri}', encodeURIComponent(uri)))
  const isWeb =
    address && (address.protocol === 'https:' || schemeOf(ctx, handle.host) === address.protocol.slice(0, -1))
  return isWeb ? address.href : undefined
}

async function finger(ctx: Context, handle: Handle): Promise<Finger> {
  return readJrd(await askFor(ctx, handle))
}

async function askFor(ctx: Context, handle: Handle): Promise<Json> {
  const resource = encodeURIComponent(`acct:${handle.username}@${handle.host}`)
  const response = await ctx.net.request(
    `${schemeOf(ctx, handle.host)}://${handle.host}/.well-known/webfinger?resource=${resource}`,
    {
      method: 'GET',
      accept: 'application/jrd+json, application/json',
      allowTypes: ['application/jrd+json', 'application/json'],
      maxBytes: MAX_BYTES,
    },
  )
  if (response.status === 404 || response.status === 410) throw unknown()
  requireOk(response)
  return parseDocument(response.body)
}

/** Plain http only towards test networks, which the configuration names; there names of this machine have no certificate. */
function schemeOf(ctx: Context, host: Host): 'http' | 'https' {
  const isTest = ctx.config.allowPrivateNetworks.length > 0 && isLoopbackName(new URL(`https://${host}`).hostname)
  return isTest ? 'http' : 'https'
}

const SELF_TYPES = [
  /^application\/activity\+json/,
  /^application\/ld\+json; ?profile="https:\/\/www\.w3\.org\/ns\/activitystreams"/,
]

function linksIn(document: Json): Json[] {
  return listOf(document.links, 100).filter(isJson)
}

function readJrd(document: Json): Finger {
  const handle = typeof document.subject === 'string' ? readHandle(document.subject) : undefined
  const self = linksIn(document).find(
    (link) => link.rel === 'self' && SELF_TYPES.some((type) => typeof link.type === 'string' && type.test(link.type)),
  )
  if (!handle || typeof self?.href !== 'string') throw unknown()
  return { handle, actorUri: self.href }
}
