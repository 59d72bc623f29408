import { sql } from 'kysely'
import type { Context } from '#platform/context'

const DAY_MS = 24 * 3_600_000
const WEEK_MS = 7 * DAY_MS
const WEEKS = 12

export type Week = { week: string; statuses: string; logins: string; registrations: string }

/**
 * The last twelve weeks, this one first; each begins on Monday, UTC (mastodon-api 1.15). Nobody's visits are written
 * down: `logins` are the people who wrote in that week or whose browser or app was last here in it. One query.
 */
export async function countWeeks(ctx: Context): Promise<Week[]> {
  const now = ctx.clock.now().getTime()
  const today = Math.floor(now / DAY_MS) * DAY_MS
  const monday = today - ((new Date(today).getUTCDay() + 6) % 7) * DAY_MS
  const since = new Date(monday - (WEEKS - 1) * WEEK_MS).toISOString()
  const found = await sql<{ week: string; statuses: number; logins: number; registrations: number }>`
    with written as (
      select s.created_at as at, s.account_id from statuses s
      where s.is_local and s.state = 'live' and s.reblog_of_id is null and s.created_at >= ${since}::timestamptz
    ), here as (
      select w.at, ua.user_id from written w join user_accounts ua on ua.account_id = w.account_id
      union all select last_seen_at, user_id from sessions where last_seen_at >= ${since}::timestamptz
    ), facts as (
      select at, 'statuses' as kind, null::bigint as user_id from written
      union all select at, 'logins', user_id from here
      union all select created_at, 'registrations', null from users
        where created_at >= ${since}::timestamptz and email not like '%@demo.invalid'
    )
    select extract(epoch from date_trunc('week', at at time zone 'UTC'))::bigint::text as week,
      count(*) filter (where kind = 'statuses')::int as statuses,
      count(distinct user_id) filter (where kind = 'logins')::int as logins,
      count(*) filter (where kind = 'registrations')::int as registrations
    from facts group by 1`.execute(ctx.db)
  const byWeek = new Map(found.rows.map((row) => [row.week, row]))
  return Array.from({ length: WEEKS }, (_, index) => {
    const week = String((monday - index * WEEK_MS) / 1000)
    const { statuses = 0, logins = 0, registrations = 0 } = byWeek.get(week) ?? {}
    return { week, statuses: String(statuses), logins: String(logins), registrations: String(registrations) }
  })
}
