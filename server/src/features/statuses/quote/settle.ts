import { findAccountsById } from '#features/accounts'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { emit } from '#platform/events'
import { quoteAccepted, quoteRejected, quoteRevoked, type QuoteFacts } from './events.ts'
import { countQuotes, holdStatuses, type QuoteRow, type StoredState } from './store.ts'

export type Answer = Extract<StoredState, 'accepted' | 'rejected' | 'revoked'>

const events = { accepted: quoteAccepted, rejected: quoteRejected, revoked: quoteRevoked } as const

/**
 * Writes down what the quoted author said, once: counts it and tells what follows. A second time, and for a quote that
 * is gone or whose quoted post is, it changes nothing.
 */
export async function settleQuote(
  tx: Tx,
  quote: QuoteRow,
  answer: Answer,
  proof: { authorization_uri?: string; request_uri?: string } = {},
): Promise<void> {
  await holdStatuses(tx, [quote.quoted_status_id])
  const before = await tx.db
    .selectFrom('quotes')
    .select(['state', 'quoted_status_id'])
    .where('id', '=', quote.id)
    .forUpdate()
    .executeTakeFirst()
  if (!before?.quoted_status_id || before.state === 'deleted' || before.state === answer) return
  const checked_at = tx.clock.now().toISOString()
  await tx.db
    .updateTable('quotes')
    .set({ state: answer, is_unproven: false, checked_at, ...proof })
    .where('id', '=', quote.id)
    .execute()
  const isCounted = answer === 'accepted'
  if (isCounted !== (before.state === 'accepted')) await countQuotes(tx, before.quoted_status_id, isCounted ? 1 : -1)
  const facts = await findFacts(tx, quote)
  if (facts) await emit(tx, events[answer], { ...facts, isChange: true })
}

/** Who is in a quote, and who of them lives here. */
export async function findFacts(
  tx: Tx,
  quote: Pick<QuoteRow, 'id' | 'status_id' | 'account_id' | 'quoted_status_id' | 'quoted_account_id'>,
): Promise<Omit<QuoteFacts, 'isChange'> | undefined> {
  const { quoted_status_id: quotedStatusId, quoted_account_id: quotedAuthorId } = quote
  if (quotedStatusId === null || quotedAuthorId === null) return undefined
  const people = await findAccountsById(tx, [quote.account_id, quotedAuthorId])
  const isLocal = (id: Id) => people.get(id)?.is_local === true
  return {
    quoteId: quote.id,
    statusId: quote.status_id,
    authorId: quote.account_id,
    isLocal: isLocal(quote.account_id),
    quotedStatusId,
    quotedAuthorId,
    quotedIsLocal: isLocal(quotedAuthorId),
  }
}
