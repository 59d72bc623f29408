import { forgetPicturesOf } from '#features/media'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'

export type Standing = 'suspended' | 'limited' | 'sensitized'
/** `isLocal` accounts tell their followers elsewhere. */
export const accountStandingChanged = defineEvent<{
  accountId: Id
  standing: Standing
  isOn: boolean
  isLocal: boolean
}>('accounts.standing-changed')

/**
 * Suspends or limits an account, marks all its media as sensitive, or ends that; of who is suspended no picture of another server stays here. Gives whether anything changed: a second press does nothing.
 */
export async function setStanding(tx: Tx, accountId: Id, standing: Standing, isOn: boolean): Promise<boolean> {
  const column = `${standing}_at` as const
  const changed = await tx.db
    .updateTable('accounts')
    .set((eb) => ({ [column]: isOn ? tx.clock.now().toISOString() : null, version: eb('version', '+', 1) }))
    .where('id', '=', accountId)
    .where(column, isOn ? 'is' : 'is not', null)
    .returning('fetched_at')
    .executeTakeFirst()
  if (!changed) return false
  if (standing === 'suspended' && isOn) await forgetPicturesOf(tx, accountId)
  await emit(tx, accountStandingChanged, { accountId, standing, isOn, isLocal: changed.fetched_at === null })
  return true
}
