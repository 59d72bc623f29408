import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { pageBounds, pageOrder, type PageRequest } from '#platform/db'

export type Marks = { favourited: Set<Id>; bookmarked: Set<Id> }

/** Which of these statuses a person has favourited and bookmarked. One query; none for anonymous readers. */
export async function findMarks(ctx: Context, accountId: Id | null, statusIds: readonly Id[]): Promise<Marks> {
  if (accountId === null || statusIds.length === 0) return { favourited: new Set(), bookmarked: new Set() }
  const ids = [...statusIds]
  const found = await sql<{ status_id: Id; kind: string }>`
    select status_id, 'favourite' as kind from favourites where account_id = ${accountId} and status_id = any(${ids}::bigint[])
    union all select status_id, 'bookmark' from bookmarks where account_id = ${accountId} and status_id = any(${ids}::bigint[])`.execute(
    ctx.db,
  )
  const of = (kind: string) => new Set(found.rows.filter((row) => row.kind === kind).map((row) => row.status_id))
  return { favourited: of('favourite'), bookmarked: of('bookmark') }
}

/** One page of a list of marks; cursors are the marks' own ids, which stand in the Link header only. */
export type MarkPage = { rowIds: Id[]; ids: Id[] }

export async function listFavourites(ctx: Context, accountId: Id, page: PageRequest): Promise<MarkPage> {
  return listMarks(ctx, 'favourites', accountId, page)
}

export async function listBookmarks(ctx: Context, accountId: Id, page: PageRequest): Promise<MarkPage> {
  return listMarks(ctx, 'bookmarks', accountId, page)
}

async function listMarks(
  ctx: Context,
  table: 'favourites' | 'bookmarks',
  accountId: Id,
  page: PageRequest,
): Promise<MarkPage> {
  const found = await sql<{ id: Id; status_id: Id }>`
    select m.id, m.status_id from ${sql.table(table)} m where m.account_id = ${accountId} and ${pageBounds(sql`m.id`, page)}
    order by m.id ${sql.raw(pageOrder(page))} limit ${page.limit}`.execute(ctx.db)
  const rows = page.minId === undefined ? found.rows : found.rows.toReversed()
  return { rowIds: rows.map((row) => row.id), ids: rows.map((row) => row.status_id) }
}

/** Who favourited a status, newest first. */
export async function listFavouritedBy(ctx: Context, statusId: Id, page: PageRequest): Promise<MarkPage> {
  const found = await sql<{ id: Id; account_id: Id }>`
    select f.id, f.account_id from favourites f where f.status_id = ${statusId} and ${pageBounds(sql`f.id`, page)}
    order by f.id desc limit ${page.limit}`.execute(ctx.db)
  return { rowIds: found.rows.map((row) => row.id), ids: found.rows.map((row) => row.account_id) }
}

/** Called by the statuses room when posts are gone. */
export async function forgetStatuses(tx: Tx, statusIds: readonly Id[]): Promise<void> {
  for (const table of ['favourites', 'bookmarks'] as const) {
    await tx.db
      .deleteFrom(table)
      .where('status_id', '=', sql<string>`any(${[...statusIds]}::bigint[])`)
      .execute()
  }
}
