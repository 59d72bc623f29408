import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { pageBounds, type PageRequest } from '#platform/db'

export type FollowRow = NonNullable<Awaited<ReturnType<typeof findFollow>>>

export async function findFollow(ctx: Context, accountId: Id, targetId: Id) {
  return ctx.db
    .selectFrom('follows')
    .select(['id', 'state', 'uri', 'show_reblogs', 'notify', 'languages'])
    .where('account_id', '=', accountId)
    .where('target_account_id', '=', targetId)
    .executeTakeFirst()
}

export async function findFollowByUri(ctx: Context, uri: string) {
  return ctx.db
    .selectFrom('follows')
    .select(['id', 'account_id', 'target_account_id', 'state'])
    .where('uri', '=', uri)
    .executeTakeFirst()
}

/** Where the followers of an account are reached: each shared inbox once, and nobody who lives here. */
export async function listFollowerInboxes(ctx: Context, accountId: Id): Promise<string[]> {
  const found = await sql<{ inbox: string }>`
    select distinct coalesce(a.shared_inbox_url, a.inbox_url) as inbox
    from follows f join accounts a on a.id = f.account_id join domains d on d.id = a.domain_id
    where f.target_account_id = ${accountId} and f.state = 'accepted' and not d.is_local and a.suspended_at is null`.execute(
    ctx.db,
  )
  return found.rows.map((row) => row.inbox)
}

/** Where the people are reached whom an account follows or asked to follow: each shared inbox once. */
export async function listFollowedInboxes(ctx: Context, accountId: Id): Promise<string[]> {
  const found = await sql<{ inbox: string }>`
    select distinct coalesce(a.shared_inbox_url, a.inbox_url) as inbox
    from follows f join accounts a on a.id = f.target_account_id join domains d on d.id = a.domain_id
    where f.account_id = ${accountId} and not d.is_local and a.suspended_at is null`.execute(ctx.db)
  return found.rows.map((row) => row.inbox)
}

/** True when anybody here follows this account. */
export async function hasLocalFollower(ctx: Context, accountId: Id): Promise<boolean> {
  const found = await sql`
    select 1 from follows f join accounts a on a.id = f.account_id join domains d on d.id = a.domain_id
    where f.target_account_id = ${accountId} and f.state = 'accepted' and d.is_local limit 1`.execute(ctx.db)
  return found.rows.length > 0
}

/** True when either of the two blocks the other, or the other's whole server. */
export async function isBlockedEitherWay(ctx: Context, one: Id, other: Id): Promise<boolean> {
  const found = await sql`
    select 1 from blocks b where (b.account_id = ${one} and b.target_account_id = ${other})
      or (b.account_id = ${other} and b.target_account_id = ${one})
    union all select 1 from account_domain_blocks d join accounts a on a.domain_id = d.domain_id
    where (d.account_id = ${one} and a.id = ${other}) or (d.account_id = ${other} and a.id = ${one}) limit 1`.execute(
    ctx.db,
  )
  return found.rows.length > 0
}

/** People of one page of a list, with the row ids that cursors are made of. */
export type RelationPage = { accountIds: Id[]; rowIds: Id[] }

type Row = { id: Id; account_id: Id }

function pageOf(rows: Row[]): RelationPage {
  return { accountIds: rows.map((row) => row.account_id), rowIds: rows.map((row) => row.id) }
}

/** Whom a viewer must not meet in a list: blocked either way, or gone. */
function meets(viewerId: Id | null) {
  return sql`and not exists (select 1 from accounts a where a.id = r.person and a.suspended_at is not null)
    and not exists (select 1 from blocks b where (b.account_id = ${viewerId}::bigint and b.target_account_id = r.person)
      or (b.account_id = r.person and b.target_account_id = ${viewerId}::bigint))`
}

export async function listFollowers(
  ctx: Context,
  who: { accountId: Id; viewerId: Id | null },
  page: PageRequest,
): Promise<RelationPage> {
  const found = await sql<Row>`
    select r.id, r.person as account_id from (select id, account_id as person, target_account_id as owner, state from follows) r
    where r.owner = ${who.accountId} and r.state = 'accepted' and ${pageBounds(sql`r.id`, page)} ${meets(who.viewerId)}
    order by r.id desc limit ${page.limit}`.execute(ctx.db)
  return pageOf(found.rows)
}

export async function listFollowing(
  ctx: Context,
  who: { accountId: Id; viewerId: Id | null },
  page: PageRequest,
): Promise<RelationPage> {
  const found = await sql<Row>`
    select r.id, r.person as account_id from (select id, target_account_id as person, account_id as owner, state from follows) r
    where r.owner = ${who.accountId} and r.state = 'accepted' and ${pageBounds(sql`r.id`, page)} ${meets(who.viewerId)}
    order by r.id desc limit ${page.limit}`.execute(ctx.db)
  return pageOf(found.rows)
}

export async function listRequests(ctx: Context, accountId: Id, page: PageRequest): Promise<RelationPage> {
  const found = await sql<Row>`
    select f.id, f.account_id from follows f
    where f.target_account_id = ${accountId} and f.state = 'requested' and ${pageBounds(sql`f.id`, page)}
    order by f.id desc limit ${page.limit}`.execute(ctx.db)
  return pageOf(found.rows)
}

export async function countRequests(ctx: Context, accountId: Id, most: number): Promise<number> {
  const found =
    await sql`select 1 from follows where target_account_id = ${accountId} and state = 'requested' limit ${most}`.execute(
      ctx.db,
    )
  return found.rows.length
}

export async function listBlocked(ctx: Context, accountId: Id, page: PageRequest): Promise<RelationPage> {
  const found = await sql<Row>`
    select b.id, b.target_account_id as account_id from blocks b where b.account_id = ${accountId} and ${pageBounds(sql`b.id`, page)}
    order by b.id desc limit ${page.limit}`.execute(ctx.db)
  return pageOf(found.rows)
}

/** Muted people, with the end of each mute; what has expired is not listed. */
export async function listMuted(
  ctx: Context,
  accountId: Id,
  page: PageRequest,
): Promise<RelationPage & { expiresAt: (string | null)[] }> {
  const found = await sql<Row & { expires_at: string | null }>`
    select m.id, m.target_account_id as account_id, m.expires_at from mutes m
    where m.account_id = ${accountId} and (m.expires_at is null or m.expires_at > ${ctx.clock.now().toISOString()}) and ${pageBounds(sql`m.id`, page)}
    order by m.id desc limit ${page.limit}`.execute(ctx.db)
  return { ...pageOf(found.rows), expiresAt: found.rows.map((row) => row.expires_at) }
}
