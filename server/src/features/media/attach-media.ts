import { sql } from 'kysely'
import { isId, type Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { deleteMedia } from './jobs.ts'
import { mediaLimits } from './limits.ts'

/**
 * Puts an account's loose uploads on a status it has just written, in this order. Refuses whatever is somebody else's,
 * on another post already, or not there; of two posts at once one gets them.
 */
export async function attachMedia(tx: Tx, accountId: Id, statusId: Id, ids: readonly string[]): Promise<void> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return
  if (wanted.length > mediaLimits.perStatus)
    throw invalid(`Validation failed: A post can hold ${mediaLimits.perStatus} pictures at most`)
  const known = wanted.filter(isId)
  const held = await sql<{ id: Id }>`
    update media set status_id = ${statusId}, loose_since = null, position = array_position(${known}::bigint[], id)
    where id = any(${known}::bigint[]) and account_id = ${accountId} and status_id is null
    returning id`.execute(tx.db)
  const found = new Set(held.rows.map((row) => row.id))
  const missing = wanted.filter((id) => !found.has(id))
  if (missing.length > 0)
    throw invalid(`Validation failed: Media ${missing.join(', ')} cannot be found or belongs to another post already`)
}

/** Takes everything off these statuses and keeps it a day, for writing anew. */
export async function detachMedia(tx: Tx, statusIds: readonly Id[]): Promise<void> {
  await tx.db
    .updateTable('media')
    .set({ status_id: null, loose_since: tx.clock.now().toISOString() })
    .where('status_id', '=', sql<string>`any(${[...statusIds]}::bigint[])`)
    .execute()
}

/** Deletes what these statuses hold, and the files after commit. */
export async function removeMediaOf(tx: Tx, statusIds: readonly Id[]): Promise<void> {
  const held = await tx.db
    .selectFrom('media')
    .select('id')
    .where('status_id', '=', sql<string>`any(${[...statusIds]}::bigint[])`)
    .execute()
  await deleteMedia(
    tx,
    held.map((row) => row.id),
  )
}
