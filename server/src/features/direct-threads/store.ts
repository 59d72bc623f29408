import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { visibleTo } from '#features/visibility'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { newestFirst, pageBounds, pageOrder, type PageRequest } from '#platform/db'

export type ThreadRow = { id: Id; last_status_id: Id; unread: boolean; people: Id[] }

/**
 * True in SQL for rows of `direct_threads` (joined as `t`, their last message as `s`) that a person reads now: nobody in
 * them blocks or is blocked since.
 */
function readable(viewerId: Id): RawBuilder<SqlBool> {
  return sql<SqlBool>`(t.account_id = ${viewerId} and ${visibleTo(viewerId)}
    and not exists (select 1 from direct_thread_accounts p join blocks b
      on (b.account_id = ${viewerId} and b.target_account_id = p.account_id)
        or (b.account_id = p.account_id and b.target_account_id = ${viewerId})
      where p.thread_id = t.id))`
}

const THREADS = sql`direct_threads t join statuses s on s.id = t.last_status_id`
const COLUMNS = sql`t.id, t.last_status_id, t.unread,
  array(select p.account_id::text from direct_thread_accounts p where p.thread_id = t.id order by p.account_id) as people`

/** Newest message first; cursors are ids of these messages (mastodon-api 1.8). */
export async function listThreads(ctx: Context, viewerId: Id, page: PageRequest): Promise<ThreadRow[]> {
  const found = await sql<ThreadRow>`
    select ${COLUMNS} from ${THREADS} where ${readable(viewerId)} and ${pageBounds(sql`t.last_status_id`, page)}
    order by t.last_status_id ${sql.raw(pageOrder(page))} limit ${page.limit}`.execute(ctx.db)
  return page.minId === undefined ? found.rows : found.rows.toReversed()
}

export async function findThread(ctx: Context, viewerId: Id, id: string): Promise<ThreadRow | undefined> {
  if (!isId(id)) return undefined
  const found = await sql<ThreadRow>`
    select ${COLUMNS} from ${THREADS} where t.id = ${id} and ${readable(viewerId)}`.execute(ctx.db)
  return found.rows[0]
}

export async function requireThread(ctx: Context, viewerId: Id, id: string): Promise<ThreadRow> {
  const row = await findThread(ctx, viewerId, id)
  if (!row) throw notFound()
  return row
}

/** The messages of a thread that the caller has found, newest first, as far as the viewer may see them. */
export async function listMessages(ctx: Context, viewerId: Id, threadId: Id, page: PageRequest): Promise<Id[]> {
  const found = await sql<{ id: Id }>`
    select s.id from direct_thread_statuses m join statuses s on s.id = m.status_id
    where m.thread_id = ${threadId} and ${visibleTo(viewerId)} and ${pageBounds(sql`m.status_id`, page)}
    order by m.status_id ${sql.raw(pageOrder(page))} limit ${page.limit}`.execute(ctx.db)
  return newestFirst(found.rows.map((row) => row.id))
}

/** How many threads hold something unread, as far as `most`. */
export async function countUnreadThreads(ctx: Context, viewerId: Id, most: number): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*)::int as count from (
      select 1 from ${THREADS} where t.unread and ${readable(viewerId)} limit ${most}) unread`.execute(ctx.db)
  return found.rows[0]?.count ?? 0
}

/** Whether a person has read a thread of theirs. */
export async function setUnread(tx: Tx, threadId: Id, unread: boolean): Promise<void> {
  await tx.db.updateTable('direct_threads').set({ unread }).where('id', '=', threadId).execute()
}

/** Puts a thread away until somebody writes in it again; 404 when it is not the viewer's. */
export async function removeThread(tx: Tx, viewerId: Id, id: string): Promise<void> {
  if (!isId(id)) throw notFound()
  const gone = await tx.db
    .deleteFrom('direct_threads')
    .where('account_id', '=', viewerId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  if (!gone) throw notFound()
}
