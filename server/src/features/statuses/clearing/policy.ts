import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

/** What of somebody's old posts stays (mastodon-features, automatic post deletion). */
export type Clearing = {
  enabled: boolean
  min_age_days: number
  keep_direct: boolean
  keep_pinned: boolean
  keep_polls: boolean
  keep_media: boolean
  keep_self_favourite: boolean
  keep_self_bookmark: boolean
  min_favourites: number | null
  min_reblogs: number | null
}

export const usualClearing: Clearing = {
  enabled: false,
  min_age_days: 14,
  keep_direct: true,
  keep_pinned: true,
  keep_polls: false,
  keep_media: false,
  keep_self_favourite: true,
  keep_self_bookmark: true,
  min_favourites: null,
  min_reblogs: null,
}

const columns = Object.keys(usualClearing) as (keyof Clearing)[]

export async function readClearing(ctx: Context, accountId: Id): Promise<Clearing> {
  const row = await ctx.db
    .selectFrom('status_clearings')
    .select(columns)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row ?? usualClearing
}

export async function writeClearing(tx: Tx, accountId: Id, policy: Clearing): Promise<void> {
  const row = { ...policy, updated_at: tx.clock.now().toISOString() }
  await tx.db
    .insertInto('status_clearings')
    .values({ account_id: accountId, ...row })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(row))
    .execute()
}

/** Posts of somebody that a policy would delete, the oldest first. Boosts are not posts of theirs. */
export async function listClearable(ctx: Context, accountId: Id, policy: Clearing, limit: number): Promise<Id[]> {
  const before = new Date(ctx.clock.now().getTime() - policy.min_age_days * 24 * 3_600_000).toISOString()
  const unless = (isKept: boolean, condition: ReturnType<typeof sql>) => (isKept ? sql`and not (${condition})` : sql``)
  const found = await sql<{ id: Id }>`
    select s.id from statuses s
    where s.account_id = ${accountId} and s.is_local and s.state = 'live' and s.reblog_of_id is null and s.created_at < ${before}
      ${unless(policy.keep_direct, sql`s.visibility = 'direct'`)}
      ${unless(policy.keep_pinned, sql`exists (select 1 from status_pins p where p.status_id = s.id)`)}
      ${unless(policy.keep_polls, sql`exists (select 1 from polls q where q.status_id = s.id)`)}
      ${unless(policy.keep_media, sql`exists (select 1 from media m where m.status_id = s.id)`)}
      ${unless(policy.keep_self_favourite, sql`exists (select 1 from favourites f where f.status_id = s.id and f.account_id = s.account_id)`)}
      ${unless(policy.keep_self_bookmark, sql`exists (select 1 from bookmarks b where b.status_id = s.id and b.account_id = s.account_id)`)}
      ${unless(policy.min_favourites !== null, sql`s.favourites_count >= ${policy.min_favourites}`)}
      ${unless(policy.min_reblogs !== null, sql`s.reblogs_count >= ${policy.min_reblogs}`)}
    order by s.created_at, s.id limit ${limit}`.execute(ctx.db)
  return found.rows.map(({ id }) => id)
}
