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
  if (isOn) await keepBeyondServer(tx, accountId, standing)
  const changed = await tx.db
    .updateTable('accounts')
    .set((eb) => ({
      [column]: isOn ? tx.clock.now().toISOString() : null,
      ...(isOn || standing === 'sensitized' ? {} : { [`${standing}_with_server`]: false }),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', accountId)
    .where(column, isOn ? 'is' : 'is not', null)
    .returning('fetched_at')
    .executeTakeFirst()
  if (!changed) return false
  if (standing === 'suspended' && isOn) await forgetPicturesOf(tx, accountId)
  await emit(tx, accountStandingChanged, { accountId, standing, isOn, isLocal: changed.fetched_at === null })
  return true
}

/** Whoever was suspended or limited with their server, and is now by hand, stays so when the server is let go. */
async function keepBeyondServer(tx: Tx, accountId: Id, standing: Standing): Promise<void> {
  if (standing === 'sensitized') return
  await tx.db
    .updateTable('accounts')
    .set({ [`${standing}_with_server`]: false })
    .where('id', '=', accountId)
    .execute()
}
