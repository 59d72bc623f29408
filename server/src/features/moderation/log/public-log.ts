import { sql } from 'kysely'
import type { PublicDecisions } from '@hamlet/contract/pages'
import { findRules } from '#features/settings'
import type { Id } from '#lib/id'
import { transact, type Context, type Tx } from '#platform/context'
import type { Decision } from '../decisions.ts'

/** How far back the page tells, and how long a line is kept. */
const MONTHS_KEPT = 24

type Line = { id: Id; decision: Decision; reportId: Id | null; ruleIds?: readonly Id[]; isAutomated?: boolean }

/** Writes down that something was decided and why, with nobody in it. `id` is that of the strike, if there is one. */
export async function countDecision(tx: Tx, { id, decision, reportId, ruleIds = [], isAutomated = false }: Line) {
  await sql`
    insert into decision_lines (id, action, category, rule_ids, is_automated, created_at)
    values (${id}, ${decision}, coalesce((select category from reports where id = ${reportId}), ''),
      ${[...ruleIds]}, ${isAutomated}, ${tx.clock.now().toISOString()})`.execute(tx.db)
}

export async function uncountDecision(tx: Tx, id: Id): Promise<void> {
  const undone = { undone_at: tx.clock.now().toISOString() }
  await tx.db.updateTable('decision_lines').set(undone).where('id', '=', id).where('undone_at', 'is', null).execute()
}

/** The first moment of the month so many months ago (UTC). */
function monthsAgo(ctx: Context, months: number): string {
  const now = ctx.clock.now()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)).toISOString()
}

type Counted = {
  month: string
  action: string
  category: string
  rule_ids: Id[]
  is_automated: boolean
  count: number
  undone: number
}

/** What was decided, why and how many times, by month, the newest first. Two queries. */
export async function readPublicLog(ctx: Context): Promise<PublicDecisions[]> {
  const found = await sql<Counted>`
    select to_char(created_at at time zone 'UTC', 'YYYY-MM') as month, action, category, rule_ids, is_automated,
      count(*)::int as count, count(undone_at)::int as undone
    from decision_lines where created_at >= ${monthsAgo(ctx, MONTHS_KEPT - 1)}
    group by 1, 2, 3, 4, 5 order by 1 desc, count(*) desc, 2, 3, 4, 5`.execute(ctx.db)
  const rules = await findRules(ctx, [...new Set(found.rows.flatMap((row) => row.rule_ids))])
  const textOf = new Map(rules.map((rule) => [rule.id, rule.text]))
  const lines = found.rows.map(
    ({ month, action, category, rule_ids: ids, is_automated: isAutomated, count, undone }) => ({
      month,
      line: { action, category, rules: ids.flatMap((id) => textOf.get(id) ?? []), isAutomated, count, undone },
    }),
  )
  const months = Map.groupBy(lines, (one) => one.month)
  return [...months].map(([month, ofMonth]) => ({ month, lines: ofMonth.map((one) => one.line) }))
}

export async function pruneDecisionLines(ctx: Context): Promise<void> {
  await transact(ctx, (tx) =>
    tx.db.deleteFrom('decision_lines').where('created_at', '<', monthsAgo(tx, MONTHS_KEPT)).execute(),
  )
}
