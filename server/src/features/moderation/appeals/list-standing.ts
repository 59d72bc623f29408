import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { APPEAL_MS } from './terms.ts'

const MOST = 100

export type OwnStrikeRow = Awaited<ReturnType<typeof listOwnStrikes>>[number]

/** What was decided against somebody, the newest first, with what they said against it. One query. */
export async function listOwnStrikes(ctx: Context, accountId: Id) {
  return selectOwn(ctx, accountId).orderBy('strikes.id', 'desc').limit(MOST).execute()
}

export async function findOwnStrike(ctx: Context, accountId: Id, strikeId: Id): Promise<OwnStrikeRow | undefined> {
  return selectOwn(ctx, accountId).where('strikes.id', '=', strikeId).executeTakeFirst()
}

/** What a notification of a decision names. */
export type WarningRow = Awaited<ReturnType<typeof listStrikesById>>[number]

/** Decisions against somebody, by id, in no order. One query. */
export async function listStrikesById(ctx: Context, accountId: Id, ids: readonly Id[]) {
  return selectOwn(ctx, accountId)
    .where('strikes.id', '=', (eb) => eb.fn.any(eb.val([...ids])))
    .execute()
}

function selectOwn(ctx: Context, accountId: Id) {
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
      'strikes.report_id',
      'strikes.is_automated',
      'strikes.status_ids',
      'strikes.rule_ids',
      'appeals.text as appeal_text',
      'appeals.created_at as appealed_at',
      'appeals.decided_at',
      'appeals.approved',
    ])
    .where('strikes.target_account_id', '=', accountId)
}

/** Until when a decision can be appealed; null when it no longer can. */
export function appealUntil(row: OwnStrikeRow, now: Date): string | null {
  const until = new Date(Date.parse(row.created_at) + APPEAL_MS)
  return row.appealed_at === null && row.undone_at === null && until > now ? until.toISOString() : null
}
