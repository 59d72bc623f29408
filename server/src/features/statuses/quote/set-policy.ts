import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { findStatus } from '../store.ts'

/** Who may quote or answer a post changed, and nothing that it says. */
export const interactionPolicyChanged = defineEvent<{ statusId: Id }>('statuses.interaction-policy-changed')

export type QuotePolicy = 'public' | 'followers' | 'nobody'

/** Followers-only posts and private mentions are nobody's to quote, whatever is asked (mastodon-api 1.6). */
export function fitPolicy(visibility: string, wanted: QuotePolicy): QuotePolicy {
  return visibility === 'public' || visibility === 'unlisted' ? wanted : 'nobody'
}

/** Says who may quote an author's own post from now on; quotes that are there stay. Not an edit: no version is kept. */
export async function setQuotePolicy(tx: Tx, authorId: Id, statusId: Id, wanted: QuotePolicy): Promise<void> {
  await tx.db.selectFrom('statuses').select('id').where('id', '=', statusId).forUpdate().execute()
  const status = await findStatus(tx, statusId)
  if (!status || status.account_id !== authorId || status.reblog_of_id) throw notFound()
  const quote_policy = fitPolicy(status.visibility, wanted)
  if (quote_policy === status.quote_policy) return
  await tx.db
    .updateTable('statuses')
    .set((eb) => ({ quote_policy, version: eb('version', '+', 1) }))
    .where('id', '=', statusId)
    .execute()
  await emit(tx, interactionPolicyChanged, { statusId })
}
