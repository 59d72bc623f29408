import { writeAudit } from '#features/audit'
import { makeId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { requireInReach, requireTarget, type Moderator } from './act.ts'
import { labelOf } from './label.ts'
import type { Decision } from './decisions.ts'
import { carryOut, requireFitting } from './measures/carry-out.ts'
import { countDecision } from './log/public-log.ts'
import { resolveReportsOf } from './resolve.ts'
import { findReport } from './store.ts'

/** `endsIn` seconds it ends by itself; `isBulk`: one of many, whose reporters are told when all are decided. */
export type Decided = { decision: Decision; text: string; endsIn?: number | undefined; isBulk?: boolean | undefined }

/**
 * Decides a report, and with it all open ones about the same account. Posts go, the account is limited, frozen or
 * suspended, the person is told and may appeal; all of it at once, with a line in the log of the team.
 */
export async function decideReport(
  tx: Tx,
  moderator: Moderator,
  reportId: Id,
  { decision, text, endsIn, isBulk = false }: Decided,
): Promise<void> {
  const found = await findReport(tx, reportId)
  if (!found) throw notFound()
  const target = await requireTarget(tx, found.target_account_id)
  if (decision !== 'none') await requireInReach(tx, moderator.userId, target.id)
  requireFitting(target, decision, found.status_ids.length)
  const report = await resolveReportsOf(tx, moderator, target.id, {
    reportId,
    outcome: decision === 'none' ? 'none' : 'acted',
    isBulk,
  })
  const { status_ids: statusIds, rule_ids: ruleIds } = report
  const deed = { moderatorId: moderator.accountId, target, text, reportId, statusIds, ruleIds, endsIn, isTold: true }
  const strikeId = decision === 'none' ? undefined : await carryOut(tx, { ...deed, decision })
  if (decision === 'none') await countDecision(tx, { id: makeId(tx.clock.now().getTime()), decision, reportId })
  await writeAudit(tx, {
    actorId: moderator.accountId,
    action: `report.${decision}`,
    targetType: 'account',
    targetId: target.id,
    label: labelOf(target),
    details: { reportId, ...(strikeId === undefined ? {} : { strikeId }) },
  })
}
