import { sql } from 'kysely'
import type { Context, Tx } from '#platform/context'

export type Backlog = { waiting: number; oldestSeconds: number; failed: number }

/** What is due and not done, how old the oldest of it is, and what was given up since a moment. */
export async function measureBacklog(ctx: Context, since: string): Promise<Backlog> {
  const now = ctx.clock.now().toISOString()
  const found = await sql<Backlog>`
    select count(*) filter (where failed_at is null and run_at <= ${now}::timestamptz)::int as waiting,
      coalesce(extract(epoch from ${now}::timestamptz -
        min(run_at) filter (where failed_at is null and run_at <= ${now}::timestamptz and leased_until is null)), 0)::int as "oldestSeconds",
      count(*) filter (where failed_at >= ${since}::timestamptz)::int as failed
    from jobs`.execute(ctx.db)
  return found.rows[0] ?? { waiting: 0, oldestSeconds: 0, failed: 0 }
}

export type KindOfJobs = { kind: string; open: number; failed: number; last_error: string | null }

/** What there is of each kind of job, and what the newest of those that failed said. */
export async function listJobKinds(ctx: Context): Promise<KindOfJobs[]> {
  const found = await sql<KindOfJobs>`
    select kind, count(*) filter (where failed_at is null)::int as open, count(failed_at)::int as failed,
      (array_agg(last_error order by id desc) filter (where failed_at is not null))[1] as last_error
    from jobs group by kind order by failed desc, open desc, kind`.execute(ctx.db)
  return found.rows
}

/** Failed jobs of a kind are due again, with all of their tries. Gives how many. */
export async function retryJobs(tx: Tx, kind: string): Promise<number> {
  const now = tx.clock.now().toISOString()
  const found = await sql`update jobs set failed_at = null, attempts = 0, run_at = ${now}
    where kind = ${kind} and failed_at is not null`.execute(tx.db)
  return Number(found.numAffectedRows ?? 0n)
}

/** Failed jobs of a kind are forgotten. Gives how many. */
export async function dropJobs(tx: Tx, kind: string): Promise<number> {
  const found = await sql`delete from jobs where kind = ${kind} and failed_at is not null`.execute(tx.db)
  return Number(found.numAffectedRows ?? 0n)
}
