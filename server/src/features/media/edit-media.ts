import type { Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { readDetails, type Details } from './details.ts'
import { deleteMedia } from './jobs.ts'
import { findOwnMedia } from './store.ts'

/** Changes what is said of an upload that no post holds yet; later it is changed with its post. */
export async function describeMedia(tx: Tx, accountId: Id, id: string, details: Details): Promise<void> {
  const read = readDetails(details)
  const row = await findOwnMedia(tx, accountId, id)
  if (!row || row.status_id !== null) throw notFound()
  const changes = {
    ...(read.description === undefined ? {} : { description: read.description }),
    ...(read.focus ? { focus_x: read.focus.x, focus_y: read.focus.y } : {}),
  }
  if (Object.keys(changes).length === 0) return
  await tx.db.updateTable('media').set(changes).where('id', '=', row.id).where('status_id', 'is', null).execute()
}

/** Deletes an upload that no post holds. */
export async function removeOwnMedia(tx: Tx, accountId: Id, id: string): Promise<void> {
  const row = await findOwnMedia(tx, accountId, id)
  if (!row) throw notFound()
  // A post may be taking it at this moment, or another press deleting it.
  const held = await tx.db
    .selectFrom('media')
    .select('status_id')
    .where('id', '=', row.id)
    .forUpdate()
    .executeTakeFirst()
  if (!held) throw notFound()
  if (held.status_id !== null) throw invalid('Validation failed: A post holds this file; delete it with the post')
  await deleteMedia(tx, [row.id])
}
