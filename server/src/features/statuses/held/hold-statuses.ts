import { findWaiting } from '#features/gates'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Tx } from '#platform/context'
import { defineJob, enqueue } from '#platform/jobs'
import { findNoteParts, type NoteParts } from '../note.ts'
import { findStatus } from '../store.ts'
import { writeStatuses, type NewStatus } from '../write/create-status.ts'
import { goLive } from '../write/go-live.ts'
import { dropGroup } from './drop-held.ts'
import { findQuotable } from './find-quotable.ts'
import { findGroup, lockGroup } from './store.ts'

/** The longest time for taking a post back, in seconds. */
export const LONGEST_HOLD = 60

/**
 * Writes a thread, or one post, that nobody sees until its time has passed: the author can take it back or change it
 * until then. It is published together, also when the server stops in between. Gives the ids in order.
 */
export async function holdStatuses(
  tx: Tx,
  authorId: Id,
  inputs: readonly NewStatus[],
  holdSeconds: number,
): Promise<Id[]> {
  const publishAt = new Date(tx.clock.now().getTime() + holdSeconds * 1000)
  const written = await writeStatuses(tx, authorId, inputs, { state: 'held', until: publishAt })
  const ids = written.map(({ status }) => status.id)
  const [groupId] = ids
  if (groupId === undefined) return []
  const common = { account_id: authorId, group_id: groupId, publish_at: publishAt.toISOString() }
  const rows = ids.map((status_id, index) => ({
    status_id,
    quoted_status_id: inputs[index]?.quotedId ?? null,
    ...common,
  }))
  await tx.db.insertInto('held_statuses').values(rows).execute()
  await enqueue(tx, publishWhenDue, { groupId }, publishAt)
  return ids
}

/** So often that an outage of hours loses no post; each attempt waits longer for the next. */
const ATTEMPTS = 30

export const publishWhenDue = defineJob<{ groupId: Id }>({
  name: 'statuses.publish-held',
  maxAttempts: ATTEMPTS,
  run: (ctx, { groupId }) => transact(ctx, (tx) => publishGroup(tx, groupId)),
})

/** Publishes an author's held post, and what is held with it, now. A second press finds it published. */
export async function publishHeld(tx: Tx, authorId: Id, statusId: Id): Promise<void> {
  const status = await findStatus(tx, statusId)
  if (status?.account_id !== authorId || status.reblog_of_id !== null) throw notFound()
  const groupId = await findGroup(tx, statusId)
  if (groupId !== undefined) await publishGroup(tx, groupId)
}

/** From here on the posts are as if they had been written at this moment. */
async function publishGroup(tx: Tx, groupId: Id): Promise<void> {
  const held = await lockGroup(tx, groupId)
  const posts: { parts: NoteParts; quotedId: Id | null }[] = []
  for (const { id, quotedId } of held) {
    const parts = await findNoteParts(tx, id)
    if (parts) posts.push({ parts, quotedId })
  }
  const author = posts[0]?.parts.author
  if (!author) return
  const ids = held.map((row) => row.id)
  // Whoever was suspended meanwhile publishes nothing.
  if (author.suspended_at) return dropGroup(tx, ids, 'delete')
  await tx.db.deleteFrom('held_statuses').where('group_id', '=', groupId).execute()
  // What waits for a moderator goes on waiting; its author can take it back all the same.
  if ((await findWaiting(tx, ids)).size > 0) return
  await showGroup(tx, ids)
  for (const { parts, quotedId } of posts) {
    const { row, mentioned } = parts
    const mentionsLocals = mentioned.some((person) => person.is_local)
    const { id, text, content, visibility, in_reply_to_id: parentId } = row
    const written = { id, authorId: author.id, text, content, visibility, parentId, mentionsLocals }
    await goLive(tx, written, quotedId === null ? undefined : await findQuotable(tx, author.id, quotedId))
  }
}

async function showGroup(tx: Tx, ids: readonly Id[]): Promise<void> {
  const now = tx.clock.now().getTime()
  for (const [index, id] of ids.entries()) {
    const created_at = new Date(now - (ids.length - 1 - index)).toISOString()
    await tx.db
      .updateTable('statuses')
      .set((eb) => ({ state: 'live', created_at, version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .execute()
  }
}
