import { sql } from 'kysely'
import type { Context } from '#platform/context'

export type Delivery = {
  id: string
  inbox_url: string
  host: string
  attempts: number
  fence: string
  account_id: string
  body: string
}

/** Longer than a request may take (`SEND_TIMEOUT_MS`). */
const LEASE_SECONDS = 30
/** So many requests to one server at a time, over all processes: a slow one holds back nobody but itself. */
const PER_HOST = 3
/** So many rows are looked at: a server with a long queue is passed over as soon as its places are taken. */
const LOOKED_AT = 500

/** Takes up to `limit` due deliveries, a few per host; what a killed process held comes back when its lease ends. */
export async function claimDeliveries(ctx: Context, limit: number): Promise<Delivery[]> {
  const found = await sql<Delivery>`
    with busy as (
      select host, count(*)::int as n from deliveries where state = 'waiting' and leased_until > now() group by host),
    due as (
      select d.id, d.host, d.next_at from deliveries d
      where d.state = 'waiting' and d.next_at <= now() and (d.leased_until is null or d.leased_until < now())
        and not exists (select 1 from busy b where b.host = d.host and b.n >= ${PER_HOST})
        and not exists (select 1 from delivery_hosts h where h.host = d.host and h.retry_at > now())
      order by d.next_at, d.id limit ${LOOKED_AT}),
    placed as (
      select due.id, row_number() over (partition by due.host order by due.next_at, due.id) + coalesce(b.n, 0) as place
      from due left join busy b on b.host = due.host),
    taken as (
      update deliveries set leased_until = now() + make_interval(secs => ${LEASE_SECONDS}), attempts = attempts + 1, fence = fence + 1
      where id in (
        select id from deliveries where id in (select id from placed where place <= ${PER_HOST} order by place, id limit ${limit})
          and state = 'waiting' and (leased_until is null or leased_until < now()) for update skip locked)
      returning id, inbox_url, host, attempts, fence, activity_id)
    select t.id, t.inbox_url, t.host, t.attempts, t.fence, a.account_id, a.body
    from taken t join outbound_activities a on a.id = t.activity_id`.execute(ctx.db)
  return found.rows
}

export type Outcome =
  | { state: 'done' }
  | { state: 'refused'; error: string }
  /** Undefined leaves the pause to the number of attempts. */
  | { state: 'again'; error: string; afterMs?: number | undefined }

const MAX_ATTEMPTS = 16

/** Pauses grow from seconds to most of a day; in all about two and a half days (federation.md e.4). */
export function pauseMs(attempts: number, random: number): number {
  const n = Math.max(0, attempts - 1)
  return (n ** 4 + 15 + random * (0.5 * n ** 4 + 10 * (n + 1))) * 1000
}

/** Writes down how a delivery ended. A worker that lost its lease changes nothing. */
export async function settleDelivery(ctx: Context, delivery: Delivery, outcome: Outcome): Promise<void> {
  const isOver = outcome.state !== 'again' || delivery.attempts >= MAX_ATTEMPTS
  const state = outcome.state === 'again' ? (isOver ? 'dead' : 'waiting') : outcome.state
  const afterMs = outcome.state === 'again' ? (outcome.afterMs ?? pauseMs(delivery.attempts, Math.random())) : 0
  await sql`update deliveries set state = ${state}, leased_until = null, last_error = ${'error' in outcome ? outcome.error : null},
      next_at = now() + make_interval(secs => ${afterMs / 1000}), finished_at = case when ${isOver} then now() end
    where id = ${delivery.id} and fence = ${delivery.fence}`.execute(ctx.db)
  if (outcome.state === 'again') await noteFailure(ctx, delivery.host)
  else await noteSuccess(ctx, delivery.host)
}

const CIRCUIT_AFTER = 5
const LONGEST_PAUSE_SECONDS = 3600

/** A server that fails again and again is left alone for a while, the longer the more it failed. */
async function noteFailure(ctx: Context, host: string): Promise<void> {
  await sql`insert into delivery_hosts as h (host, failures) values (${host}, 1)
    on conflict (host) do update set failures = h.failures + 1,
      retry_at = case when h.failures + 1 >= ${CIRCUIT_AFTER}
        then now() + make_interval(secs => least(${LONGEST_PAUSE_SECONDS}, 15 * (h.failures + 1 - ${CIRCUIT_AFTER - 1}))) end`.execute(
    ctx.db,
  )
}

/** Whatever a server answers, it is there: also its requests to us say so. */
export async function noteSuccess(ctx: Context, host: string): Promise<void> {
  await sql`insert into delivery_hosts (host, last_success_at) values (${host}, now())
    on conflict (host) do update set failures = 0, retry_at = null, last_success_at = now()
    where delivery_hosts.failures > 0 or delivery_hosts.last_success_at is null or delivery_hosts.last_success_at < now() - interval '1 hour'`.execute(
    ctx.db,
  )
}

/** How many deliveries wait, those that are put off after a failure included: for whoever watches over the server. */
export async function countWaitingDeliveries(ctx: Context): Promise<{ due: number; later: number }> {
  const found = await sql<{ due: number; later: number }>`
    select count(*) filter (where next_at <= now())::int as due, count(*) filter (where next_at > now())::int as later
    from deliveries where state = 'waiting'`.execute(ctx.db)
  return found.rows[0] ?? { due: 0, later: 0 }
}

/** How many deliveries are still to be tried now: for tests that wait. */
export async function countDueDeliveries(ctx: Context): Promise<number> {
  const found = await sql<{
    count: number
  }>`select count(*)::int as count from deliveries where state = 'waiting' and (attempts = 0 or leased_until > now())`.execute(
    ctx.db,
  )
  return found.rows[0]?.count ?? 0
}
