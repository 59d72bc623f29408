import { Refusal } from '#lib/refusal'

/** What went wrong on the way out; callers tell a server that is down from an address that is forbidden by it. */
export type FailureKind = 'address' | 'redirect' | 'tooLarge' | 'timeout' | 'type' | 'network' | 'status'

const MESSAGES: Record<FailureKind, string> = {
  address: 'This address may not be fetched',
  redirect: 'The other server redirects to a place that may not be followed',
  tooLarge: 'The answer of the other server is too large',
  timeout: 'The other server did not answer in time',
  type: 'The other server answered with an unexpected kind of content',
  network: 'The other server could not be reached',
  status: 'The other server did not give what was asked for',
}

/**
 * One message per kind and no word about the address behind it: whoever asked must not learn
 * from us what listens inside our network (reliability-and-security.md SF-18).
 */
export function failure(kind: FailureKind, cause?: unknown, more: Record<string, unknown> = {}): Refusal {
  const details = { ...more, kind }
  return new Refusal('unavailable', MESSAGES[kind], cause === undefined ? { details } : { cause, details })
}

/** undici's error codes; whatever is not named here is the network's fault. */
const KINDS: Record<string, FailureKind> = {
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_OVERFLOW: 'tooLarge',
  ETIMEDOUT: 'timeout',
  ETIMEOUT: 'timeout',
}

/** Any error of a request as the Refusal that it means; `expired` says whether our own deadline had passed. */
export function asFailure(error: unknown, expired: boolean): Refusal {
  if (error instanceof Refusal) return error
  if (expired) return failure('timeout', error)
  const code = (error as { code?: unknown } | null)?.code
  return failure((typeof code === 'string' ? KINDS[code] : undefined) ?? 'network', error)
}

/** The kind of a failure of this client; undefined for every other error. */
export function failureKind(error: unknown): FailureKind | undefined {
  return error instanceof Refusal && error.reason === 'unavailable'
    ? (error.details['kind'] as FailureKind | undefined)
    : undefined
}

/** For fetches that only a plain 200 satisfies (federation.md h.1). */
export function requireOk<T extends { status: number }>(response: T): T {
  if (response.status !== 200) throw failure('status', undefined, { status: response.status })
  return response
}
