import { sql } from 'kysely'
import { findWaiting, forgetHitsOf } from '#features/gates'
import { detachMedia, removeMediaOf } from '#features/media'
import { forgetPolls } from '#features/polls'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { findGroup, lockGroup } from './store.ts'

/**
 * Takes a held post back, and what is held with it: a thread without one of its posts is another thread. Nobody ever saw
 * them, so no tombstone stays and nobody is told.
 */
export async function dropHeld(tx: Tx, statusId: Id, media: 'delete' | 'keep'): Promise<void> {
  const groupId = await findGroup(tx, statusId)
  if (groupId === undefined) return dropWaiting(tx, statusId, media)
  const held = await lockGroup(tx, groupId)
  await dropGroup(
    tx,
    held.map((row) => row.id),
    media,
  )
}

/** A post that waits for a moderator and nothing else. */
async function dropWaiting(tx: Tx, statusId: Id, media: 'delete' | 'keep'): Promise<void> {
  if ((await findWaiting(tx, [statusId])).size > 0) await dropGroup(tx, [statusId], media)
}

export async function dropGroup(tx: Tx, ids: readonly Id[], media: 'delete' | 'keep'): Promise<void> {
  await forgetHitsOf(tx, ids)
  await forgetPolls(tx, ids)
  await (media === 'keep' ? detachMedia(tx, ids) : removeMediaOf(tx, ids))
  await tx.db
    .deleteFrom('statuses')
    .where('id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .execute()
}
