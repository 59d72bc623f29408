import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { newestFirst, pageBounds, pageOrder, type PageRequest } from '#platform/db'

/** Ids of what an account reported, the newest first. One query. */
export async function listOwnReportIds(ctx: Context, accountId: Id, page: PageRequest): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select r.id from reports r where r.reporter_account_id = ${accountId} and ${pageBounds(sql.ref('r.id'), page)}
    order by r.id ${sql.raw(pageOrder(page))} limit ${page.limit}`.execute(ctx.db)
  return newestFirst(rows.map((row) => row.id))
}
