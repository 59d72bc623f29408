import { sql } from 'kysely'
import { visibleTo } from '#features/visibility'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { newestFirst, pageBounds, pageOrder, type PageRequest } from '#platform/db'

export type PublicFeed = { local: boolean; remote: boolean }

/** Public posts of this server, of others, or of all. Boosts have no place here; limited accounts do not appear. */
export async function listPublic(ctx: Context, feed: PublicFeed, page: PageRequest): Promise<Id[]> {
  const only = feed.local ? sql`and s.is_local` : feed.remote ? sql`and not s.is_local` : sql``
  const found = await sql<{ id: Id }>`
    select s.id from statuses s
    where s.visibility = 'public' and s.state = 'live' and s.reblog_of_id is null ${only} and ${pageBounds(sql`s.id`, page)}
      and (s.in_reply_to_account_id is null or s.in_reply_to_account_id = s.account_id)
      and not exists (select 1 from accounts a where a.id = s.account_id and (a.suspended_at is not null or a.limited_at is not null))
    order by s.id ${sql.raw(pageOrder(page))} limit ${page.limit}`.execute(ctx.db)
  return newestFirst(found.rows.map((row) => row.id))
}

export type TagFeed = { name: string; local: boolean; remote: boolean }

/** Public posts with a hashtag, replies among them. */
export async function listTagged(ctx: Context, feed: TagFeed, page: PageRequest): Promise<Id[]> {
  const only = feed.local ? sql`and s.is_local` : feed.remote ? sql`and not s.is_local` : sql``
  const found = await sql<{ id: Id }>`
    select s.id from status_tags t join statuses s on s.id = t.status_id
    where t.name = ${feed.name} and s.visibility = 'public' and s.state = 'live' ${only} and ${pageBounds(sql`s.id`, page)}
      and not exists (select 1 from accounts a where a.id = s.account_id and (a.suspended_at is not null or a.limited_at is not null))
    order by s.id ${sql.raw(pageOrder(page))} limit ${page.limit}`.execute(ctx.db)
  return newestFirst(found.rows.map((row) => row.id))
}

export type AccountFeed = { excludeReplies: boolean; tagged?: string | undefined }

/** What an account wrote, as far as the viewer may see it. */
export async function listOfAccount(
  ctx: Context,
  who: { accountId: Id; viewerId: Id | null },
  feed: AccountFeed,
  page: PageRequest,
): Promise<Id[]> {
  const replies = feed.excludeReplies
    ? sql`and (s.in_reply_to_account_id is null or s.in_reply_to_account_id = s.account_id)`
    : sql``
  const tagged = feed.tagged
    ? sql`and exists (select 1 from status_tags t where t.status_id = s.id and t.name = ${feed.tagged})`
    : sql``
  const found = await sql<{ id: Id }>`
    select s.id from statuses s
    where s.account_id = ${who.accountId} and ${visibleTo(who.viewerId)} ${replies} ${tagged} and ${pageBounds(sql`s.id`, page)}
    order by s.id ${sql.raw(pageOrder(page))} limit ${page.limit}`.execute(ctx.db)
  return newestFirst(found.rows.map((row) => row.id))
}
