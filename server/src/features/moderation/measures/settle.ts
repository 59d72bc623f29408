import { lockAccounts, setStanding } from '#features/accounts'
import { restoreSevered, severAccount } from '#features/relationships'
import { setFrozen } from '#features/users'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import type { Measure } from '../decisions.ts'

const STANDINGS = { sensitive: 'sensitized', limit: 'limited', suspend: 'suspended' } as const

/** Puts a measure on an account or takes it off, with all that goes with it; gives whether anything changed. */
async function setMeasure(tx: Tx, targetId: Id, measure: Measure, isOn: boolean): Promise<boolean> {
  if (measure === 'freeze') return setFrozen(tx, targetId, isOn)
  const isChanged = await setStanding(tx, targetId, STANDINGS[measure], isOn)
  if (isChanged && measure === 'suspend') await (isOn ? severAccount : restoreSevered)(tx, targetId)
  return isChanged
}

/**
 * Brings an account into the state that the decisions about it ask for. Of one measure the newest decision that was not
 * taken back counts, and the earlier ones are replaced by it: the measure is on while that one is in force.
 * Gives whether anything changed.
 */
export async function settleMeasure(tx: Tx, targetId: Id, measure: Measure): Promise<boolean> {
  await lockAccounts(tx, [targetId])
  const newest = await tx.db
    .selectFrom('strikes')
    .select('lifted_at')
    .where('target_account_id', '=', targetId)
    .where('action', '=', measure)
    .where('undone_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return setMeasure(tx, targetId, measure, newest !== undefined && newest.lifted_at === null)
}

/** Ends every decision of one measure, or those up to one of them, and what they hold. Gives whether anything changed. */
export async function liftAll(tx: Tx, targetId: Id, measure: Measure, upTo?: Id): Promise<boolean> {
  await lockAccounts(tx, [targetId])
  const theirs = tx.db
    .updateTable('strikes')
    .set({ lifted_at: tx.clock.now().toISOString() })
    .where('target_account_id', '=', targetId)
    .where('action', '=', measure)
    .where('lifted_at', 'is', null)
  await (upTo === undefined ? theirs : theirs.where('id', '<=', upTo)).execute()
  return settleMeasure(tx, targetId, measure)
}
