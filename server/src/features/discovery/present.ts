import type {
  AdminTrendsLink,
  AdminTrendsStatus,
  LinkPublisher,
  Suggestion,
  TrendsLink,
} from '@hamlet/contract/discovery'
import { sql } from 'kysely'
import { authorIdsOf, findCardsOf, presentCard } from '#features/cards'
import { presentAccounts } from '#features/profiles'
import { presentStatuses } from '#features/statuses'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import type { Proposal } from './suggestions.ts'
import type { LinkReview, StatusReview } from './review-lists.ts'
import type { PublisherRow } from './reviews.ts'
import type { LinkRow } from './trends.ts'

const DAYS_SHOWN = 7
const DAY_MS = 24 * 3_600_000
type DayRow = { card_id: Id; day: string; uses: number; accounts: number }

/** Links with how many people named them on each of seven days, today first. Three queries. */
export async function presentLinks(ctx: Context, viewerId: Id | null, rows: readonly LinkRow[]): Promise<TrendsLink[]> {
  return (await drawLinks(ctx, viewerId, rows)).map(([, link]) => link)
}

/** Each row with its link; rows without a page to show are left out. */
async function drawLinks<R extends LinkRow>(
  ctx: Context,
  viewerId: Id | null,
  rows: readonly R[],
): Promise<[R, TrendsLink][]> {
  const statusIds = rows.map((row) => row.status_id)
  const cards = await findCardsOf(ctx, statusIds)
  const accounts = await presentAccounts(ctx, authorIdsOf(cards.values()))
  const today = Math.floor(ctx.clock.now().getTime() / DAY_MS)
  const days = await findDays(ctx, rows, today)
  return rows.flatMap((row): [R, TrendsLink][] => {
    const { card_id, status_id } = row
    const card = cards.get(status_id)
    if (!card) return []
    const history = Array.from({ length: DAYS_SHOWN }, (_, ago) => {
      const used = days.get(`${card_id} ${dateOf(today - ago)}`)
      const day = String(((today - ago) * DAY_MS) / 1000)
      return { day, uses: String(used?.uses ?? 0), accounts: String(used?.accounts ?? 0) }
    })
    return [[row, { ...presentCard(ctx, viewerId, card, accounts), history }]]
  })
}

/** Links as the team sees them; rows without a page to show are left out. */
export async function presentAdminLinks(ctx: Context, rows: readonly LinkReview[]): Promise<AdminTrendsLink[]> {
  const drawn = await drawLinks(ctx, null, rows)
  return drawn.map(([{ id, requires_review, trendable }, link]) => ({
    ...link,
    id: Number(id),
    requires_review,
    trendable,
  }))
}

/** Posts as the team sees them: as everybody does. */
export async function presentAdminStatuses(ctx: Context, rows: readonly StatusReview[]): Promise<AdminTrendsStatus[]> {
  const ids = rows.map((row) => row.id)
  const posts = new Map((await presentStatuses(ctx, null, ids)).map((post) => [post.id, post]))
  return rows.flatMap(({ id, requires_review, trendable }) => {
    const post = posts.get(id)
    return post ? [{ ...post, requires_review, trendable }] : []
  })
}

export function presentPublisher({ id, host, ...row }: PublisherRow): LinkPublisher {
  return { id: Number(id), domain: host, ...row, requires_review: row.reviewed_at === null }
}

/** People to follow, with why. */
export async function presentSuggestions(ctx: Context, found: readonly Proposal[]): Promise<Suggestion[]> {
  const ids = found.map(({ id }) => id)
  const accounts = await presentAccounts(ctx, ids)
  return found.flatMap(({ id, friends }): Suggestion[] => {
    const account = accounts.get(id)
    if (!account) return []
    return friends > 0
      ? [{ source: 'past_interactions', sources: ['friends_of_friends'], account }]
      : [{ source: 'global', sources: ['most_followed'], account }]
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
