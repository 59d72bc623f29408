import { uncountStatus } from '#features/accounts'
import type { Id } from '#lib/id'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'

export const statusDeleted = defineEvent<{ statusId: Id; authorId: Id; isLocal: boolean; uri: string }>(
  'statuses.deleted',
)

/**
 * Deletes an author's own post for good and leaves a tombstone, so that a late copy of it is not taken in again.
 * Somebody else's post is "not found", as everything is that one may not touch.
 */
export async function deleteStatus(tx: Tx, authorId: Id, id: string): Promise<void> {
  if (!isId(id)) throw notFound()
  // Boosts go first: they are nothing without what they boost.
  await tx.db
    .deleteFrom('statuses')
    .where('reblog_of_id', '=', id)
    .where((eb) =>
      eb.exists(
        eb.selectFrom('statuses as s').select('s.id').where('s.id', '=', id).where('s.account_id', '=', authorId),
      ),
    )
    .execute()
  const row = await tx.db
    .deleteFrom('statuses')
    .where('id', '=', id)
    .where('account_id', '=', authorId)
    .returning(['uri', 'is_local', 'in_reply_to_id'])
    .executeTakeFirst()
  if (!row) throw notFound()
  await tx.db
    .insertInto('status_tombstones')
    .values({ uri: row.uri, deleted_at: tx.clock.now().toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await uncountStatus(tx, authorId)
  if (row.in_reply_to_id) {
    await tx.db
      .updateTable('statuses')
      .set((eb) => ({ replies_count: eb('replies_count', '-', 1) }))
      .where('id', '=', row.in_reply_to_id)
      .where('replies_count', '>', 0)
      .execute()
  }
  await emit(tx, statusDeleted, { statusId: id, authorId, isLocal: row.is_local, uri: row.uri })
}
