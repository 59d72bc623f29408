import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'

/** Residents of the demo village: other servers are told of none of them (see `renderActor`). */
export async function markAsDemo(tx: Tx, accountId: Id): Promise<void> {
  await tx.db.updateTable('accounts').set({ is_demo: true }).where('id', '=', accountId).execute()
}
