import { createHash } from 'node:crypto'

/** mastodon-features 11, appeals: within 20 days, once, in at most 2000 characters. */
export const APPEAL_DAYS = 20
export const APPEAL_MS = APPEAL_DAYS * 24 * 3_600_000
export const LONGEST_APPEAL = 2000

export function hashAppealSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
