import type { TrendsLink } from '@hamlet/contract/discovery'
import { sql } from 'kysely'
import { authorIdsOf, findCardsOf, presentCard } from '#features/cards'
import { presentAccounts } from '#features/profiles'
import { visibleTo, welcomeTo } from '#features/visibility'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'

export type Window = { limit: number; offset: number }
const DAYS_SHOWN = 7
const DAY_MS = 24 * 3_600_000

/** Ids of posts that are talked about, the most first: those that the reader may see and wants to. */
export async function listTrendingStatuses(ctx: Context, viewerId: Id | null, page: Window): Promise<Id[]> {
  const found = await sql<{ id: Id }>`
    select s.id from trending_statuses t join statuses s on s.id = t.status_id
    where s.visibility = 'public' and ${visibleTo(viewerId)} and ${welcomeTo(ctx, viewerId)}
    order by t.score desc, s.id desc limit ${page.limit} offset ${page.offset}`.execute(ctx.db)
  return found.rows.map((row) => row.id)
}

/** Names of hashtags that are talked about, the most first. */
export async function listTrendingTags(ctx: Context, page: Window): Promise<string[]> {
  const found = await ctx.db
    .selectFrom('trending_tags')
    .select('name')
    .orderBy('score', 'desc')
    .orderBy('name')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  return found.map((row) => row.name)
}

type LinkRow = { card_id: Id; status_id: Id }
type DayRow = { card_id: Id; day: string; uses: number; accounts: number }

/** Links that are talked about, with how many people named them on each of seven days. Four queries. */
export async function presentTrendingLinks(ctx: Context, viewerId: Id | null, page: Window): Promise<TrendsLink[]> {
  const found = await sql<LinkRow>`
    select l.card_id, l.status_id from trending_links l join statuses s on s.id = l.status_id
    where s.visibility = 'public' and ${visibleTo(null)}
    order by l.score desc, l.card_id limit ${page.limit} offset ${page.offset}`.execute(ctx.db)
  const cards = await findCardsOf(
    ctx,
    found.rows.map((row) => row.status_id),
  )
  const accounts = await presentAccounts(ctx, authorIdsOf(cards.values()))
  const today = Math.floor(ctx.clock.now().getTime() / DAY_MS)
  const days = await findDays(ctx, found.rows, today)
  return found.rows.flatMap(({ card_id, status_id }) => {
    const card = cards.get(status_id)
    if (!card) return []
    const history = Array.from({ length: DAYS_SHOWN }, (_, ago) => {
      const used = days.get(`${card_id} ${dateOf(today - ago)}`)
      const day = String(((today - ago) * DAY_MS) / 1000)
      return { day, uses: String(used?.uses ?? 0), accounts: String(used?.accounts ?? 0) }
    })
    return [{ ...presentCard(ctx, viewerId, card, accounts), history }]
  })
}

async function findDays(ctx: Context, rows: readonly LinkRow[], today: number): Promise<Map<string, DayRow>> {
  const found = await sql<DayRow>`
    select c.card_id, to_char(s.created_at at time zone 'utc', 'YYYY-MM-DD') as day,
      count(*)::int as uses, count(distinct s.account_id)::int as accounts
    from status_cards c join statuses s on s.id = c.status_id
    where c.card_id = any(${rows.map((row) => row.card_id)}::bigint[]) and s.state = 'live' and s.visibility = 'public'
      and s.created_at >= ${dateOf(today - DAYS_SHOWN + 1)}::timestamptz group by 1, 2`.execute(ctx.db)
  return new Map(found.rows.map((row) => [`${row.card_id} ${row.day}`, row]))
}

/** A day since 1970 as a date. */
function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}
