import { sql } from 'kysely'
import { isTeamRole } from '#features/roles'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import type { TrialResult } from './trial-store.ts'

type HitRow = {
  id: Id
  account_id: Id
  created_at: string
  host: string
  is_local: boolean
  favourites_count: number
  is_old: boolean
  followers_here: number
  is_blamed: boolean
  permissions: string | null
}

const YEAR_MS = 365 * 24 * 3_600_000
/** So many favourites, or followers here, and people seem to like it. */
const LIKED = 5
const FOLLOWED = 3
/** What an author has going for them; from so much on a hit looks like a mistake. */
const WEIGHTS: Record<string, number> = { team: 5, old_account: 2, followed_here: 2, liked: 2, never_reported: 1 }
const INNOCENT = 3
const EXAMPLES = 50
const STRETCHES = 24
const SERVERS = 10

/**
 * What was found, with the likeliest mistakes first: by people of the team, of long standing, with followers here, whose
 * posts are liked, and whom nobody ever reported. One query.
 */
export async function weighHits(ctx: Context, ids: readonly Id[], since: string | null): Promise<TrialResult> {
  const year = new Date(ctx.clock.now().getTime() - YEAR_MS).toISOString()
  const found = await sql<HitRow>`
    select s.id, s.account_id, s.created_at, d.host, d.is_local, s.favourites_count, a.created_at < ${year}::timestamptz as is_old,
      (select count(*)::int from follows f join accounts here on here.id = f.account_id join domains home on home.id = here.domain_id
        where f.target_account_id = a.id and f.state = 'accepted' and home.is_local) as followers_here,
      (a.suspended_at is not null or a.limited_at is not null
        or exists (select 1 from reports r where r.target_account_id = a.id)) as is_blamed,
      (select r.permissions from user_accounts ua join users u on u.id = ua.user_id join roles r on r.id = u.role_id
        where ua.account_id = a.id order by ua.created_at limit 1) as permissions
    from statuses s join accounts a on a.id = s.account_id join domains d on d.id = a.domain_id
    where s.id = any(${[...ids]}::bigint[])`.execute(ctx.db)
  const weighed = found.rows
    .map((row) => ({ row, signs: signsOf(row) }))
    .map(({ row, signs }) => ({ row, signs, weight: row.is_blamed ? 0 : weightOf(signs) }))
    .sort((a, b) => b.weight - a.weight || (BigInt(a.row.id) < BigInt(b.row.id) ? 1 : -1))
  const servers = Map.groupBy(found.rows, (row) => (row.is_local ? ctx.config.domain : row.host))
  return {
    innocent: weighed.filter(({ weight }) => weight >= INNOCENT).length,
    reported: found.rows.filter((row) => row.is_blamed).length,
    authors: new Set(found.rows.map((row) => row.account_id)).size,
    servers: [...servers]
      .map(([host, rows]) => ({ host, hits: rows.length }))
      .sort((a, b) => b.hits - a.hits)
      .slice(0, SERVERS),
    spread: spreadOf(ctx, found.rows, since),
    since,
    examples: weighed
      .slice(0, EXAMPLES)
      .map(({ row, signs, weight }) => ({ statusId: row.id, signs, isInnocent: weight >= INNOCENT })),
  }
}

const weightOf = (signs: readonly string[]) => signs.reduce((sum, sign) => sum + (WEIGHTS[sign] ?? 0), 0)

function signsOf(row: HitRow): string[] {
  return [
    row.permissions !== null && isTeamRole(row.permissions) ? 'team' : '',
    row.is_old ? 'old_account' : '',
    row.followers_here >= FOLLOWED ? 'followed_here' : '',
    row.favourites_count >= LIKED ? 'liked' : '',
    row.is_blamed ? '' : 'never_reported',
  ].filter(Boolean)
}

/** How many in each of so many equal stretches, from the oldest post that was looked at until now. */
function spreadOf(ctx: Context, rows: readonly HitRow[], since: string | null): number[] {
  const counts = Array.from({ length: STRETCHES }, () => 0)
  if (since === null) return counts
  const [from, to] = [Date.parse(since), ctx.clock.now().getTime()]
  for (const row of rows) {
    const share = (Date.parse(row.created_at) - from) / Math.max(1, to - from)
    const at = Math.min(STRETCHES - 1, Math.max(0, Math.floor(share * STRETCHES)))
    counts[at] = (counts[at] ?? 0) + 1
  }
  return counts
}
