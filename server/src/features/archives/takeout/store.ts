import { sql } from 'kysely'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'

const columns = ['id', 'account_id', 'state', 'file_name', 'bytes', 'done', 'total', 'created_at', 'ready_at'] as const

export type TakeoutRow = NonNullable<Awaited<ReturnType<typeof findTakeout>>>

/** What somebody asked for in the last week, the newest first. One query. */
export async function listTakeouts(ctx: Context, accountId: Id): Promise<TakeoutRow[]> {
  return ctx.db
    .selectFrom('takeouts')
    .select(columns)
    .where('account_id', '=', accountId)
    .orderBy('id', 'desc')
    .limit(10)
    .execute()
}

export async function findTakeout(ctx: Context, id: Id) {
  return ctx.db.selectFrom('takeouts').select(columns).where('id', '=', id).executeTakeFirst()
}

/** One's own that can be downloaded; anybody else's is not there. */
export async function requireReady(ctx: Context, accountId: Id, id: string): Promise<TakeoutRow> {
  const row = isId(id) ? await findTakeout(ctx, id) : undefined
  if (row?.account_id !== accountId || row.state !== 'ready') throw notFound()
  return row
}

/** Keys of the files of everything that somebody uploaded to posts, and of their pictures. */
export async function* listFiles(ctx: Context, accountId: Id): AsyncGenerator<string> {
  const own = await ctx.db
    .selectFrom('accounts')
    .select(['avatar_key', 'header_key'])
    .where('id', '=', accountId)
    .executeTakeFirst()
  for (const key of [own?.avatar_key, own?.header_key]) if (key) yield key
  for (let after = '0', isMore = true; isMore;) {
    // oxlint-disable-next-line no-await-in-loop -- each piece begins where the one before ended
    const { rows } = await sql<{ id: Id; original_key: string | null }>`
      select id, original_key from media where account_id = ${accountId} and id > ${after} order by id limit 500`.execute(
      ctx.db,
    )
    for (const { original_key: key } of rows) if (key) yield key
    after = rows.at(-1)?.id ?? after
    isMore = rows.length === 500
  }
}

export async function countFiles(ctx: Context, accountId: Id): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(original_key)::int as count from media where account_id = ${accountId}`.execute(ctx.db)
  return found.rows[0]?.count ?? 0
}

/** Addresses of what somebody favourited or kept, the oldest first, as one collection in pieces. */
export async function* writeMarks(
  ctx: Context,
  accountId: Id,
  table: 'favourites' | 'bookmarks',
): AsyncGenerator<string> {
  const id = table === 'favourites' ? 'likes.json' : 'bookmarks.json'
  const head = { '@context': 'https://www.w3.org/ns/activitystreams', id, type: 'OrderedCollection' }
  yield `${JSON.stringify(head).slice(0, -1)},"orderedItems":[`
  for (let after = '0', isFirst = true, isMore = true; isMore;) {
    // oxlint-disable-next-line no-await-in-loop -- as above
    const { rows } = await sql<{ id: Id; uri: string }>`
      select m.id, s.uri from ${sql.table(table)} m join statuses s on s.id = m.status_id
      where m.account_id = ${accountId} and m.id > ${after} and s.state = 'live' order by m.id limit 2000`.execute(
      ctx.db,
    )
    const text = rows.map(({ uri }) => JSON.stringify(uri)).join(',')
    if (text !== '') yield `${isFirst ? '' : ','}${text}`
    if (text !== '') isFirst = false
    after = rows.at(-1)?.id ?? after
    isMore = rows.length === 2_000
  }
  yield ']}'
}
