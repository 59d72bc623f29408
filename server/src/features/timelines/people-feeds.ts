import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { ListRow } from '#features/lists'
import { visibleTo, welcomeTo } from '#features/visibility'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { newestFirst, pageBounds, pageOrder, type PageRequest } from '#platform/db'

/** Who reads a feed of people: an id, or a column that holds one. */
export type Reader = Id | RawBuilder<unknown>

/** A feed as data: whose posts stand in it, and what else of them. Home and lists are two values of this one kind. */
export type PeopleFeed = {
  reader: Reader
  /** The accounts whose posts and boosts are shown, as a subquery. */
  people: RawBuilder<unknown>
  /** True in SQL where an answer to `s.in_reply_to_account_id` is shown; threads, and answers to the reader, always are. */
  mayAnswer: RawBuilder<SqlBool>
  /** Whom posts with followed hashtags may not be by, as a subquery; no hashtags where it is absent. */
  setApart?: RawBuilder<unknown>
}

const followed = (reader: Reader) =>
  sql`(select f.target_account_id from follows f where f.account_id = ${reader} and f.state = 'accepted')`

/** Whom a reader wants to meet in a list of theirs, and not in home. */
const exclusive = (reader: Reader) =>
  sql`(select la.account_id from lists l join list_accounts la on la.list_id = l.id where l.account_id = ${reader} and l.exclusive)`

/** Members of a list whose follow stands; the owner needs none. */
const members = (listId: RawBuilder<unknown>) =>
  sql`(select la.account_id from list_accounts la left join follows f on f.id = la.follow_id
    where la.list_id = ${listId} and (la.follow_id is null or f.state = 'accepted'))`

/** Home: people one follows without those in exclusive lists, oneself, and followed hashtags. */
export function homeFeed(reader: Reader): PeopleFeed {
  return {
    reader,
    people: sql`(select f.target_account_id from follows f where f.account_id = ${reader} and f.state = 'accepted'
        and f.target_account_id not in ${exclusive(reader)}
      union all select ${reader}::bigint)`,
    mayAnswer: sql<SqlBool>`(s.in_reply_to_account_id in ${followed(reader)}) is true`,
    setApart: exclusive(reader),
  }
}

/** A list as the feed of its owner: ids and policy are given, or columns that hold them. */
export function listFeed(list: { reader: Reader; id: Reader; policy: RawBuilder<unknown> }): PeopleFeed {
  const inList = members(sql`${list.id}`)
  return {
    reader: list.reader,
    people: inList,
    mayAnswer: sql<SqlBool>`((${list.policy} = 'followed' and (s.in_reply_to_account_id in ${followed(list.reader)}) is true)
      or (${list.policy} = 'list' and (s.in_reply_to_account_id in ${inList}) is true))`,
  }
}

/** What stands in a feed because of whose it is: answers and boosts as the feed wants them. */
export function isByPeople(ctx: Context, { reader, people, mayAnswer }: PeopleFeed): RawBuilder<SqlBool> {
  return sql<SqlBool>`((s.account_id in ${people}) is true
      and (s.in_reply_to_account_id is null or s.in_reply_to_account_id in (s.account_id, ${reader}) or ${mayAnswer})
      and (s.reblog_of_id is null or s.account_id = ${reader} or (
        exists (select 1 from follows f where f.account_id = ${reader} and f.target_account_id = s.account_id and f.show_reblogs)
        and exists (select 1 from statuses o where o.id = s.reblog_of_id and ${welcomeTo(ctx, reader, 'o')}))))`
}

/** True in SQL for posts with a hashtag that the reader follows. */
export function hasFollowedTag(reader: Reader): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select 1 from status_tags t join tag_follows w on w.name = t.name
    where t.status_id = s.id and w.account_id = ${reader})`
}

/**
 * What stands in a feed. With followed hashtags come public posts of everybody but limited people and those set apart
 * (mastodon-features 3, Followed hashtags); `tagged` is the test for them, where there is a cheaper one.
 */
export function isInFeed(
  ctx: Context,
  feed: PeopleFeed,
  tagged: RawBuilder<SqlBool> = hasFollowedTag(feed.reader),
): RawBuilder<SqlBool> {
  const byTag = feed.setApart
    ? sql`or (${tagged} and s.visibility = 'public' and not ((s.account_id in ${feed.setApart}) is true)
        and not exists (select 1 from accounts a where a.id = s.account_id and a.limited_at is not null))`
    : sql``
  return sql<SqlBool>`((${isByPeople(ctx, feed)} ${byTag}) and ${visibleTo(feed.reader)} and ${welcomeTo(ctx, feed.reader)})`
}

/** The home feed of a person. */
export function listHome(ctx: Context, viewerId: Id, page: PageRequest): Promise<Id[]> {
  return readFeed(ctx, homeFeed(viewerId), page)
}

/** What stands in a person's own list. */
export function listOfList(ctx: Context, viewerId: Id, list: ListRow, page: PageRequest): Promise<Id[]> {
  return readFeed(ctx, listFeed({ reader: viewerId, id: list.id, policy: sql`${list.replies_policy}::text` }), page)
}

const WINDOW = 5_000

/**
 * A feed of people, computed on read: the newest statuses filtered by a hashed list of people, and the hashtags that
 * are met among them; only when that window is too thin for a page, the newest of each person and hashtag (stack
 * measurements, section 3). One statement, or two.
 */
async function readFeed(ctx: Context, feed: PeopleFeed, page: PageRequest): Promise<Id[]> {
  const order = sql.raw(pageOrder(page))
  const tagReader = feed.setApart ? feed.reader : null
  const tagged = sql<SqlBool>`((s.id in (select tagged.id from tagged)) is true)`
  const recent = await sql<{ id: Id; seen: number }>`
    with recent as materialized (
      select s.* from statuses s where ${pageBounds(sql`s.id`, page)} order by s.id ${order} limit ${WINDOW}),
    tagged as materialized (
      select t.status_id as id from tag_follows w join status_tags t on t.name = w.name
      where w.account_id = ${tagReader}::bigint
        and t.status_id >= (select min(id) from recent) and t.status_id <= (select max(id) from recent))
    select s.id, (select count(*)::int from recent) as seen from recent s where ${isInFeed(ctx, feed, tagged)}
    order by s.id ${order} limit ${page.limit}`.execute(ctx.db)
  const [first] = recent.rows
  const isWhole = recent.rows.length === page.limit || (first !== undefined && first.seen < WINDOW)
  if (isWhole) return newestFirst(recent.rows.map((row) => row.id))
  const near = sql`order by id ${order} limit ${page.limit * 2}`
  const deep = await sql<{ id: Id }>`
    select s.id from (
      select found.id from ${feed.people} as person (id) cross join lateral (
        select s.id from statuses s where s.account_id = person.id and ${pageBounds(sql`s.id`, page)} ${near}) found
      union
      select found.id from tag_follows w cross join lateral (
        select t.status_id as id from status_tags t where t.name = w.name and ${pageBounds(sql`t.status_id`, page)} ${near}) found
      where w.account_id = ${tagReader}::bigint) near
    join statuses s on s.id = near.id
    where ${isInFeed(ctx, feed)} order by s.id ${order} limit ${page.limit}`.execute(ctx.db)
  return newestFirst(deep.rows.map((row) => row.id))
}
