import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { newestFirst, pageBounds, pageOrder, type PageRequest } from '#platform/db'
import { insertTags, type WrittenTag } from './note-tags.ts'

/** Follows a hashtag: public posts with it come home. Pressing twice changes nothing. */
export async function followTag(tx: Tx, accountId: Id, tag: WrittenTag): Promise<void> {
  await insertTags(tx, [tag])
  await tx.db
    .insertInto('tag_follows')
    .values({ account_id: accountId, name: tag.name, created_at: tx.clock.now().toISOString() })
    .onConflict((conflict) => conflict.columns(['account_id', 'name']).doNothing())
    .execute()
}

export async function unfollowTag(tx: Tx, accountId: Id, tag: WrittenTag): Promise<void> {
  await tx.db.deleteFrom('tag_follows').where('account_id', '=', accountId).where('name', '=', tag.name).execute()
}

/** The hashtags that somebody follows, latest first, with the row ids that cursors are made of. One query. */
export async function listFollowedTags(
  ctx: Context,
  accountId: Id,
  page: PageRequest,
): Promise<{ rowIds: Id[]; names: string[] }> {
  const found = await sql<{ id: Id; name: string }>`
    select f.id, f.name from tag_follows f where f.account_id = ${accountId} and ${pageBounds(sql`f.id`, page)}
    order by f.id ${sql.raw(pageOrder(page))} limit ${page.limit}`.execute(ctx.db)
  const names = new Map(found.rows.map((row) => [row.id, row.name]))
  const rowIds = newestFirst([...names.keys()])
  return { rowIds, names: rowIds.map((id) => names.get(id) ?? '') }
}
