import { eraseDeliveries } from '#federation'
import { dropFiles } from '#features/media'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { findAccount } from './store.ts'

/** Runs last of all rooms: by then nothing refers to the account any more. */
export async function eraseAccount(tx: Tx, accountId: Id): Promise<void> {
  await eraseDeliveries(tx, accountId)
  await tx.db
    .updateTable('accounts')
    .set({ moved_to_account_id: null })
    .where('moved_to_account_id', '=', accountId)
    .execute()
  await tx.db.deleteFrom('account_keys').where('account_id', '=', accountId).execute()
  const gone = await tx.db
    .deleteFrom('accounts')
    .where('id', '=', accountId)
    .returning(['avatar_key', 'header_key'])
    .executeTakeFirst()
  await dropFiles(tx, [gone?.avatar_key ?? null, gone?.header_key ?? null])
}

export async function takeOutAccount(ctx: Context, accountId: Id): Promise<Record<string, unknown>> {
  const account = await findAccount(ctx, accountId)
  return account ? { account } : {}
}
