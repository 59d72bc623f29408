import type { RuleWording } from '@hamlet/contract/rule-grammar'
import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

export type TrialResult = {
  innocent: number
  reported: number
  authors: number
  servers: { host: string; hits: number }[]
  spread: number[]
  since: string | null
  examples: { statusId: Id; signs: string[]; isInnocent: boolean }[]
}

export type TrialRow = {
  id: Id
  account_id: Id
  wording: RuleWording
  state: 'running' | 'done' | 'failed'
  total: number
  examined: number
  below: Id | null
  found: Id[]
  result: TrialResult | null
  created_at: string
}

export async function insertTrial(tx: Tx, accountId: Id, wording: RuleWording, total: number): Promise<Id> {
  const row = await tx.db
    .insertInto('rule_trials')
    .values({
      account_id: accountId,
      wording: JSON.stringify(wording),
      total,
      created_at: tx.clock.now().toISOString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** A trial of one's own; somebody else's is not there. */
export async function findTrial(ctx: Context, id: Id, accountId?: Id): Promise<TrialRow | undefined> {
  const own = accountId === undefined ? sql`true` : sql`account_id = ${accountId}::bigint`
  const found = await sql<TrialRow>`
    select id, account_id, wording, state, total, examined, below, found, result, created_at
    from rule_trials where id = ${id} and ${own}`.execute(ctx.db)
  return found.rows[0]
}

type Progress = Pick<TrialRow, 'state' | 'total' | 'examined' | 'below' | 'found' | 'result'>

export async function saveTrial(ctx: Context, id: Id, progress: Progress): Promise<void> {
  await ctx.db
    .updateTable('rule_trials')
    .set({
      state: progress.state,
      total: progress.total,
      examined: progress.examined,
      below: progress.below,
      found: JSON.stringify(progress.found),
      result: progress.result && JSON.stringify(progress.result),
    })
    .where('id', '=', id)
    .execute()
}

/** Nobody tries two rules at once: the older trial ends. */
export async function endTrialsOf(tx: Tx, accountId: Id): Promise<void> {
  await tx.db.deleteFrom('rule_trials').where('account_id', '=', accountId).where('state', '=', 'running').execute()
}

const KEPT_MS = 24 * 3_600_000

export async function pruneTrials(ctx: Context): Promise<void> {
  const oldest = new Date(ctx.clock.now().getTime() - KEPT_MS).toISOString()
  await ctx.db.deleteFrom('rule_trials').where('created_at', '<', oldest).execute()
}
