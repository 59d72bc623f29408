import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'

/** What an account sent away, and where it was sent away itself. Scores name no account and are written anew. */
export async function eraseDiscovery(tx: Tx, accountId: Id): Promise<void> {
  await tx.db
    .deleteFrom('dismissed_suggestions')
    .where((eb) => eb.or([eb('account_id', '=', accountId), eb('target_account_id', '=', accountId)]))
    .execute()
}
