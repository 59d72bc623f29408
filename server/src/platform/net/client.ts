import { Agent, request as send, type Dispatcher } from 'undici'
import { readNetworks } from './address.ts'
import { ACCEPT_ENCODING, drop, readBody, readErrorBody, readStart } from './body.ts'
import { makeConnector, makeResolve } from './connect.ts'
import { makeResolveMail } from './mail-hosts.ts'
import { asFailure, failure } from './failures.ts'
import { isAllowedType } from './media-type.ts'
import { makeSlots, type Slots } from './slots.ts'
import { requireTarget, type TargetRules } from './target.ts'

export type NetOptions = {
  /** CIDRs that may be reached although they are not public, with plain http and any port. Test networks only. */
  allowPrivateNetworks: readonly string[]
  /** Certificate authorities (PEM) to trust besides the usual ones. */
  extraCa?: string | undefined
  userAgent: string
  /** Stands in for DNS in tests. */
  resolve?: ((hostname: string) => Promise<string[]>) | undefined
  /** The same for the hosts that take a domain's mail. */
  resolveMail?: ((domain: string) => Promise<string[]>) | undefined
  /** For tests: where the standard port of a name really is, since only root may listen on 443. */
  portOf?: ((hostname: string) => number | undefined) | undefined
  /** Hosts that are us; what is there is in our database (federation-security.md 1.7). */
  ownHosts: readonly string[]
  /** Milliseconds of a clock that only moves on. */
  now?: (() => number) | undefined
}

export type SignableRequest = { method: string; url: string; headers: Record<string, string>; body: Buffer | undefined }

export type NetRequest = {
  method: 'GET' | 'HEAD' | 'POST'
  headers?: Record<string, string>
  body?: Buffer | string
  accept?: string
  maxBytes: number
  /** Gives the first `maxBytes` of a longer answer in place of refusing it. */
  mayCut?: boolean
  /** For everything together: waiting, connecting, redirects, body. Default 30 s. */
  timeoutMs?: number
  /** 0 to 3; only GET and HEAD are redirected. */
  redirects?: number
  /** Gives a redirect as an answer like another, in place of following it. */
  keepsRedirect?: boolean
  /** Headers that belong to one hop; asked again for each, right before sending. */
  signRequest?: (request: SignableRequest) => Promise<Record<string, string>>
  /** Media types that a 2xx answer may have: `application/activity+json`, `image/*`, `application/ld+json; profile="…"`. */
  allowTypes?: readonly string[]
}

export type NetResponse = { status: number; headers: Readonly<Record<string, string>>; url: string; body: Buffer }

export type Net = {
  /** Gives every final answer, whatever its status; throws a Refusal with `details.kind` when there is none. */
  request(url: string | URL, request: NetRequest): Promise<NetResponse>
  /** Reads an address that is kept for later; refuses one that could never be asked. It is checked again on the way. */
  requireTarget(url: string): URL
  /** The hosts that take a domain's mail (MX), in lower case; none when nobody says so within two seconds. */
  resolveMail(domain: string): Promise<string[]>
  close(): Promise<void>
}

const MAX_REDIRECTS = 3
const TOTAL_MS = 30_000
const HEADERS_MS = 10_000
const MAX_HEADER_BYTES = 16 * 1024
const MAX_ERROR_BYTES = 64 * 1024
const PER_HOST = 5
const REDIRECTS = new Set([301, 302, 303, 307, 308])
/** What proves who we are must not follow a redirect to somebody else (federation-security.md 1.3). */
const BOUND_TO_HOST = ['authorization', 'cookie', 'proxy-authorization', 'signature', 'signature-input']

type Machine = { agent: Agent; slots: Slots; rules: TargetRules; userAgent: string; now: () => number }
/** One request while it travels: where it is, what it still carries, and how long it may live. */
type Trip = { url: URL; headers: Record<string, string>; request: NetRequest; deadline: number; signal: AbortSignal }

/** The only way out: every address that somebody else could have chosen is fetched through here. */
export function makeNet(options: NetOptions): Net {
  const allowed = readNetworks(options.allowPrivateNetworks)
  const agent = new Agent({
    connect: makeConnector({
      allowed,
      resolve: options.resolve ?? makeResolve(),
      portOf: options.portOf ?? (() => undefined),
      extraCa: options.extraCa,
    }),
    connections: PER_HOST,
    maxHeaderSize: MAX_HEADER_BYTES,
    keepAliveMaxTimeout: 30_000,
  })
  const machine: Machine = {
    agent,
    slots: makeSlots(PER_HOST),
    rules: { allowed, ownHosts: options.ownHosts },
    userAgent: options.userAgent,
    now: options.now ?? (() => performance.now()),
  }
  return {
    request: (url, request) => travel(machine, url, request),
    requireTarget: (url) => requireTarget(url, machine.rules),
    resolveMail: options.resolveMail ?? makeResolveMail(),
    close: () => agent.destroy(),
  }
}

async function travel(machine: Machine, start: string | URL, request: NetRequest): Promise<NetResponse> {
  const timeoutMs = request.timeoutMs ?? TOTAL_MS
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), timeoutMs)
  try {
    const trip: Trip = {
      url: requireTarget(start, machine.rules),
      headers: startHeaders(machine, request),
      request,
      deadline: machine.now() + timeoutMs,
      signal: abort.signal,
    }
    return await followHops(machine, trip)
  } finally {
    clearTimeout(timer)
  }
}

