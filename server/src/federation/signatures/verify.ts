import { type KeyObject, verify as verifyBytes } from 'node:crypto'
import { readHost } from '#lib/host'
import { contentDigestMatches, digestMatches } from './digest.ts'
import { badRequest, unauthorized } from './headers.ts'
import { isUsableKey } from './keys.ts'
import { componentValues, type ParsedSignature } from './read-signature.ts'
import { signingString, withoutQuery } from './signing-string.ts'

/** What was received around the signature. */
export type ReceivedRequest = {
  /** The raw bytes, before any parsing; empty or absent without a body. */
  body?: Buffer | undefined
  now: Date
  /** The names under which we may be addressed. */
  ownHosts: readonly string[]
}

const HOUR_MS = 3_600_000
/** Clocks of peers go wrong: as Mastodon, an hour each way (federation.md f.2). */
const SKEW_MS = HOUR_MS
const DEFAULT_LIFE_MS = 5 * 60_000
const MAX_LIFE_MS = 12 * HOUR_MS
const HTTP_DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/

/**
 * Everything that can be checked without the key: to be called before a key is fetched (federation-security.md 2.5).
 * Throws a Refusal.
 */
export function checkSignedRequest(parsed: ParsedSignature, request: ReceivedRequest): void {
  requireOwnHost(parsed, request.ownHosts)
  requireFresh(parsed, request.now.getTime())
  requireDigests(parsed, request.body ?? Buffer.alloc(0))
}

/**
 * True when the key made this signature over this request; false when the key should be looked up anew and tried once more.
 * Repeats the checks that need no key, so that none can be forgotten.
 */
export function verifySignature(parsed: ParsedSignature, publicKey: KeyObject, request: ReceivedRequest): boolean {
  checkSignedRequest(parsed, request)
  const hash = hashFor(parsed, publicKey)
  if (hash === undefined) return false
  const targets = new Set([parsed.target, withoutQuery(parsed.target)])
  return [...targets].some((target) => {
    const text = signingString(parsed.components, componentValues(parsed, target))
    // Node reads headers as latin1, so this gives back the bytes that came.
    return text !== undefined && verifyBytes(hash, Buffer.from(text, 'latin1'), publicKey, parsed.signature)
  })
}

/** The hash to verify with (null for Ed25519, which has its own); undefined when key and label do not agree. */
function hashFor(parsed: ParsedSignature, key: KeyObject): 'sha256' | 'sha512' | null | undefined {
  if (!isUsableKey(key)) return undefined
  const { algorithm } = parsed
  if (key.asymmetricKeyType === 'ed25519') return algorithm === 'hs2019' || algorithm === 'ed25519' ? null : undefined
  if (algorithm === 'ed25519') return undefined
  return algorithm === 'rsa-sha512' ? 'sha512' : 'sha256'
}

function requireOwnHost(parsed: ParsedSignature, ownHosts: readonly string[]): void {
  const host = readHost(parsed.headers.get('host') ?? '')
  if (host === undefined) throw badRequest('The Host header is malformed')
  if (!ownHosts.some((own) => readHost(own) === host)) throw unauthorized('The request was signed for another server')
}

/** Both times count when both are covered: the older end and the newer start. */
function requireFresh(parsed: ParsedSignature, now: number): void {
  const starts: number[] = []
  if (parsed.created !== undefined) starts.push(parsed.created * 1000)
  if (parsed.components.includes('date')) starts.push(readHttpDate(parsed.headers.get('date')))
  for (const start of starts) {
    const end = Math.min(
      parsed.expires === undefined ? start + DEFAULT_LIFE_MS : parsed.expires * 1000,
      start + MAX_LIFE_MS,
    )
    if (start > now + SKEW_MS) throw unauthorized('The signature is from the future')
    if (end < start || now > end + SKEW_MS) throw unauthorized('The signature is too old')
  }
}

function readHttpDate(text: string | undefined): number {
  const time = text !== undefined && HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN
  // `Date.parse` moves 31 February into March.
  if (Number.isNaN(time) || new Date(time).toUTCString() !== text) throw badRequest('The Date header is malformed')
  return time
}

/** Each digest that is there must be right, covered or not; `readSignature` has seen to it that a request with a body covers one. */
function requireDigests(parsed: ParsedSignature, body: Buffer): void {
  const digest = parsed.headers.get('digest')
  const contentDigest = parsed.headers.get('content-digest')
  if (digest !== undefined && !digestMatches(digest, body)) throw unauthorized('The digest does not fit the body')
  if (contentDigest !== undefined && !contentDigestMatches(contentDigest, body)) {
    throw unauthorized('The digest does not fit the body')
  }
  if (body.length > 0 && !(digest !== undefined && parsed.components.includes('digest'))) {
    throw unauthorized('The signature must cover digest')
  }
}
