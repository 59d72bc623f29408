import { findAccount } from '#features/accounts'
import { writeAudit } from '#features/audit'
import { findRules } from '#features/settings'
import { isId, type Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { labelOf } from '../label.ts'
import { reportResolved, type Outcome } from '../cases/outcome/report-resolved.ts'
import { findReport, type ReportRow } from '../store.ts'

/** Assigned, sorted, decided, or opened again. */
export const reportChanged = defineEvent<{ reportId: Id }>('moderation.report-changed')

export type Category = 'spam' | 'legal' | 'violation' | 'other'
type Change = {
  assigned_account_id?: Id | null
  resolved_at?: string | null
  resolved_by_account_id?: Id | null
  outcome?: Outcome | null
  told_at?: null
  category?: Category
  rule_ids?: Id[]
}
/** One of the small acts by which the team passes reports among itself. */
export type ReportVerb = (tx: Tx, actorId: Id, reportId: Id) => Promise<void>

export const assignReport: ReportVerb = (tx, actorId, id) =>
  change(tx, { actorId, id, verb: 'assign' }, ({ assigned_account_id: now }) =>
    now === actorId ? undefined : { assigned_account_id: actorId },
  )

export const unassignReport: ReportVerb = (tx, actorId, id) =>
  change(tx, { actorId, id, verb: 'unassign' }, ({ assigned_account_id: now }) =>
    now === null ? undefined : { assigned_account_id: null },
  )

/** Closes a report without doing anything about it. */
export const resolveReport: ReportVerb = (tx, actorId, id) =>
  change(tx, { actorId, id, verb: 'resolve' }, ({ resolved_at: at }) =>
    at === null
      ? { resolved_at: tx.clock.now().toISOString(), resolved_by_account_id: actorId, outcome: 'none' }
      : undefined,
  )

/** Opens a report again; what was done by it stays. */
export const reopenReport: ReportVerb = (tx, actorId, id) =>
  change(tx, { actorId, id, verb: 'reopen' }, ({ resolved_at: at }) =>
    at === null ? undefined : { resolved_at: null, resolved_by_account_id: null, outcome: null, told_at: null },
  )

/** Says anew what a report is about; only a violation has rules that are violated. */
export async function sortReport(
  tx: Tx,
  actorId: Id,
  id: Id,
  wish: { category?: Category | undefined; ruleIds?: readonly string[] | undefined },
): Promise<void> {
  if (!(await findReport(tx, id))) throw notFound()
  const wanted = wish.ruleIds?.filter(isId)
  const known = wanted ? (await findRules(tx, wanted)).map((rule) => rule.id) : undefined
  if (known && known.length < new Set(wish.ruleIds).size)
    throw invalid('Validation failed: Rules does not reference valid rules')
  await change(tx, { actorId, id, verb: 'update' }, (report) => {
    const category = wish.category ?? (report.category as Category)
    return { category, rule_ids: category === 'violation' ? (known ?? report.rule_ids) : [] }
  })
}

/** Changes a report and says so in the log; a second press, which has nothing to change, does neither. */
async function change(
  tx: Tx,
  { actorId, id, verb }: { actorId: Id; id: Id; verb: 'assign' | 'unassign' | 'resolve' | 'reopen' | 'update' },
  make: (report: ReportRow) => Change | undefined,
): Promise<void> {
  await tx.db.selectFrom('reports').select('id').where('id', '=', id).forUpdate().execute()
  const report = await findReport(tx, id)
  if (!report) throw notFound()
  const set = make(report)
  if (!set) return
  await tx.db
    .updateTable('reports')
    .set({ ...set, updated_at: tx.clock.now().toISOString() })
    .where('id', '=', id)
    .execute()
  await emit(tx, reportChanged, { reportId: id })
  if (set.outcome)
    await emit(tx, reportResolved, {
      reportId: id,
      reporterId: report.reporter_account_id,
      outcome: set.outcome,
      isBulk: false,
    })
  const target = await findAccount(tx, report.target_account_id)
  await writeAudit(tx, {
    actorId,
    action: `report.${verb}`,
    targetType: 'report',
    targetId: id,
    label: target ? labelOf(target) : '',
  })
}
