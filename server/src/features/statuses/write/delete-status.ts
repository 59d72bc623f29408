import { lockAccounts, uncountStatus } from '#features/accounts'
import { unlinkStatuses } from '#features/cards'
import { forgetFilteredPosts } from '#features/filters'
import { forgetHitsOf } from '#features/gates'
import { forgetStatuses } from '#features/interactions'
import { detachMedia, removeMediaOf } from '#features/media'
import { forgetPolls } from '#features/polls'
import type { Id } from '#lib/id'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { dropHeld } from '../held/drop-held.ts'
import { dropQuotesOf } from '../quote/drop-quotes.ts'
import { isSetAside } from '../replies/set-aside.ts'
import { findQuoteOf, holdStatuses } from '../quote/store.ts'

/** With whom it was for, since nobody can look that up any more. */
export const statusDeleted = defineEvent<{
  statusId: Id
  authorId: Id
  isLocal: boolean
  uri: string
  visibility: string
  mentionedIds: Id[]
}>('statuses.deleted')

/**
 * Deletes an author's own post for good and leaves a tombstone, so that a late copy of it is not taken in again.
 * `keep` leaves its pictures loose for a day, to be put on a new post.
 * A post that is held back was never seen: it goes without a trace, and its thread with it.
 * Somebody else's post is "not found", as everything is that one may not touch.
 */
export async function deleteStatus(
  tx: Tx,
  authorId: Id,
  id: string,
  media: 'delete' | 'keep' = 'delete',
): Promise<void> {
  if (!isId(id)) throw notFound()
  await holdStatuses(tx, [id, (await findQuoteOf(tx, id))?.quoted_status_id ?? null])
  const own = await tx.db
    .selectFrom('statuses')
    .select(['id', 'state'])
    .where('id', '=', id)
    .where('account_id', '=', authorId)
    .where('reblog_of_id', 'is', null)
    .executeTakeFirst()
  if (!own) throw notFound()
  if (own.state === 'held') return dropHeld(tx, id, media)
  await dropQuotesOf(tx, [id])
  // Boosts go first: they are nothing without what they boost. So do the marks that people left.
  const boosts = await tx.db.deleteFrom('statuses').where('reblog_of_id', '=', id).returning('account_id').execute()
  await forgetStatuses(tx, [id])
  await unlinkStatuses(tx, [id])
  await forgetHitsOf(tx, [id])
  await forgetPolls(tx, [id])
  await forgetFilteredPosts(tx, [id])
  await (media === 'keep' ? detachMedia(tx, [id]) : removeMediaOf(tx, [id]))
  const wasAside = await isSetAside(tx, id)
  const mentions = await tx.db.selectFrom('mentions').select('account_id').where('status_id', '=', id).execute()
  const row = await tx.db
    .deleteFrom('statuses')
    .where('id', '=', id)
    .where('account_id', '=', authorId)
    .returning(['uri', 'is_local', 'in_reply_to_id', 'visibility', 'imported_from'])
    .executeTakeFirst()
  if (!row) throw notFound()
  await tx.db
    .insertInto('status_tombstones')
    .values({ uri: row.uri, deleted_at: tx.clock.now().toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  if (row.in_reply_to_id && !wasAside) {
    await tx.db
      .updateTable('statuses')
      .set((eb) => ({ replies_count: eb('replies_count', '-', 1) }))
      .where('id', '=', row.in_reply_to_id)
      .where('replies_count', '>', 0)
      .execute()
  }
  const counted = [authorId, ...boosts.map((boost) => boost.account_id)]
  await lockAccounts(tx, counted)
  for (const accountId of counted) await uncountStatus(tx, accountId)
  await emit(tx, statusDeleted, {
    statusId: id,
    authorId,
    // What was brought from an archive was sent to nobody, so nobody is told that it goes.
    isLocal: row.is_local && row.imported_from === null,
    uri: row.uri,
    visibility: row.visibility,
    mentionedIds: mentions.map((mention) => mention.account_id),
  })
}
