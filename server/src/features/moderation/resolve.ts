import type { Id } from '#lib/id'
import { notFound, Refusal } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { findReport } from './store.ts'

/** The team closed a report: whoever filed it is told what became of it. */
export const reportResolved = defineEvent<{ reportId: Id; outcome: Outcome }>('moderation.report-resolved')
export type Outcome = 'acted' | 'none'

type Decided = { accountId: Id; targetId: Id; reportId: Id; outcome: Outcome }

/**
 * Decides a report, and with it all open ones about the same account. Decided is decided: a second press is refused.
 * @returns the report.
 */
export async function resolveReportsOf(tx: Tx, { accountId, targetId, reportId, outcome }: Decided) {
  await tx.db.selectFrom('reports').select('id').where('id', '=', reportId).forUpdate().execute()
  const report = await findReport(tx, reportId)
  if (!report || report.target_account_id !== targetId) throw notFound()
  if (report.resolved_at) throw new Refusal('conflict', 'This report is decided already.')
  const closed = await tx.db
    .updateTable('reports')
    .set({ resolved_at: tx.clock.now().toISOString(), resolved_by_account_id: accountId, outcome })
    .where('target_account_id', '=', targetId)
    .where('resolved_at', 'is', null)
    .returning('id')
    .execute()
  for (const { id } of closed) await emit(tx, reportResolved, { reportId: id, outcome })
  return report
}
