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
  'forwarded',
  'forward_hosts',
  'outcome',
  'group_keys',
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

/** Of these reports those whose decision was taken back; it was one decision for all that were open about somebody. One query. */
export async function listTakenBack(ctx: Context, ids: readonly Id[]): Promise<ReadonlySet<Id>> {
  const { rows } = await sql<{ id: Id }>`
    select r.id from reports r
      join reports led on led.target_account_id = r.target_account_id and led.resolved_at = r.resolved_at
      join strikes s on s.target_account_id = r.target_account_id and s.report_id = led.id
    where r.id = any(${[...ids]}::bigint[]) and s.undone_at is not null`.execute(ctx.db)
  return new Set(rows.map((row) => row.id))
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
    .select(['strikes.text as words', 'strikes.created_at as decided_at', 'strikes.moderator_account_id'])
    .where('appeals.decided_at', 'is', null)
    .orderBy('appeals.id')
    .limit(100)
    .execute()
}
