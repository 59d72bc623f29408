import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { newestFirst, pageBounds, pageOrder, type PageRequest } from '#platform/db'

/** Which reports to list (mastodon-api 1.17); those that wait, where nothing is said of it. */
export type ReportFilter = {
  isResolved?: boolean | undefined
  isUnresolved?: boolean | undefined
  reporterId?: Id | undefined
  targetId?: Id | undefined
}

/** Ids of reports, the newest first. One query. */
export async function listReportIds(ctx: Context, filter: ReportFilter, page: PageRequest): Promise<Id[]> {
  const { isResolved = false, isUnresolved = false, reporterId, targetId } = filter
  const bounds: RawBuilder<SqlBool>[] = [pageBounds(sql.ref('r.id'), page)]
  if (isResolved !== isUnresolved) bounds.push(isResolved ? IS_RESOLVED : WAITS)
  else if (!isResolved) bounds.push(WAITS)
  if (reporterId !== undefined) bounds.push(sql`r.reporter_account_id = ${reporterId}`)
  if (targetId !== undefined) bounds.push(sql`r.target_account_id = ${targetId}`)
  const order = sql.raw(pageOrder(page))
  const { rows } = await sql<{ id: Id }>`
    select r.id from reports r where ${sql.join(bounds, sql` and `)} order by r.id ${order} limit ${page.limit}`.execute(
    ctx.db,
  )
  return newestFirst(rows.map((row) => row.id))
}

const WAITS: RawBuilder<SqlBool> = sql`r.resolved_at is null`
const IS_RESOLVED: RawBuilder<SqlBool> = sql`r.resolved_at is not null`
