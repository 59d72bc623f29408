import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import type { Moderator } from '../act.ts'
import { decideReport, type CaseDecision } from '../decide.ts'
import { needsSecond, proposeSuspension } from '../measures/propose.ts'
import { findReport } from '../store.ts'

export type { CaseDecision }

/**
 * The one door through which the workbench decides, a single case as one of many. Gives whether it only waits now: where
 * two are needed for a suspension, a second moderator has to confirm.
 */
export async function decideCase(tx: Tx, moderator: Moderator, reportId: Id, details: CaseDecision): Promise<boolean> {
  if (!(await needsSecond(tx, details.decision))) {
    await decideReport(tx, moderator, reportId, details)
    return false
  }
  const targetId = (await findReport(tx, reportId))?.target_account_id
  if (targetId === undefined) throw notFound()
  const { text, endsIn } = details
  await proposeSuspension(tx, moderator, targetId, { text, endsIn, isTold: true, reportId })
  return true
}
