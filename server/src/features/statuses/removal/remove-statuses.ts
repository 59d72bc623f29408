import { countStatus, lockAccounts, uncountStatus } from '#features/accounts'
import { withholdMediaOf } from '#features/media'
import { isId, type Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { emit } from '#platform/events'
import { holdStatuses } from '../quote/store.ts'
import { addReplies, isSetAside } from '../replies/set-aside.ts'
import { deleteStatus, statusDeleted } from '../write/delete-status.ts'
import { statusMarked, statusReturned } from './events.ts'

const columns = ['id', 'uri', 'is_local', 'visibility', 'in_reply_to_id', 'created_at'] as const

/** Those of an author's own posts that are in a state, held until the end. */
async function holdOwn(tx: Tx, authorId: Id, ids: readonly string[], state: 'live' | 'removed') {
  const wanted = [...new Set(ids.filter(isId))]
  if (wanted.length === 0) return []
  await holdStatuses(tx, wanted)
  return tx.db
    .selectFrom('statuses')
    .select(columns)
    .where('id', '=', (eb) => eb.fn.any(eb.val(wanted)))
    .where('account_id', '=', authorId)
    .where('reblog_of_id', 'is', null)
    .where('state', '=', state)
    .orderBy('id')
    .execute()
}

async function setState(tx: Tx, id: Id, state: 'live' | 'removed'): Promise<void> {
  await tx.db
    .updateTable('statuses')
    .set((eb) => ({ state, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/**
 * Takes posts away from everybody, their author among them, as if they were deleted; but the rows stay, so that the team can
 * give them back. What is not there, and what is of others, is passed over.
 * @returns the ids of what was taken away now.
 */
export async function removeStatuses(tx: Tx, authorId: Id, named: readonly string[]): Promise<Id[]> {
  const rows = await holdOwn(tx, authorId, named, 'live')
  if (rows.length > 0) await lockAccounts(tx, [authorId])
  for (const row of rows) {
    await setState(tx, row.id, 'removed')
    if (!(await isSetAside(tx, row.id))) await addReplies(tx, row.in_reply_to_id, -1)
    await uncountStatus(tx, authorId)
    const mentions = await tx.db.selectFrom('mentions').select('account_id').where('status_id', '=', row.id).execute()
    await emit(tx, statusDeleted, {
      statusId: row.id,
      authorId,
      isLocal: row.is_local,
      uri: row.uri,
      visibility: row.visibility,
      mentionedIds: mentions.map((mention) => mention.account_id),
    })
  }
  const ids = rows.map((row) => row.id)
  await withholdMediaOf(tx, ids, true)
  return ids
}

/** Gives removed posts back. Other servers are sent them once more; those that keep a deletion in mind do not take them. */
export async function restoreStatuses(tx: Tx, authorId: Id, ids: readonly Id[]): Promise<void> {
  const rows = await holdOwn(tx, authorId, ids, 'removed')
  if (rows.length > 0) await lockAccounts(tx, [authorId])
  for (const row of rows) {
    await setState(tx, row.id, 'live')
    if (!(await isSetAside(tx, row.id))) await addReplies(tx, row.in_reply_to_id, 1)
    await countStatus(tx, authorId, new Date(row.created_at))
    await emit(tx, statusReturned, { statusId: row.id, isLocal: row.is_local })
  }
  const returned = rows.map((row) => row.id)
  await withholdMediaOf(tx, returned, false)
}

/** Deletes for good what was removed and was not given back in time. */
export async function purgeRemoved(tx: Tx, authorId: Id, ids: readonly Id[]): Promise<void> {
  for (const row of await holdOwn(tx, authorId, ids, 'removed')) await deleteStatus(tx, authorId, row.id)
}

/** Covers the media of posts, or uncovers them. @returns the ids of those that were not so before. */
export async function markStatuses(tx: Tx, authorId: Id, ids: readonly string[], isOn: boolean): Promise<Id[]> {
  const held = await holdOwn(tx, authorId, ids, 'live')
  const changed = await tx.db
    .updateTable('statuses')
    .set((eb) => ({ sensitive: isOn, version: eb('version', '+', 1) }))
    .where('id', '=', (eb) => eb.fn.any(eb.val(held.map((row) => row.id))))
    .where('sensitive', '=', !isOn)
    .returning(['id', 'is_local'])
    .execute()
  for (const row of changed) await emit(tx, statusMarked, { statusId: row.id, authorId, isLocal: row.is_local })
  return changed.map((row) => row.id).toSorted()
}
