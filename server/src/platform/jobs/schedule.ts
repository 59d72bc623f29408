import { sql } from 'kysely'
import { transact, type Context } from '#platform/context'
import { defineJob, enqueue, type JobKind } from './queue.ts'

/** Regular work: its job is enqueued once each period, by whichever process looks first. It takes no payload. */
export type Schedule = { job: JobKind<Record<string, never>>; everySeconds: number }

/** Failed jobs stay a month for whoever looks into them. */
export const pruneJobs = defineJob<Record<string, never>>({
  name: 'platform.prune-jobs',
  class: 'slow',
  run: async (ctx) => {
    await sql`delete from jobs where failed_at < now() - interval '30 days'`.execute(ctx.db)
  },
})

/** Counts of attempts matter for an hour at most. */
const pruneAttempts = defineJob<Record<string, never>>({
  name: 'platform.prune-attempts',
  class: 'slow',
  run: async (ctx) => {
    await sql`delete from attempts where window_start < now() - interval '1 day'`.execute(ctx.db)
  },
})

export const platformSchedules: readonly Schedule[] = [
  { job: pruneJobs, everySeconds: 24 * 3_600 },
  { job: pruneAttempts, everySeconds: 24 * 3_600 },
]

/**
 * Enqueues what is due. The row is moved on in the transaction that enqueues, by the database's time,
 * so that several processes make one job. A schedule that is new runs at once.
 */
export async function enqueueDue(ctx: Context, schedules: readonly Schedule[]): Promise<void> {
  // Nearly always nothing is due: one look, instead of a transaction for each.
  const waiting = await sql<{ name: string }>`select name from schedules where next_at > now()`.execute(ctx.db)
  const later = new Set(waiting.rows.map(({ name }) => name))
  for (const { job, everySeconds } of schedules.filter((one) => !later.has(one.job.name))) {
    await transact(ctx, async (tx) => {
      const due = await sql`
        insert into schedules (name, next_at) values (${job.name}, now() + make_interval(secs => ${everySeconds}))
        on conflict (name) do update set next_at = excluded.next_at where schedules.next_at <= now()
        returning name`.execute(tx.db)
      if (due.rows.length > 0) await enqueue(tx, job, {})
    })
  }
}
