import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { visibleTo } from '#features/visibility'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { pageBounds, pageOrder, type PageRequest } from '#platform/db'
import type { Kind, Wanted } from './types.ts'

export type NotificationRow = {
  id: Id
  type: Kind
  from_account_id: Id
  status_id: Id | null
  report_id: Id | null
  severance_id: Id | null
  strike_id: Id | null
  group_key: string | null
  filtered: boolean
  created_at: string
}

export const rowColumns = sql`n.id, n.type, n.from_account_id, n.status_id, n.report_id, n.severance_id, n.strike_id, n.group_key, n.filtered, n.created_at`

/** True in SQL for a role (joined as `r`) that decides reports: administrator (bit 0) or manage_reports (bit 4). */
export const decidesReports = sql<SqlBool>`(r.permissions & ${1 | (1 << 4)}::bigint) <> 0`

/** The same of one that lets people in: manage_users (bit 10). */
export const managesPeople = sql<SqlBool>`(r.permissions & ${1 | (1 << 10)}::bigint) <> 0`

/** True in SQL for a reader with such a role. */
function holds(viewerId: Id, role: RawBuilder<SqlBool>): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select 1 from user_accounts ua join users u on u.id = ua.user_id
    join roles r on r.id = u.role_id where ua.account_id = ${viewerId} and ${role})`
}

/**
 * True in SQL for rows of `notifications` (joined as `n`) that their receiver reads now: people who were blocked, muted
 * or suspended since are left out, and so are posts that may be seen no longer, reports that are gone, and what is told to a
 * team that they are not of any more.
 */
export function readable(ctx: Context, viewerId: Id): RawBuilder<SqlBool> {
  const now = ctx.clock.now().toISOString()
  return sql<SqlBool>`(
    n.account_id = ${viewerId}
    and not exists (select 1 from accounts a where a.id = n.from_account_id and a.suspended_at is not null)
    and not exists (select 1 from blocks b where (b.account_id = ${viewerId} and b.target_account_id = n.from_account_id)
      or (b.account_id = n.from_account_id and b.target_account_id = ${viewerId}))
    and not exists (select 1 from mutes m where m.account_id = ${viewerId} and m.target_account_id = n.from_account_id
      and m.hide_notifications and (m.expires_at is null or m.expires_at > ${now}::timestamptz))
    and not exists (select 1 from account_domain_blocks q join accounts a on a.domain_id = q.domain_id
      where q.account_id = ${viewerId} and a.id = n.from_account_id)
    and (n.report_id is null or (exists (select 1 from reports t where t.id = n.report_id) and ${holds(viewerId, decidesReports)}))
    and (n.strike_id is null or exists (select 1 from strikes k where k.id = n.strike_id))
    and (n.type <> 'admin.sign_up' or ${holds(viewerId, managesPeople)})
    and (n.status_id is null or exists (select 1 from statuses s where s.id = n.status_id and ${visibleTo(viewerId)})))`
}

/** The `where` of what a reader asks for. */
export function wantedRows(ctx: Context, viewerId: Id, wanted: Wanted): RawBuilder<SqlBool> {
  const from = wanted.fromId ?? null
  return sql<SqlBool>`(n.type = any(${[...wanted.kinds]}::text[]) and (${wanted.withFiltered} or not n.filtered)
    and (${from}::bigint is null or n.from_account_id = ${from}::bigint) and ${readable(ctx, viewerId)})`
}

/** Newest first, in one query. */
export async function listNotifications(
  ctx: Context,
  viewerId: Id,
  wanted: Wanted,
  page: PageRequest,
): Promise<NotificationRow[]> {
  const found = await sql<NotificationRow>`
    select ${rowColumns} from notifications n where ${wantedRows(ctx, viewerId, wanted)} and ${pageBounds(sql`n.id`, page)}
    order by n.id ${sql.raw(pageOrder(page))} limit ${page.limit}`.execute(ctx.db)
  return page.minId === undefined ? found.rows : found.rows.toReversed()
}

export async function findNotification(ctx: Context, viewerId: Id, id: string): Promise<NotificationRow | undefined> {
  if (!isId(id)) return undefined
  const found = await sql<NotificationRow>`
    select ${rowColumns} from notifications n where n.id = ${id} and ${readable(ctx, viewerId)}`.execute(ctx.db)
  return found.rows[0]
}

/** How many are newer than what was read, as far as `most`. */
export async function countUnread(
  ctx: Context,
  viewerId: Id,
  wanted: Wanted,
  { readUpTo, most }: { readUpTo: Id; most: number },
): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*)::int as count from (select 1 from notifications n
      where n.id > ${readUpTo}::bigint and not n.quiet and ${wantedRows(ctx, viewerId, wanted)} limit ${most}) unread`.execute(
    ctx.db,
  )
  return found.rows[0]?.count ?? 0
}

export async function clearNotifications(tx: Tx, viewerId: Id): Promise<void> {
  await tx.db.deleteFrom('notifications').where('account_id', '=', viewerId).execute()
  await tx.db.deleteFrom('notification_requests').where('account_id', '=', viewerId).execute()
}

/** Takes several away; ids of nothing, and of others, are passed over. */
export async function dismissNotifications(tx: Tx, viewerId: Id, ids: readonly string[]): Promise<void> {
  await sql`delete from notifications where account_id = ${viewerId} and id = any(${ids.filter(isId)}::bigint[])`.execute(
    tx.db,
  )
}

/** Takes one away; 404 when it is not the viewer's. */
export async function dismissNotification(tx: Tx, viewerId: Id, id: string): Promise<void> {
  if (!isId(id)) throw notFound()
  const gone = await tx.db
    .deleteFrom('notifications')
    .where('account_id', '=', viewerId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  if (!gone) throw notFound()
}
