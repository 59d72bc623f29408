import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'

/** Somebody can no longer use their account: what they have open is closed. */
export const userFrozen = defineEvent<{ userId: Id }>('users.frozen')

/** Freezes whoever acts for an account, or lets them in again; gives whether anything changed. Their posts stay. */
export async function setFrozen(tx: Tx, accountId: Id, isOn: boolean): Promise<boolean> {
  const changed = await tx.db
    .updateTable('users')
    .set({ disabled_at: isOn ? tx.clock.now().toISOString() : null })
    .where('id', 'in', (eb) =>
      eb.selectFrom('user_accounts').select('user_id').where('user_accounts.account_id', '=', accountId),
    )
    .where('disabled_at', isOn ? 'is' : 'is not', null)
    .returning('id')
    .execute()
  if (isOn) for (const { id } of changed) await emit(tx, userFrozen, { userId: id })
  return changed.length > 0
}
