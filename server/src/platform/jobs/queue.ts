import { sql } from 'kysely'
import type { Context, Tx } from '#platform/context'

/** Work of one kind. Every handler may run twice, on several processes: it must be idempotent. */
export type JobKind<Payload> = {
  name: string
  /** Jobs of one class share reserved slots, so that slow work never starves quick work. */
  class: JobClass
  maxAttempts: number
  /** Jobs with equal keys run one after another, oldest first. */
  orderingKey?: (payload: Payload) => string
  run: (ctx: Context, payload: Payload) => Promise<void>
}

export type JobClass = 'default' | 'delivery' | 'fetch' | 'slow'

type Defaults = 'class' | 'maxAttempts'

export function defineJob<Payload>(
  kind: Omit<JobKind<Payload>, Defaults> & Partial<Pick<JobKind<Payload>, Defaults>>,
): JobKind<Payload> {
  return { class: 'default', maxAttempts: 10, ...kind }
}

/** Writes a job into the current transaction; it becomes claimable at `runAt` (default: at once) after commit. */
export async function enqueue<Payload>(tx: Tx, kind: JobKind<Payload>, payload: Payload, runAt?: Date): Promise<void> {
  const key = kind.orderingKey?.(payload) ?? null
  await sql`
    insert into jobs (kind, class, payload, ordering_key, max_attempts, run_at)
    values (${kind.name}, ${kind.class}, ${JSON.stringify(payload)}::jsonb, ${key}, ${kind.maxAttempts},
      coalesce(${runAt?.toISOString() ?? null}::timestamptz, now()))`.execute(tx.db)
  tx.afterCommit(() => tx.wakeJobs(kind.class))
}

export const LEASE_SECONDS = 30

export type Claim = {
  id: string
  kind: string
  payload: unknown
  attempts: number
  max_attempts: number
  fence: string
}

/**
 * Claims up to `limit` due jobs of a class. The attempt is counted now, not on failure, so that a job which kills
 * its process is given up in the end; the fence makes a worker that lost its lease unable to finish the job.
 */
export async function claimJobs(ctx: Context, jobClass: JobClass, limit: number): Promise<Claim[]> {
  const result = await sql<Claim>`
    update jobs set leased_until = now() + make_interval(secs => ${LEASE_SECONDS}), attempts = attempts + 1, fence = fence + 1
    where id in (
      select j.id from jobs j
      where j.class = ${jobClass} and j.failed_at is null and j.run_at <= now()
        and (j.leased_until is null or j.leased_until < now())
        and (j.ordering_key is null or not exists (
          select 1 from jobs older where older.ordering_key = j.ordering_key and older.id < j.id and older.failed_at is null))
      order by j.run_at, j.id limit ${limit} for update skip locked)
    returning id, kind, payload, attempts, max_attempts, fence`.execute(ctx.db)
  return result.rows
}

/** Extends a lease that is still ours; false when another worker has taken the job. */
export async function renewLease(ctx: Context, claim: Claim): Promise<boolean> {
  const result = await sql`
    update jobs set leased_until = now() + make_interval(secs => ${LEASE_SECONDS})
    where id = ${claim.id} and fence = ${claim.fence}`.execute(ctx.db)
  return result.numAffectedRows === 1n
}

export async function finishJob(ctx: Context, claim: Claim): Promise<void> {
  await ctx.db.deleteFrom('jobs').where('id', '=', claim.id).where('fence', '=', claim.fence).execute()
}

/** Puts a failed attempt back with exponential back-off and jitter, or sets the job aside after the last one. */
export async function failJob(ctx: Context, claim: Claim, error: string): Promise<void> {
  const last = claim.attempts >= claim.max_attempts
  const delaySeconds = Math.min(3 ** claim.attempts, 6 * 3600) * (0.8 + Math.random() * 0.4)
  await sql`
    update jobs set leased_until = null, last_error = ${error.slice(0, 2000)},
      run_at = now() + make_interval(secs => ${delaySeconds}), failed_at = case when ${last} then now() end
    where id = ${claim.id} and fence = ${claim.fence}`.execute(ctx.db)
}

export type FailedJob = { id: string; kind: string; attempts: number; failed_at: string; last_error: string | null }

/** Jobs that were given up, the latest first. */
export async function listFailedJobs(ctx: Context, limit: number): Promise<FailedJob[]> {
  const found = await sql<FailedJob>`select id, kind, attempts, failed_at, last_error from jobs
    where failed_at is not null order by failed_at desc, id desc limit ${limit}`.execute(ctx.db)
  return found.rows
}

/** Gives jobs that were given up another round of attempts: one, those of a kind, or all. Gives how many. */
export async function retryFailedJobs(ctx: Context, which: { id?: string; kind?: string }): Promise<number> {
  const result = await sql`update jobs set failed_at = null, attempts = 0, leased_until = null, run_at = now()
    where failed_at is not null and id = coalesce(${which.id ?? null}::bigint, id)
      and kind = coalesce(${which.kind ?? null}::text, kind)`.execute(ctx.db)
  return Number(result.numAffectedRows ?? 0n)
}
