import { sql } from 'kysely'
import { hostOf } from '#lib/host'
import { Refusal } from '#lib/refusal'
import type { Context } from '#platform/context'

const REST_AFTER = 5
const LONGEST_REST_S = 600

/** A push service that failed again and again is left alone for a while; the job is tried later. */
export async function requireAwake(ctx: Context, endpoint: string): Promise<void> {
  const now = ctx.clock.now().toISOString()
  const found = await sql`
    select 1 from push_hosts where host = ${hostOf(endpoint) ?? ''} and retry_at > ${now}::timestamptz`.execute(ctx.db)
  if (found.rows.length > 0) throw new Refusal('unavailable', 'The push service rests after failures')
}

/** @param afterS seconds that the push service itself asked for */
export async function noteFailure(ctx: Context, endpoint: string, afterS: number | undefined): Promise<void> {
  const now = ctx.clock.now()
  const asked = afterS === undefined ? null : new Date(now.getTime() + afterS * 1000).toISOString()
  await sql`
    insert into push_hosts as h (host, failures, retry_at, updated_at)
    values (${hostOf(endpoint) ?? ''}, 1, ${asked}::timestamptz, ${now.toISOString()}::timestamptz)
    on conflict (host) do update set failures = h.failures + 1, updated_at = excluded.updated_at,
      retry_at = coalesce(excluded.retry_at, case when h.failures + 1 >= ${REST_AFTER} then excluded.updated_at
        + make_interval(secs => least(${LONGEST_REST_S}, 15 * (h.failures + 2 - ${REST_AFTER}))) end)`.execute(ctx.db)
}

export async function noteSuccess(ctx: Context, endpoint: string): Promise<void> {
  await sql`delete from push_hosts where host = ${hostOf(endpoint) ?? ''}`.execute(ctx.db)
}
