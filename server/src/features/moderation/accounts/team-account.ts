import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'

export type TeamStrikeRow = Awaited<ReturnType<typeof listTeamStrikes>>[number]

/** What was decided against somebody, the newest first. One query. */
export async function listTeamStrikes(ctx: Context, accountId: Id) {
  return ctx.db
    .selectFrom('strikes')
    .leftJoin('appeals', 'appeals.strike_id', 'strikes.id')
    .select([
      'strikes.id',
      'strikes.action',
      'strikes.text',
      'strikes.created_at',
      'strikes.ends_at',
      'strikes.lifted_at',
      'strikes.undone_at',
      'strikes.moderator_account_id',
      'strikes.report_id',
      'strikes.status_ids',
      'strikes.is_automated',
      'appeals.created_at as appealed_at',
    ])
    .where('strikes.target_account_id', '=', accountId)
    .orderBy('strikes.id', 'desc')
    .limit(50)
    .execute()
}

/** How often somebody was reported, how often that is open, and how often they reported others. One query. */
export async function countReports(ctx: Context, accountId: Id) {
  const found = await sql<{ about: number; open: number; filed: number }>`
    select count(*) filter (where target_account_id = ${accountId})::int as about,
      count(*) filter (where target_account_id = ${accountId} and resolved_at is null)::int as open,
      count(*) filter (where reporter_account_id = ${accountId})::int as filed
    from reports where target_account_id = ${accountId} or reporter_account_id = ${accountId}`.execute(ctx.db)
  return found.rows[0] ?? { about: 0, open: 0, filed: 0 }
}
