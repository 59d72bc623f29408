import type { AdminCohort } from '@hamlet/contract/admin'
import { sql } from 'kysely'
import { invalid } from '#lib/refusal'
import type { Context } from '#platform/context'
import { readSpan } from './measures.ts'

export type Frequency = 'day' | 'month'
const MOST = { day: 31, month: 12 }

/**
 * Of those who signed up in each period, how many were here in that period or later, period by period. When somebody was
 * last here is all that is known of their visits, so whoever came back counts for every period before, too. One query.
 */
export async function readRetention(
  ctx: Context,
  startAt: string,
  endAt: string,
  frequency: Frequency,
): Promise<AdminCohort[]> {
  const periods = readPeriods(startAt, endAt, frequency)
  const last = periods.at(-1) ?? ''
  const found = await sql<{ joined: string; seen: string; people: number }>`
    with came as (
      select u.created_at, greatest(u.created_at, s.at, t.at) as seen_at from users u
      left join lateral (select max(last_seen_at) as at from sessions where user_id = u.id) s on true
      left join lateral (select max(last_used_at) as at from oauth_tokens where user_id = u.id) t on true
      where u.email not like '%@demo.invalid' and u.created_at >= ${periods[0] ?? last}::timestamptz
        and u.created_at < ${last}::timestamptz + ${sql.raw(`interval '1 ${frequency}'`)})
    select to_char(date_trunc(${frequency}, created_at at time zone 'UTC'), 'YYYY-MM-DD') as joined,
      to_char(date_trunc(${frequency}, seen_at at time zone 'UTC'), 'YYYY-MM-DD') as seen, count(*)::int as people
    from came group by 1, 2`.execute(ctx.db)
  return periods.map((period, index) => {
    const cohort = found.rows.filter((row) => row.joined === period)
    const all = cohort.reduce((sum, row) => sum + row.people, 0)
    return {
      period: `${period}T00:00:00.000Z`,
      frequency,
      data: periods.slice(index).map((date) => {
        const stayed = cohort.filter((row) => row.seen >= date).reduce((sum, row) => sum + row.people, 0)
        return { date: `${date}T00:00:00.000Z`, rate: all === 0 ? 0 : stayed / all, value: String(stayed) }
      }),
    }
  })
}

/** The first day of each period, all of them with which the days asked about begin or end. */
function readPeriods(startAt: string, endAt: string, frequency: Frequency): string[] {
  const { first, last } = readSpan(startAt, endAt)
  const periods: string[] = []
  const at = new Date(frequency === 'month' ? `${first.slice(0, 7)}-01` : first)
  for (; at.toISOString().slice(0, 10) <= last;) {
    periods.push(at.toISOString().slice(0, 10))
    if (periods.length > MOST[frequency]) throw invalid(`Ask for ${MOST[frequency]} ${frequency}s at most.`)
    if (frequency === 'month') at.setUTCMonth(at.getUTCMonth() + 1)
    else at.setUTCDate(at.getUTCDate() + 1)
  }
  return periods
}
