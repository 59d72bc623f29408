import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { visibleTo, welcomeTo, type ReaderId } from '#features/visibility'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { newestFirst, pageBounds, pageOrder, type PageRequest } from '#platform/db'

export type PublicFeed = { local: boolean; remote: boolean; onlyMedia?: boolean }

/** Keeps what carries a picture itself; a boost carries none of its own. */
function withMedia(isWanted: boolean | undefined): RawBuilder<unknown> {
  return isWanted ? sql`and exists (select 1 from media m where m.status_id = s.id)` : sql``
}

/**
 * True in SQL for posts in a language that the reader chose for public timelines, where they chose any (Mastodon:
 * chosen_languages). What says no language is shown, as it is in streams; `en` stands for `en-GB` too.
 */
function isInChosenLanguage(reader: ReaderId): RawBuilder<SqlBool> {
  if (reader === null) return sql<SqlBool>`true`
  return sql<SqlBool>`(s.language is null or s.account_id = ${reader}::bigint or not exists (
      select 1 from user_accounts own join users u on u.id = own.user_id
      where own.account_id = ${reader}::bigint and jsonb_array_length(coalesce(u.web_settings -> 'chosenLanguages', '[]')) > 0
        and not (u.web_settings -> 'chosenLanguages' ?| array[s.language, split_part(s.language, '-', 1)])))`
}

/** True in SQL for posts that everyone may meet. Limited accounts are met only by who looks for them. */
function isOpen(ctx: Context, reader: ReaderId, feed: PublicFeed): RawBuilder<SqlBool> {
  const only = feed.local ? sql`and s.is_local` : feed.remote ? sql`and not s.is_local` : sql``
  return sql<SqlBool>`s.visibility = 'public' and s.state = 'live' ${only} ${withMedia(feed.onlyMedia)}
      and not exists (select 1 from accounts a where a.id = s.account_id and (a.suspended_at is not null or a.limited_at is not null))
      and ${visibleTo(reader)} and ${welcomeTo(ctx, reader)}`
}

/** What stands in the public feed of a reader: no boosts, no replies to others. */
export function isInPublic(ctx: Context, reader: ReaderId, feed: PublicFeed): RawBuilder<SqlBool> {
  return sql<SqlBool>`(s.reblog_of_id is null and (s.in_reply_to_account_id is null or s.in_reply_to_account_id = s.account_id)
      and ${isOpen(ctx, reader, feed)} and ${isInChosenLanguage(reader)})`
}

/** Public posts of this server, of others, or of all. */
export async function listPublic(
  ctx: Context,
  viewerId: Id | null,
  feed: PublicFeed,
  page: PageRequest,
): Promise<Id[]> {
  const found = await sql<{ id: Id }>`
    select s.id from statuses s where ${isInPublic(ctx, viewerId, feed)} and ${pageBounds(sql`s.id`, page)}
    order by s.id ${sql.raw(pageOrder(page))} limit ${page.limit}`.execute(ctx.db)
  return newestFirst(found.rows.map((row) => row.id))
}

/** A hashtag, or any of several; with all of some others, and none of others still. */
export type TagFeed = PublicFeed & { any: readonly string[]; all?: readonly string[]; none?: readonly string[] }

/** What stands in the feed of hashtags, replies among it, but for the question which of `any` it has. */
function isWithTags(ctx: Context, reader: ReaderId, feed: TagFeed): RawBuilder<SqlBool> {
  const all = [...new Set(feed.all)]
  const none = [...new Set(feed.none)]
  const hasAll = sql`(select count(*) from status_tags o where o.status_id = s.id and o.name = any(${all}::text[])) = ${all.length}::int`
  const hasOne = sql`exists (select 1 from status_tags o where o.status_id = s.id and o.name = any(${none}::text[]))`
  return sql<SqlBool>`(${isOpen(ctx, reader, feed)} ${all.length > 0 ? sql`and ${hasAll}` : sql``} ${none.length > 0 ? sql`and not ${hasOne}` : sql``})`
}

/** What stands in the feed of hashtags, for one post. */
export function isInTag(ctx: Context, reader: ReaderId, feed: TagFeed): RawBuilder<SqlBool> {
  return sql<SqlBool>`(exists (select 1 from status_tags t where t.status_id = s.id and t.name = any(${[...feed.any]}::text[]))
      and ${isWithTags(ctx, reader, feed)})`
}

/** Public posts with a hashtag: the newest of each, so that the index of names leads the way however many are asked for. */
export async function listTagged(ctx: Context, viewerId: Id | null, feed: TagFeed, page: PageRequest): Promise<Id[]> {
  const order = sql.raw(pageOrder(page))
  const found = await sql<{ id: Id }>`
    select distinct near.id from unnest(${[...new Set(feed.any)]}::text[]) as wanted (name) cross join lateral (
      select s.id from status_tags t join statuses s on s.id = t.status_id
      where t.name = wanted.name and not exists (select 1 from tags g where g.name = wanted.name and not g.usable)
        and ${isWithTags(ctx, viewerId, feed)} and ${pageBounds(sql`t.status_id`, page)}
      order by t.status_id ${order} limit ${page.limit}) near
    order by near.id ${order} limit ${page.limit}`.execute(ctx.db)
  return newestFirst(found.rows.map((row) => row.id))
}

/** True when something that everybody may meet leads to a page: private words do not show by what they link. */
export async function isLinkedOpenly(ctx: Context, viewerId: Id | null, link: string): Promise<boolean> {
  const found = await sql`
    select 1 ${linked(link)} where ${isOpen(ctx, viewerId, WHOLE)} limit 1`.execute(ctx.db)
  return found.rows.length > 0
}

/** Public posts that lead to a page, replies among them. */
export async function listLinked(ctx: Context, viewerId: Id | null, link: string, page: PageRequest): Promise<Id[]> {
  const found = await sql<{ id: Id }>`
    select s.id ${linked(link)} where ${isOpen(ctx, viewerId, WHOLE)} and ${isInChosenLanguage(viewerId)} and ${pageBounds(sql`s.id`, page)}
    order by s.id ${sql.raw(pageOrder(page))} limit ${page.limit}`.execute(ctx.db)
  return newestFirst(found.rows.map((row) => row.id))
}

const WHOLE: PublicFeed = { local: false, remote: false }

/** By the address as posts name it, and by the one that it leads to. */
function linked(link: string): RawBuilder<unknown> {
  return sql`from (select id from link_cards where title <> '' and link = ${link} union select id from link_cards where title <> '' and url = ${link}) card
    join status_cards c on c.card_id = card.id join statuses s on s.id = c.status_id`
}

export type AccountFeed = {
  excludeReplies: boolean
  excludeBoosts: boolean
  onlyMedia?: boolean
  tagged?: string | undefined
}

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
  const boosts = feed.excludeBoosts ? sql`and s.reblog_of_id is null` : sql``
  const tagged = feed.tagged
    ? sql`and exists (select 1 from status_tags t where t.status_id = s.id and t.name = ${feed.tagged})`
    : sql``
  const found = await sql<{ id: Id }>`
    select s.id from statuses s
    where s.account_id = ${who.accountId} and ${visibleTo(who.viewerId)} ${replies} ${boosts} ${tagged} ${withMedia(feed.onlyMedia)} and ${pageBounds(sql`s.id`, page)}
    order by s.id ${sql.raw(pageOrder(page))} limit ${page.limit}`.execute(ctx.db)
  return newestFirst(found.rows.map((row) => row.id))
}
