import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { pageBounds, prepared, type PageRequest } from '#platform/db'

/** Who may write in a thread: everybody, followers of whoever began it, people whom they follow or mention, nobody else, or whom they let in. */
export type ReplyPolicy = 'everyone' | 'followers' | 'following' | 'mentioned' | 'nobody' | 'approval'

const columns = [
  'id',
  'account_id',
  'uri',
  'url',
  'in_reply_to_id',
  'in_reply_to_account_id',
  'conversation_id',
  'conversation_uri',
  'reblog_of_id',
  'text',
  'content',
  'spoiler_text',
  'visibility',
  'sensitive',
  'language',
  'label',
  sql<boolean>`exists (select 1 from accounts a where a.id = statuses.account_id and a.sensitized_at is not null)`.as(
    'is_author_sensitized',
  ),
  'created_at',
  'edited_at',
  'state',
  'quote_policy',
  'quote_policy_manual',
  'reply_policy',
  'application_id',
  'imported_from',
  'is_local',
  'replies_count',
  'reblogs_count',
  'favourites_count',
  'quotes_count',
  sql<boolean>`exists (select 1 from status_pins p where p.status_id = statuses.id)`.as('pinned'),
  // The rule of the thread that it is in.
  sql<ReplyPolicy>`coalesce((select r.reply_policy from statuses r where r.id = statuses.conversation_id), 'everyone')`.as(
    'thread_policy',
  ),
  sql<
    'waiting' | 'refused' | 'removed' | null
  >`(select e.standing from set_aside_replies e where e.status_id = statuses.id)`.as('set_aside'),
  sql<Id | null>`(select e.decider_id from set_aside_replies e where e.status_id = statuses.id)`.as('set_aside_by'),
] as const

export type StatusRow = NonNullable<Awaited<ReturnType<typeof findStatus>>>

const statusById = prepared((db, { id }: Record<'id', Id>) =>
  db.selectFrom('statuses').select(columns).where('id', '=', id),
)
const statusByUri = prepared((db, { uri }: Record<'uri', string>) =>
  // What is held back was never shown to anybody: no server can mean it.
  db.selectFrom('statuses').select(columns).where('uri', '=', uri).where('state', '<>', 'held'),
)

export async function findStatus(ctx: Context, id: Id) {
  return (await statusById(ctx.db, { id }))[0]
}

export async function findStatusByUri(ctx: Context, uri: string) {
  return (await statusByUri(ctx.db, { uri }))[0]
}

/** A thread by the name that servers give it; undefined when no post here is of it. */
export async function findConversation(ctx: Context, uri: string): Promise<Id | undefined> {
  const row = await ctx.db
    .selectFrom('statuses')
    .select('conversation_id')
    .where('conversation_uri', '=', uri)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row?.conversation_id ?? undefined
}

/** True for the address of a post that was deleted. */
export async function isTombstone(ctx: Context, uri: string): Promise<boolean> {
  const row = await ctx.db.selectFrom('status_tombstones').select('uri').where('uri', '=', uri).executeTakeFirst()
  return row !== undefined
}

/** An account's boost of a status. */
export async function findBoost(ctx: Context, accountId: Id, statusId: Id) {
  return ctx.db
    .selectFrom('statuses')
    .select(['id'])
    .where('account_id', '=', accountId)
    .where('reblog_of_id', '=', statusId)
    .executeTakeFirst()
}

/** Which of these statuses an account has boosted. One query; none for anonymous readers. */
export async function findBoosted(ctx: Context, accountId: Id | null, ids: readonly Id[]): Promise<Set<Id>> {
  if (accountId === null || ids.length === 0) return new Set()
  const rows = await sql<{ id: Id }>`
    select reblog_of_id as id from statuses where account_id = ${accountId} and reblog_of_id = any(${[...ids]}::bigint[])`.execute(
    ctx.db,
  )
  return new Set(rows.rows.map((row) => row.id))
}

/** Who boosted a status openly, newest first. */
export async function listBoostedBy(
  ctx: Context,
  statusId: Id,
  page: PageRequest,
): Promise<{ rowIds: Id[]; ids: Id[] }> {
  const found = await sql<{ id: Id; account_id: Id }>`
    select s.id, s.account_id from statuses s
    where s.reblog_of_id = ${statusId} and s.visibility in ('public', 'unlisted') and s.state = 'live' and ${pageBounds(sql`s.id`, page)}
    order by s.id desc limit ${page.limit}`.execute(ctx.db)
  return { rowIds: found.rows.map((row) => row.id), ids: found.rows.map((row) => row.account_id) }
}

/** Rows in the order of the ids; what is gone is left out. One query. */
export async function findStatusesById(ctx: Context, ids: readonly Id[]): Promise<StatusRow[]> {
  if (ids.length === 0) return []
  const rows = await ctx.db
    .selectFrom('statuses')
    .select(columns)
    .where('id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => byId.get(id)).filter((row) => row !== undefined)
}

export type Extras = { mentions: Map<Id, Id[]>; tags: Map<Id, string[]> }

/** Who is mentioned and which tags stand in each status. Two queries, however many statuses. */
export async function findExtras(ctx: Context, ids: readonly Id[]): Promise<Extras> {
  const wanted = sql<string>`any(${[...ids]}::bigint[])`
  const mentions = await ctx.db
    .selectFrom('mentions')
    .select(['status_id', 'account_id'])
    .where('status_id', '=', wanted)
    .orderBy('account_id')
    .execute()
  const tags = await ctx.db
    .selectFrom('status_tags')
    .select(['status_id', 'name'])
    .where('status_id', '=', wanted)
    .orderBy('name')
    .execute()
  return {
    mentions: group(mentions, (row) => row.account_id),
    tags: group(tags, (row) => row.name),
  }
}

function group<R extends { status_id: Id }, V>(rows: R[], value: (row: R) => V): Map<Id, V[]> {
  const grouped = new Map<Id, V[]>()
  for (const row of rows) grouped.set(row.status_id, [...(grouped.get(row.status_id) ?? []), value(row)])
  return grouped
}

/** The versions of an edited status, oldest first; none of one that was never edited. */
export async function listEdits(ctx: Context, statusId: Id) {
  return ctx.db
    .selectFrom('status_edits')
    .select(['content', 'spoiler_text', 'sensitive', 'media_ids', 'quote_id', 'poll_options', 'created_at'])
    .where('status_id', '=', statusId)
    .orderBy('created_at')
    .orderBy('id')
    .limit(100)
    .execute()
}

/** How many people here have posted since a moment. */
export async function countActiveAuthors(ctx: Context, since: Date): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(distinct account_id)::int as count from statuses where is_local and state = 'live' and created_at > ${since.toISOString()}`.execute(
    ctx.db,
  )
  return found.rows[0]?.count ?? 0
}

/** How many posts people here have written; boosts are not counted. */
export async function countLocalStatuses(ctx: Context): Promise<number> {
  const row = await ctx.db
    .selectFrom('statuses')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('is_local', '=', true)
    .where('state', '=', 'live')
    .where('reblog_of_id', 'is', null)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}
