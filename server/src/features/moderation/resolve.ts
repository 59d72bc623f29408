import type { Id } from '#lib/id'
import { notFound, Refusal } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { emit } from '#platform/events'
import { reportResolved, type Outcome } from './cases/outcome/report-resolved.ts'
import { reportChanged } from './reports/change-report.ts'
import { findReport } from './store.ts'

/** `isBulk`: one of many that are decided together; their reporters are told when all are. */
type How = { reportId: Id; outcome: Outcome; isBulk?: boolean | undefined }

/**
 * Decides a report, and with it all open ones about the same account. Decided is decided: a second press is refused.
 * @returns the report.
 */
export async function resolveReportsOf(tx: Tx, { accountId }: { accountId: Id }, targetId: Id, how: How) {
  const { reportId, outcome, isBulk = false } = how
  await tx.db.selectFrom('reports').select('id').where('id', '=', reportId).forUpdate().execute()
  const report = await findReport(tx, reportId)
  if (!report || report.target_account_id !== targetId) throw notFound()
  if (report.resolved_at) throw new Refusal('conflict', 'This report is decided already.')
  const now = tx.clock.now().toISOString()
  const resolved = await tx.db
    .updateTable('reports')
    .set({ resolved_at: now, resolved_by_account_id: accountId, outcome, updated_at: now })
    .where('target_account_id', '=', targetId)
    .where('resolved_at', 'is', null)
    .returning(['id', 'reporter_account_id'])
    .execute()
  for (const { id, reporter_account_id: reporterId } of resolved) {
    await emit(tx, reportChanged, { reportId: id })
    await emit(tx, reportResolved, { reportId: id, reporterId, outcome, isBulk })
  }
  return report
}
