/** Why a request, an activity or a job was turned down. Each door translates the reason into its own words. */
export type RefusalReason =
  | 'notFound'
  | 'forbidden'
  | 'unauthorized'
  | 'invalid'
  | 'badRequest'
  | 'conflict'
  | 'gone'
  | 'tooMany'
  | 'tooLarge'
  | 'unavailable'

export type RefusalOptions = {
  cause?: unknown
  /** Extra members of the answer's JSON, beside `error`: `{ details: { username: [...] } }`. Never secrets. */
  details?: Record<string, unknown>
  /** By this name a page says it in its reader's language (`Fault` of `contract/src/pages.ts`). */
  fault?: string
  /** Too busy just now, not broken: the door says after how many seconds it is worth another try. */
  retryAfterSeconds?: number
}

/**
 * An answer that says no. Any other error is a bug or an outage.
 * `message` is shown to whoever asked, so it must be safe and plain.
 */
export class Refusal extends Error {
  readonly reason: RefusalReason
  readonly details: Record<string, unknown>
  readonly fault: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(reason: RefusalReason, message: string, options: RefusalOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.name = 'Refusal'
    this.reason = reason
    this.details = options.details ?? {}
    this.fault = options.fault
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

/** The answer for what is not there, and for what the viewer may not know is there (mastodon-api 1.0). */
export function notFound(message = 'Record not found'): Refusal {
  return new Refusal('notFound', message)
}

/** A validation failure in the words apps expect: `Validation failed: …`. */
export function invalid(message: string, details?: Record<string, unknown>): Refusal {
  return new Refusal('invalid', message, details ? { details } : {})
}
