import { setWithdrawn } from '#features/accounts'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'

export async function listAccountsOf(tx: Tx, userId: Id): Promise<Id[]> {
  const rows = await tx.db.selectFrom('user_accounts').select('account_id').where('user_id', '=', userId).execute()
  return rows.map((row) => row.account_id)
}

/** Whoever signs in again stays. Not when it is being erased already. */
export async function takeDeletionBack(tx: Tx, userId: Id): Promise<void> {
  const back = await tx.db
    .updateTable('users')
    .set({ deletion_due_at: null })
    .where('id', '=', userId)
    .where('deletion_due_at', 'is not', null)
    .where('leaving_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (back) for (const id of await listAccountsOf(tx, userId)) await setWithdrawn(tx, id, false)
}
