import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import type { Moderator } from '../act.ts'
import { decideReport } from '../decide.ts'
import type { Decision } from '../decisions.ts'

/** What a moderator decides about a case. `isBulk`: one of many, whose reporters are told when all are decided. */
export type CaseDecision = { decision: Decision; text: string; isBulk?: boolean }

/** The one door through which the workbench decides, a single case as one of many. */
export async function decideCase(tx: Tx, moderator: Moderator, reportId: Id, details: CaseDecision): Promise<void> {
  await decideReport(tx, moderator, reportId, details)
}
