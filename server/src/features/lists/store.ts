import { sql } from 'kysely'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { pageBounds, pageOrder, type PageRequest } from '#platform/db'

const columns = ['id', 'title', 'replies_policy', 'exclusive'] as const

/** Replies to whom a list shows beside its own people's threads: to anybody one follows, to its members, to nobody. */
export const repliesPolicies = ['followed', 'list', 'none'] as const
export type RepliesPolicy = (typeof repliesPolicies)[number]

export type ListRow = { id: Id; title: string; replies_policy: RepliesPolicy; exclusive: boolean }

/** The lists of a person, oldest first. One query. */
export async function listOwned(ctx: Context, accountId: Id): Promise<ListRow[]> {
  const rows = await ctx.db
    .selectFrom('lists')
    .select(columns)
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute()
  return rows as ListRow[]
}

function selectOwn(ctx: Context, accountId: Id, listId: string) {
  if (!isId(listId)) throw notFound()
  return ctx.db.selectFrom('lists').select(columns).where('id', '=', listId).where('account_id', '=', accountId)
}

/** A person's own list; somebody else's is "not found", as one that never was. */
export async function requireOwnList(ctx: Context, accountId: Id, listId: string): Promise<ListRow> {
  const row = await selectOwn(ctx, accountId, listId).executeTakeFirst()
  if (!row) throw notFound()
  return row as ListRow
}

/** The same, held until the end of the transaction, so that nobody deletes it meanwhile. Before accounts are locked. */
export async function holdOwnList(tx: Tx, accountId: Id, listId: string): Promise<ListRow> {
  const row = await selectOwn(tx, accountId, listId).forUpdate().executeTakeFirst()
  if (!row) throw notFound()
  return row as ListRow
}

/** Whether somebody may hear a list. */
export async function isOwnList(ctx: Context, accountId: Id, listId: Id): Promise<boolean> {
  const found = await sql`select 1 from lists where id = ${listId} and account_id = ${accountId}`.execute(ctx.db)
  return found.rows.length > 0
}

/** Rows of `list_accounts` (as `m`) that hold: oneself, and people of whom the follow or request is still there. */
const holds = sql`(m.follow_id is null or exists (select 1 from follows f where f.id = m.follow_id))`

/** A person's lists that hold an account. One query. */
export async function listHolding(ctx: Context, ownerId: Id, accountId: Id): Promise<ListRow[]> {
  const found = await sql<ListRow>`
    select l.id, l.title, l.replies_policy, l.exclusive from list_accounts m join lists l on l.id = m.list_id
    where m.account_id = ${accountId} and l.account_id = ${ownerId} and ${holds} order by l.id`.execute(ctx.db)
  return found.rows
}

/** Members of a list, latest first, or all of them; people who are gone are left out. One query. */
export async function listMembers(
  ctx: Context,
  listId: Id,
  page: PageRequest | 'all',
): Promise<{ rowIds: Id[]; accountIds: Id[] }> {
  const bounds = page === 'all' ? sql`true` : pageBounds(sql`m.id`, page)
  const order = page === 'all' ? 'desc' : pageOrder(page)
  const found = await sql<{ id: Id; account_id: Id }>`
    select m.id, m.account_id from list_accounts m join accounts a on a.id = m.account_id
    where m.list_id = ${listId} and a.suspended_at is null and ${holds} and ${bounds}
    order by m.id ${sql.raw(order)} ${page === 'all' ? sql`` : sql`limit ${page.limit}`}`.execute(ctx.db)
  const rows = order === 'asc' ? found.rows.toReversed() : found.rows
  return { rowIds: rows.map((row) => row.id), accountIds: rows.map((row) => row.account_id) }
}
