import { lockAccounts, type AccountRow } from '#features/accounts'
import { markStatuses, removeStatuses } from '#features/statuses'
import type { Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { isMeasure, table, type Decision } from '../decisions.ts'
import { strike } from '../strikes.ts'
import { settleMeasure } from './settle.ts'

export type Deed = {
  moderatorId: Id | null
  target: AccountRow
  decision: Exclude<Decision, 'none'>
  text: string
  reportId: Id | null
  /** Posts that it is about. */
  statusIds: readonly Id[]
  ruleIds?: readonly Id[]
  /** In how many seconds what lasts ends by itself; undefined for never. */
  endsIn?: number | undefined
  isAutomated?: boolean
  isTold: boolean
}

const SHORTEST = 60
/** Two years: whoever wants longer wants no end. */
const LONGEST = 2 * 366 * 24 * 3600

/** Refuses what cannot be done about this person; nothing is changed by asking. */
export function requireFitting(target: AccountRow, decision: Decision, posts: number): void {
  const { isLocalOnly, needsPosts } = table[decision]
  if (isLocalOnly && !target.is_local)
    throw invalid('Validation failed: Type is not included in the list: this person is of another server')
  if (needsPosts && posts === 0) throw invalid('Validation failed: No post is named that this could be about')
}

function readEnd(tx: Tx, decision: Decision, seconds: number | undefined): string | null {
  if (seconds === undefined || seconds === 0) return null
  if (!isMeasure(decision)) throw invalid('Validation failed: Only what lasts can end by itself')
  if (!Number.isInteger(seconds) || seconds < SHORTEST || seconds > LONGEST)
    throw invalid(`Validation failed: Ends in must be from ${SHORTEST} to ${LONGEST} seconds`)
  return new Date(tx.clock.now().getTime() + seconds * 1000).toISOString()
}

/** Does what was decided, writes it down against the person with all that it changed, and has them told. Gives the strike's id. */
export async function carryOut(tx: Tx, deed: Deed): Promise<Id> {
  const { target, decision, statusIds } = deed
  requireFitting(target, decision, statusIds.length)
  const endsAt = readEnd(tx, decision, deed.endsIn)
  // Before the strike refers to them: two who decide at once wait for each other here, and not crosswise.
  await lockAccounts(tx, [target.id])
  const changedIds = await changePosts(tx, target.id, decision, statusIds)
  const id = await strike(tx, {
    moderatorId: deed.moderatorId,
    targetId: target.id,
    reportId: deed.reportId,
    decision,
    text: deed.text,
    isTold: deed.isTold && target.is_local,
    statusIds,
    changedIds,
    ruleIds: deed.ruleIds ?? [],
    isAutomated: deed.isAutomated ?? false,
    endsAt,
  })
  if (isMeasure(decision)) await settleMeasure(tx, target.id, decision)
  return id
}

async function changePosts(tx: Tx, authorId: Id, decision: Decision, ids: readonly Id[]): Promise<Id[]> {
  if (decision === 'delete') return removeStatuses(tx, authorId, ids)
  return decision === 'mark' ? markStatuses(tx, authorId, ids, true) : []
}
