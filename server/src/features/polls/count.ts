import type { Id } from '#lib/id'
import { transact, type Tx } from '#platform/context'
import { emit } from '#platform/events'
import { defineJob, enqueue } from '#platform/jobs'
import { pollCounted } from './events.ts'
import { holdPoll, isExpired, type PollRow } from './store.ts'

/** Counts are told to others at most this often (federation.md b.4). */
const PAUSE_MS = 3 * 60_000

/** Tells everybody of the counts as they are now. */
export const tellCounts = defineJob<{ statusId: Id }>({
  name: 'polls.tell-counts',
  run: (ctx, { statusId }) =>
    transact(ctx, async (tx) => {
      const poll = await holdPoll(tx, statusId)
      if (!poll?.counts_due_at) return
      await tx.db.updateTable('polls').set({ counts_due_at: null }).where('status_id', '=', statusId).execute()
      // The end tells the last counts itself; hidden ones are told then and not before.
      if (poll.hide_totals || isExpired(poll, tx.clock.now())) return
      await emit(tx, pollCounted, { statusId, isLocal: true })
    }),
})

/**
 * Has new counts of a poll of ours told, a while from now, together with those that come until then. The caller holds
 * the poll.
 */
export async function noteNewCounts(tx: Tx, poll: PollRow): Promise<void> {
  const now = tx.clock.now()
  const isOrdered = poll.counts_due_at !== null && Date.parse(poll.counts_due_at) > now.getTime()
  if (poll.hide_totals || isOrdered) return
  const due = new Date(now.getTime() + PAUSE_MS)
  await tx.db
    .updateTable('polls')
    .set({ counts_due_at: due.toISOString() })
    .where('status_id', '=', poll.status_id)
    .execute()
  await enqueue(tx, tellCounts, { statusId: poll.status_id }, due)
}
