import { requireVisibleStatus } from '#features/visibility'
import { isId, type Id } from '#lib/id'
import { notFound, Refusal } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { findStatus } from '../store.ts'
import { settleQuote } from './settle.ts'
import { findQuoteOf } from './store.ts'

/**
 * Takes a quoted author's post out of a post that quotes it; pressed again, nothing changes. Refuses (403) everybody
 * else, and (404) what they cannot see and what is no quote of it.
 */
export async function revokeQuote(
  tx: Tx,
  viewerId: Id,
  { statusId, quotingId }: { statusId: string; quotingId: string },
): Promise<void> {
  const quoted = await findStatus(tx, await requireVisibleStatus(tx, viewerId, statusId))
  const quote = isId(quotingId) ? await findQuoteOf(tx, quotingId) : undefined
  if (!quoted || quote?.quoted_status_id !== quoted.id) throw notFound()
  if (quoted.account_id !== viewerId) throw new Refusal('forbidden', 'This action is not allowed')
  if (quote.state !== 'rejected') await settleQuote(tx, quote, 'revoked')
}
