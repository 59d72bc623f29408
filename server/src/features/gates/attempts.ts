import { sql } from 'kysely'
import type { Context } from '#platform/context'

const DAY_MS = 24 * 3_600_000
/** mastodon-limits.md: attempts are kept for 14 days. */
const KEPT_DAYS = 14
/** mastodon-api, Admin::EmailDomainBlock: `history[7]`. */
const SHOWN_DAYS = 7

/** Days in UTC as `2026-11-25`, today first. */
function lastDays(ctx: Context, count: number): string[] {
  const now = ctx.clock.now().getTime()
  return Array.from({ length: count }, (_, back) => new Date(now - back * DAY_MS).toISOString().slice(0, 10))
}

/**
 * Notes that somebody came with an address of these blocked domains: a number a day, and nothing of who it was. It
 * stays counted whatever becomes of the attempt, so it runs outside the sign-up's own transaction.
 */
export async function countMailAttempt(ctx: Context, hosts: readonly string[]): Promise<void> {
  const [today] = lastDays(ctx, 1)
  await sql`
    insert into mail_domain_attempts (host, day, count) select h, ${today}::date, 1 from unnest(${hosts}::text[]) h
    on conflict (host, day) do update set count = mail_domain_attempts.count + 1`.execute(ctx.db)
}

export type DayCount = { day: string; count: number }

/** The last seven days of some domains, today first, days without attempts among them. One query. */
export async function listMailAttempts(
  ctx: Context,
  hosts: readonly string[],
): Promise<(host: string) => readonly DayCount[]> {
  const days = lastDays(ctx, SHOWN_DAYS)
  const found = await sql<{ host: string; day: string; count: number }>`
    select host, day, count from mail_domain_attempts
    where host = any(${hosts}::text[]) and day >= ${days.at(-1)}::date`.execute(ctx.db)
  const counts = new Map(found.rows.map(({ host, day, count }) => [`${day} ${host}`, count]))
  return (host) => days.map((day) => ({ day, count: counts.get(`${day} ${host}`) ?? 0 }))
}

export async function pruneMailAttempts(ctx: Context): Promise<void> {
  const oldest = lastDays(ctx, KEPT_DAYS).at(-1)
  await sql`delete from mail_domain_attempts where day < ${oldest}::date`.execute(ctx.db)
}
