import { writeAudit } from '#features/audit'
import { deleteStatus, findStatus } from '#features/statuses'
import type { Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { requireInReach, requireTarget, setMeasure, type Moderator } from './act.ts'
import { isMeasure, type Decision } from './decisions.ts'
import { labelOf } from './label.ts'
import { resolveReportsOf } from './resolve.ts'
import { findReport } from './store.ts'
import { strike } from './strikes.ts'

/**
 * Decides a report, and with it all open ones about the same account. Posts go, the account is limited, frozen or
 * suspended, the person is told and may appeal; all of it at once, with a line in the log of the team.
 */
export async function decideReport(
  tx: Tx,
  moderator: Moderator,
  reportId: Id,
  { decision, text, isBulk = false }: { decision: Decision; text: string; isBulk?: boolean },
): Promise<void> {
  const targetId = (await findReport(tx, reportId))?.target_account_id
  if (targetId === undefined) throw notFound()
  const target = await requireTarget(tx, targetId)
  if (decision !== 'none') await requireInReach(tx, moderator.userId, target.id)
  if (decision === 'freeze' && !target.is_local)
    throw invalid('Only people of this server can be frozen: this one is of another')
  const outcome = decision === 'none' ? 'none' : 'acted'
  const report = await resolveReportsOf(tx, moderator, target.id, { reportId, outcome, isBulk })
  if (decision === 'delete') await deletePosts(tx, target.id, report.status_ids)
  if (isMeasure(decision)) await setMeasure(tx, target.id, decision, true)
  if (decision !== 'none')
    await strike(tx, { moderatorId: moderator.accountId, targetId: target.id, reportId, decision, text })
  await writeAudit(tx, {
    actorId: moderator.accountId,
    action: `report.${decision}`,
    targetType: 'account',
    targetId: target.id,
    label: labelOf(target),
    details: { reportId },
  })
}

async function deletePosts(tx: Tx, authorId: Id, ids: readonly Id[]): Promise<void> {
  for (const id of ids.toSorted()) {
    const status = await findStatus(tx, id)
    if (status?.account_id === authorId) await deleteStatus(tx, authorId, id)
  }
}
