import type { Id } from '#lib/id'
import { transact, type Tx } from '#platform/context'
import { emit } from '#platform/events'
import { defineJob, enqueue } from '#platform/jobs'
import { pollClosed } from './events.ts'
import { holdPoll, isExpired } from './store.ts'

/** The last counts of another server's poll come a while after its end. */
const PATIENCE_MS = 5 * 60_000

/** Ends a poll once: whoever asked and whoever voted is told. A job for an end that is no longer the poll's does nothing. */
export const closePoll = defineJob<{ statusId: Id; expiresAt: string }>({
  name: 'polls.close',
  run: (ctx, { statusId, expiresAt }) =>
    transact(ctx, async (tx) => {
      const poll = await holdPoll(tx, statusId)
      if (!poll || poll.closed_at || poll.expires_at !== expiresAt) return
      const isLocal = poll.uri === null
      // The database called, by its own clock; by ours it may be a moment too early.
      if (!isExpired(poll, tx.clock.now())) return scheduleClosing(tx, statusId, expiresAt, isLocal ? 'ours' : 'theirs')
      await tx.db
        .updateTable('polls')
        .set({ closed_at: tx.clock.now().toISOString() })
        .where('status_id', '=', statusId)
        .execute()
      await emit(tx, pollClosed, { statusId, authorId: poll.account_id, isLocal })
    }),
})

/** Calls for the end of a poll at its time. */
export async function scheduleClosing(
  tx: Tx,
  statusId: Id,
  expiresAt: string,
  whose: 'ours' | 'theirs',
): Promise<void> {
  const at = Date.parse(expiresAt) + (whose === 'ours' ? 0 : PATIENCE_MS)
  await enqueue(tx, closePoll, { statusId, expiresAt }, new Date(at))
}
