import type { Id } from '#lib/id'
import { notFound, Refusal } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { findReport } from './store.ts'

/**
 * Decides a report, and with it all open ones about the same account. Decided is decided: a second press is refused.
 * @returns the report.
 */
export async function resolveReportsOf(tx: Tx, moderator: { accountId: Id }, targetId: Id, reportId: Id) {
  await tx.db.selectFrom('reports').select('id').where('id', '=', reportId).forUpdate().execute()
  const report = await findReport(tx, reportId)
  if (!report || report.target_account_id !== targetId) throw notFound()
  if (report.resolved_at) throw new Refusal('conflict', 'This report is decided already.')
  await tx.db
    .updateTable('reports')
    .set({ resolved_at: tx.clock.now().toISOString(), resolved_by_account_id: moderator.accountId })
    .where('target_account_id', '=', targetId)
    .where('resolved_at', 'is', null)
    .execute()
  return report
}
