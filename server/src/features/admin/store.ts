import { sql } from 'kysely'
import type { Context } from '#platform/context'

/** How many different people were last here since a moment, by browser or by app; the demo village are none. */
export async function countPeopleSince(ctx: Context, since: string): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*)::int as count from users u where u.email not like '%@demo.invalid' and (
      exists (select 1 from sessions s where s.user_id = u.id and s.last_seen_at >= ${since}::timestamptz)
      or exists (select 1 from oauth_tokens t where t.user_id = u.id and t.last_used_at >= ${since}::timestamptz))`.execute(
    ctx.db,
  )
  return found.rows[0]?.count ?? 0
}

/** How many bytes the uploads of people here take, and the pictures of other servers that are kept for a while. */
export async function measureMedia(ctx: Context) {
  const found = await sql<{ own_media_bytes: string; remote_media_bytes: string }>`
    select (select coalesce(sum(bytes), 0) from media where original_key is not null)::text as own_media_bytes,
      (select coalesce(sum(bytes), 0) from remote_pictures)::text as remote_media_bytes`.execute(ctx.db)
  return found.rows[0] ?? { own_media_bytes: '0', remote_media_bytes: '0' }
}

export type SampleRow = {
  at: string
  answers: number[]
  delivered: number | null
  lost: number | null
  waiting: number | null
  oldest_seconds: number | null
  own_media_bytes: string | null
  remote_media_bytes: string | null
  database_bytes: string | null
  disk_bytes: string | null
  disk_free_bytes: string | null
}

/** What was written down since a moment, the oldest first. One query. */
export async function listSamples(ctx: Context, since: string): Promise<SampleRow[]> {
  return ctx.db.selectFrom('admin_samples').selectAll().where('at', '>=', since).orderBy('at').execute()
}

/** How many people were here on each of some days. One query. */
export async function listDays(ctx: Context, since: string): Promise<Map<string, number>> {
  const found = await sql<{ day: string; people: number }>`
    select to_char(day, 'YYYY-MM-DD') as day, people from admin_days where day >= ${since}::date order by day`.execute(
    ctx.db,
  )
  return new Map(found.rows.map((row) => [row.day, row.people]))
}

/** Open reports, how long a decision took in the middle, and how many came on each day. One query. */
export async function measureReports(ctx: Context, since: string) {
  const found = await sql<{ open: number; median: number | null; days: Record<string, number> | null }>`
    select (select count(*)::int from reports where resolved_at is null) as open,
      (select percentile_cont(0.5) within group (order by extract(epoch from resolved_at - created_at))::int
        from reports where resolved_at >= ${since}::timestamptz) as median,
      (select json_object_agg(day, count) from (
        select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD') as day, count(*)::int as count
        from reports where created_at >= ${since}::timestamptz group by 1) as counted) as days`.execute(ctx.db)
  const { open = 0, median = null, days } = found.rows[0] ?? {}
  return { open, median, days: new Map(Object.entries(days ?? {})) }
}

/** People who may sign in, servers that are known, and the version of the database. One query. */
export async function countHouse(ctx: Context) {
  const found = await sql<{ people: number; servers: number; version: string }>`
    select (select count(*)::int from users where confirmed_at is not null and email not like '%@demo.invalid') as people,
      (select count(*)::int from domains where not is_local) as servers,
      current_setting('server_version') as version`.execute(ctx.db)
  return found.rows[0] ?? { people: 0, servers: 0, version: '' }
}
