import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import type { Moderator } from '../act.ts'
import { decideReport, type Decided } from '../decide.ts'
import { needsSecond, proposeSuspension } from '../measures/propose.ts'
import { findReport } from '../store.ts'

/**
 * The one door through which the workbench decides, a single case as one of many. Gives whether a second moderator has to
 * confirm it first.
 */
export async function decideCase(tx: Tx, moderator: Moderator, reportId: Id, details: Decided): Promise<boolean> {
  const isProposed = await needsSecond(tx, details.decision)
  if (!isProposed) await decideReport(tx, moderator, reportId, details)
  else {
    const targetId = (await findReport(tx, reportId))?.target_account_id
    if (targetId === undefined) throw notFound()
    const { text, endsIn } = details
    await proposeSuspension(tx, moderator, targetId, { text, endsIn, isTold: true, reportId })
  }
  return isProposed
}