async function followHops(machine: Machine, trip: Trip): Promise<NetResponse> {
  const seen = new Set<string>()
  for (;;) {
    seen.add(trip.url.href)
    // oxlint-disable-next-line no-await-in-loop -- each hop is known only from the one before
    const answer = await hop(machine, trip)
    if (!('next' in answer)) return answer
    const tooMany = seen.size > Math.min(trip.request.redirects ?? MAX_REDIRECTS, MAX_REDIRECTS)
    if (trip.request.method === 'POST' || tooMany) throw failure('redirect', undefined, { status: answer.status })
    const next = requireTarget(answer.next.trim(), machine.rules, trip.url)
    const downgrade = trip.url.protocol === 'https:' && next.protocol !== 'https:'
    if (downgrade || seen.has(next.href)) throw failure('redirect', undefined, { status: answer.status })
    if (next.host !== trip.url.host) for (const name of BOUND_TO_HOST) delete trip.headers[name]
    trip.url = next
  }
}

async function hop(machine: Machine, trip: Trip): Promise<NetResponse | { next: string; status: number }> {
  let free: (() => void) | undefined
  try {
    free = await machine.slots(trip.url.host, trip.signal)
    const response = await sendSafely(machine, trip)
    return await answerOf(trip, response)
  } catch (error) {
    if (error instanceof SignError) throw error.cause
    throw asFailure(error, trip.signal.aborted)
  } finally {
    free?.()
  }
}

/**
 * A server may close a connection that rests in the very moment when it is used again. What may be asked twice is then
 * asked once more (RFC 9110, 9.2.2; RFC 9112, 9.3.1); a delivery is not, since its job tries again by itself.
 */
async function sendSafely(machine: Machine, trip: Trip): Promise<Dispatcher.ResponseData> {
  try {
    return await exchange(machine, trip)
  } catch (error) {
    if (!wasUsedBefore(error) || trip.request.method === 'POST' || trip.signal.aborted) throw error
    return exchange(machine, trip)
  }
}

/** Whether a connection broke that had brought an answer before: its end says nothing of how the server is now. */
function wasUsedBefore(error: unknown): boolean {
  const { code, socket } = (error ?? {}) as { code?: unknown; socket?: { bytesRead?: number } }
  return code === 'UND_ERR_SOCKET' ? (socket?.bytesRead ?? 0) > 0 : code === 'ECONNRESET' || code === 'EPIPE'
}

async function exchange(machine: Machine, trip: Trip): Promise<Dispatcher.ResponseData> {
  const { request, signal } = trip
  const headers = await hopHeaders(trip)
  return send(trip.url, {
    dispatcher: machine.agent,
    method: request.method,
    headers,
    body: request.body ?? null,
    signal,
    headersTimeout: Math.max(1, Math.min(HEADERS_MS, Math.ceil(trip.deadline - machine.now()))),
    bodyTimeout: HEADERS_MS,
  })
}

function answerOf(
  trip: Trip,
  response: Dispatcher.ResponseData,
): Promise<NetResponse> | { next: string; status: number } {
  const location = single(response.headers['location'])
  if (!REDIRECTS.has(response.statusCode) || location === undefined || trip.request.keepsRedirect)
    return finish(trip, response)
  drop(response.body)
  return { next: location, status: response.statusCode }
}

async function finish(trip: Trip, response: Dispatcher.ResponseData): Promise<NetResponse> {
  const { request } = trip
  const status = response.statusCode
  const encoding = single(response.headers['content-encoding'])
  const answer = { status, headers: plainHeaders(response.headers), url: trip.url.href }
  if (status >= 400) {
    const cap = Math.min(request.maxBytes, MAX_ERROR_BYTES)
    return { ...answer, body: await readErrorBody(response.body, encoding, cap) }
  }
  const expected = status < 300 && status !== 204 ? request.allowTypes : undefined
  if (expected && !isAllowedType(single(response.headers['content-type']), expected)) {
    drop(response.body)
    throw failure('type', undefined, { status })
  }
  if (
    request.method !== 'HEAD' &&
    !request.mayCut &&
    Number(single(response.headers['content-length']) ?? 0) > request.maxBytes
  ) {
    drop(response.body)
    throw failure('tooLarge')
  }
  if (request.method === 'HEAD') {
    drop(response.body)
    return { ...answer, body: Buffer.alloc(0) }
  }
  const read = request.mayCut ? readStart : readBody
  return { ...answer, body: await read(response.body, encoding, request.maxBytes) }
}

function startHeaders(machine: Machine, request: NetRequest): Record<string, string> {
  return {
    'user-agent': machine.userAgent,
    accept: request.accept ?? '*/*',
    'accept-encoding': ACCEPT_ENCODING,
    ...lowerCase(request.headers ?? {}),
  }
}

/** An error of the caller's own signer is the caller's, not the other server's. */
class SignError extends Error {}

async function hopHeaders(trip: Trip): Promise<Record<string, string>> {
  const { request, url } = trip
  if (!request.signRequest) return trip.headers
  const body = typeof request.body === 'string' ? Buffer.from(request.body) : request.body
  const headers = { ...trip.headers }
  const signing = request.signRequest({ method: request.method, url: url.href, headers, body })
  const signed = await signing.catch((error: unknown) => {
    throw new SignError('signing failed', { cause: error })
  })
  return { ...trip.headers, ...lowerCase(signed) }
}

/** `Host` is left to undici: it also decides the name in the TLS handshake, so nobody else may choose it. */
function lowerCase(headers: Record<string, string>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  return Object.fromEntries(entries.filter(([name]) => name !== 'host'))
}

/** The value of a header that may come once; several become one text that no reader of single values accepts. */
function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value
}

function plainHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const plain: Record<string, string> = Object.create(null) as Record<string, string>
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) plain[name] = single(value) ?? ''
  return plain
}
