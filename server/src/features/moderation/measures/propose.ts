import { sql } from 'kysely'
import { writeAudit } from '#features/audit'
import { readSettings } from '#features/settings'
import { makeId, type Id } from '#lib/id'
import { notFound, Refusal } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { actOnAccount, requireInReach, requireTarget, type Moderator } from '../act.ts'
import { decideReport } from '../decide.ts'
import type { Decision } from '../decisions.ts'
import { labelOf } from '../label.ts'
import { findReport } from '../store.ts'

const WAITS_MS = 7 * 24 * 3_600_000
const KEPT_MS = 90 * 24 * 3_600_000

export type Suspension = { text: string; endsIn?: number | undefined; isTold: boolean; reportId?: Id | undefined }
export type ProposalRow = Awaited<ReturnType<typeof listProposals>>[number]

/** Whether a decision waits for a second moderator here. */
export async function needsSecond(ctx: Context, decision: Decision): Promise<boolean> {
  return decision === 'suspend' && (await readSettings(ctx)).suspend_by_two === 'on'
}

/** Suspensions that wait for a second moderator, the oldest first; of one account, or of all. One query. */
export async function listProposals(ctx: Context, targetId?: Id) {
  const waiting = ctx.db
    .selectFrom('suspension_proposals')
    .select([
      'id',
      'target_account_id',
      'proposer_account_id',
      'report_id',
      'text',
      'ends_in',
      'created_at',
      'expires_at',
    ])
    .where('decided_at', 'is', null)
    .where('expires_at', '>', ctx.clock.now().toISOString())
    .orderBy('id')
    .limit(100)
  return (targetId === undefined ? waiting : waiting.where('target_account_id', '=', targetId)).execute()
}

/** Asks for a second moderator. Nothing is done about the account, and a report stays open until somebody confirms. */
export async function proposeSuspension(tx: Tx, moderator: Moderator, targetId: Id, wish: Suspension): Promise<void> {
  const target = await requireTarget(tx, targetId)
  await requireInReach(tx, moderator.userId, targetId)
  const report = wish.reportId === undefined ? undefined : await findReport(tx, wish.reportId)
  if (wish.reportId !== undefined && report?.target_account_id !== targetId) throw notFound()
  if (report?.resolved_at) throw new Refusal('conflict', 'This report is decided already.')
  await expireOf(tx, targetId)
  const now = tx.clock.now()
  const added = await tx.db
    .insertInto('suspension_proposals')
    .values({
      id: makeId(now.getTime()),
      target_account_id: targetId,
      proposer_account_id: moderator.accountId,
      report_id: report?.id ?? null,
      text: wish.text.trim().slice(0, 2000),
      ends_in: wish.endsIn ?? null,
      is_told: wish.isTold,
      created_at: now.toISOString(),
      expires_at: new Date(now.getTime() + WAITS_MS).toISOString(),
    })
    .onConflict((conflict) => conflict.column('target_account_id').where('decided_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) throw new Refusal('conflict', 'A suspension of this account waits for a second moderator already.')
  const label = labelOf(target)
  const common = { actorId: moderator.accountId, targetType: 'account' as const, targetId, label }
  await writeAudit(tx, { ...common, action: 'suspension.propose', details: { proposalId: added.id } })
}

type Row = ProposalRow & { is_told: boolean }

/** Holds what waits until this transaction ends; of two who decide at once one finds it decided. */
async function takeProposal(tx: Tx, id: Id, outcome: 'confirmed' | 'withdrawn', byId: Id): Promise<Row> {
  const now = tx.clock.now().toISOString()
  const row = await tx.db
    .updateTable('suspension_proposals')
    .set({ decided_at: now, decided_by_account_id: byId, outcome })
    .where('id', '=', id)
    .where('decided_at', 'is', null)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()
  if (!row) throw notFound('This is decided already, is out of date, or never was.')
  return row
}

/** Carries a suspension out that somebody else proposed. */
export async function confirmSuspension(tx: Tx, moderator: Moderator, id: Id): Promise<void> {
  const row = await takeProposal(tx, id, 'confirmed', moderator.accountId)
  if (row.proposer_account_id === moderator.accountId)
    throw new Refusal('forbidden', 'Somebody else has to confirm what you proposed')
  const { target_account_id: targetId, text, report_id: reportId } = row
  await requireInReach(tx, moderator.userId, targetId)
  const endsIn = row.ends_in ?? undefined
  const report = reportId === null ? undefined : await findReport(tx, reportId)
  // The report may have been closed meanwhile; what is confirmed is the suspension.
  if (report && report.resolved_at === null)
    return decideReport(tx, moderator, report.id, { decision: 'suspend', text, endsIn })
  await actOnAccount(tx, moderator, targetId, { decision: 'suspend', text, endsIn, isTold: row.is_told })
}

/** Takes a proposal away: one's own, or a colleague's that one does not agree with. */
export async function withdrawSuspension(tx: Tx, moderator: Moderator, id: Id): Promise<void> {
  const row = await takeProposal(tx, id, 'withdrawn', moderator.accountId)
  const target = await requireTarget(tx, row.target_account_id)
  await writeAudit(tx, {
    actorId: moderator.accountId,
    action: 'suspension.withdraw',
    targetType: 'account',
    targetId: target.id,
    label: labelOf(target),
    details: { proposalId: id },
  })
}

async function expireOf(tx: Tx, targetId: Id): Promise<void> {
  const now = tx.clock.now().toISOString()
  await tx.db
    .updateTable('suspension_proposals')
    .set({ decided_at: now, outcome: 'expired' })
    .where('target_account_id', '=', targetId)
    .where('decided_at', 'is', null)
    .where('expires_at', '<=', now)
    .execute()
}

/** What nobody confirmed in seven days is over; after ninety nobody asks about it. */
export async function expireProposals(ctx: Context): Promise<void> {
  const now = ctx.clock.now()
  const before = new Date(now.getTime() - KEPT_MS).toISOString()
  await transact(ctx, async (tx) => {
    await sql`update suspension_proposals set decided_at = ${now.toISOString()}, outcome = 'expired'
      where decided_at is null and expires_at <= ${now.toISOString()}`.execute(tx.db)
    await tx.db.deleteFrom('suspension_proposals').where('decided_at', '<', before).execute()
  })
}
