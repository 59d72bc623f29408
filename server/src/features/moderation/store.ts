import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'

export type ReportRow = NonNullable<Awaited<ReturnType<typeof findReport>>>

const reportColumns = [
  'id',
  'reporter_account_id',
  'target_account_id',
  'category',
  'comment',
  'rule_ids',
  'status_ids',
  'snapshot',
  'forwarded',
  'assigned_account_id',
  'resolved_at',
  'resolved_by_account_id',
  'outcome',
  'created_at',
  'updated_at',
] as const

export async function findReport(ctx: Context, id: Id) {
  return ctx.db.selectFrom('reports').select(reportColumns).where('id', '=', id).executeTakeFirst()
}

/** Those that are there, in no order. */
export async function listReports(ctx: Context, ids: readonly Id[]): Promise<ReportRow[]> {
  return ctx.db
    .selectFrom('reports')
    .select(reportColumns)
    .where('id', '=', (eb) => eb.fn.any(eb.val([...ids])))
    .execute()
}

export type QueueRow = {
  target_account_id: Id
  report_ids: Id[]
  reporter_ids: Id[]
  category: string
  excerpt: string
  first_at: string
}

/** What waits, by the account that is reported: the most reported first, then the oldest. One query. */
export async function listQueue(ctx: Context, limit: number): Promise<QueueRow[]> {
  const found = await sql<QueueRow>`
    select r.target_account_id, array_agg(r.id order by r.id desc)::text[] as report_ids,
      array_agg(distinct r.reporter_account_id)::text[] as reporter_ids, mode() within group (order by r.category) as category,
      (array_agg(case when r.comment <> '' then r.comment else coalesce(r.snapshot -> 0 ->> 'text', '') end order by r.id desc))[1] as excerpt,
      min(r.created_at)::text as first_at
    from reports r where r.resolved_at is null group by r.target_account_id
    order by count(*) desc, min(r.id) limit ${limit}`.execute(ctx.db)
  return found.rows
}

export async function listStrikes(ctx: Context, accountId: Id) {
  return ctx.db
    .selectFrom('strikes')
    .select(['id', 'action', 'text', 'created_at', 'overruled_at'])
    .where('target_account_id', '=', accountId)
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
}

export async function listOpenAppeals(ctx: Context) {
  return ctx.db
    .selectFrom('appeals')
    .innerJoin('strikes', 'strikes.id', 'appeals.strike_id')
    .select(['appeals.id', 'appeals.text', 'appeals.created_at', 'strikes.target_account_id', 'strikes.action'])
    .where('appeals.decided_at', 'is', null)
    .orderBy('appeals.id')
    .limit(100)
    .execute()
}
