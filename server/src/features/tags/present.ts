import type { AdminTag, Tag } from '@hamlet/contract/search'
import { readSettings } from '#features/settings'
import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'

/** Days of use that are shown, today first (mastodon-limits, Tag history). */
const DAYS_SHOWN = 7
const DAY_MS = 24 * 3_600_000

type TagRow = { name: string; id: Id | null; display_name: string | null; following: boolean; featuring: boolean }
type DayRow = { name: string; day: string; uses: number; accounts: number }

/**
 * Hashtags by the names they are found by, in their order, in two queries however many. One that nobody has used or
 * followed yet has an empty id (mastodon-api 1.5). `viewerId` is null for anonymous readers.
 */
export async function presentTags(ctx: Context, viewerId: Id | null, names: readonly string[]): Promise<Tag[]> {
  if (names.length === 0) return []
  const today = Math.floor(ctx.clock.now().getTime() / DAY_MS)
  const rows = await findRows(ctx, viewerId, names)
  const days = await findDays(ctx, names, today)
  return rows.map((row) => ({
    id: row.id ?? '',
    name: row.display_name ?? row.name,
    url: `${ctx.config.url}/tags/${encodeURIComponent(row.name)}`,
    history: Array.from({ length: DAYS_SHOWN }, (_, ago) => {
      const used = days.get(`${row.name} ${dayOf(today - ago)}`)
      return {
        day: String(((today - ago) * DAY_MS) / 1000),
        uses: String(used?.uses ?? 0),
        accounts: String(used?.accounts ?? 0),
      }
    }),
    ...(viewerId === null ? {} : { following: row.following, featuring: row.featuring }),
  }))
}

/** Hashtags as the team sees them. Four queries, however many. */
export async function presentAdminTags(ctx: Context, names: readonly string[]): Promise<AdminTag[]> {
  const tags = await presentTags(ctx, null, names)
  const { trendable_by_default: usual } = await readSettings(ctx)
  const rows = await ctx.db
    .selectFrom('tags')
    .select(['id', 'usable', 'listable', 'trendable', 'reviewed_at'])
    .where('name', '=', (eb) => eb.fn.any(eb.val([...names])))
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return tags.flatMap((tag) => {
    const row = byId.get(tag.id)
    if (!row) return []
    const { usable, listable, trendable, reviewed_at: reviewedAt } = row
    const decided = { usable, listable, trendable: trendable ?? usual === 'on' }
    return [{ ...tag, ...decided, requires_review: reviewedAt === null }]
  })
}

async function findRows(ctx: Context, viewerId: Id | null, names: readonly string[]): Promise<TagRow[]> {
  const found = await sql<TagRow>`
    select asked.name, t.id, t.display_name,
      exists (select 1 from tag_follows f where f.account_id = ${viewerId}::bigint and f.name = asked.name) as following,
      exists (select 1 from featured_tags f where f.account_id = ${viewerId}::bigint and f.name = asked.name) as featuring
    from unnest(${[...names]}::text[]) with ordinality as asked (name, position)
    left join tags t on t.name = asked.name order by asked.position`.execute(ctx.db)
  return found.rows
}

/** Uses and authors of each of the days that are shown, by `name day`. */
async function findDays(ctx: Context, names: readonly string[], today: number): Promise<Map<string, DayRow>> {
  const found = await sql<DayRow>`
    select name, day::text, sum(uses)::int as uses, count(*)::int as accounts from tag_days
    where name = any(${[...names]}::text[]) and day > ${dayOf(today - DAYS_SHOWN)}::date group by name, day`.execute(
    ctx.db,
  )
  return new Map(found.rows.map((row) => [`${row.name} ${row.day}`, row]))
}

/** A day since 1970 as a date. */
function dayOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}
