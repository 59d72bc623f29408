import { sql } from 'kysely'
import type { Context, Tx } from '#platform/context'

/** What was delivered and what was lost for good between two moments. */
export async function countDelivered(ctx: Context, since: string, until: string) {
  const found = await sql<{ delivered: number; lost: number }>`
    select count(*) filter (where state = 'done')::int as delivered,
      count(*) filter (where state in ('refused', 'dead'))::int as lost
    from deliveries where finished_at >= ${since}::timestamptz and finished_at < ${until}::timestamptz`.execute(ctx.db)
  return found.rows[0] ?? { delivered: 0, lost: 0 }
}

export type SlowHost = {
  host: string
  waiting: number
  failures: number
  last_success_at: string | null
  retry_at: string | null
  last_error: string | null
}

/** Servers that something waits for after a failure, those with most of it first. */
export async function listSlowHosts(ctx: Context, limit: number): Promise<SlowHost[]> {
  const found = await sql<SlowHost>`
    select d.host, count(*)::int as waiting, coalesce(h.failures, 0) as failures, h.last_success_at, h.retry_at,
      (array_agg(d.last_error order by d.id desc) filter (where d.last_error is not null))[1] as last_error
    from deliveries d left join delivery_hosts h on h.host = d.host
    where d.state = 'waiting' and (d.attempts > 0 or h.failures > 0)
    group by d.host, h.failures, h.last_success_at, h.retry_at
    order by waiting desc, d.host limit ${limit}`.execute(ctx.db)
  return found.rows
}

/** Everything that waits for a server is tried at once. Gives how many wait. */
export async function retryHost(tx: Tx, host: string): Promise<number> {
  const now = tx.clock.now().toISOString()
  await sql`update delivery_hosts set failures = 0, retry_at = null where host = ${host}`.execute(tx.db)
  const found = await sql`update deliveries set next_at = ${now} where host = ${host} and state = 'waiting'`.execute(
    tx.db,
  )
  return Number(found.numAffectedRows ?? 0n)
}

/** Nothing that waits for a server is sent any more; what is under way just now may still arrive. Gives how many were dropped. */
export async function dropHost(tx: Tx, host: string): Promise<number> {
  const now = tx.clock.now().toISOString()
  const found = await sql`update deliveries set state = 'dead', finished_at = ${now}, last_error = 'dropped by the team'
    where host = ${host} and state = 'waiting'`.execute(tx.db)
  return Number(found.numAffectedRows ?? 0n)
}
