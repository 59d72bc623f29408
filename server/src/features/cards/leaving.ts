import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'

/** Pages go on naming whom they name; here nobody is known by it any more. */
export async function eraseAuthor(tx: Tx, accountId: Id): Promise<void> {
  await tx.db
    .updateTable('link_cards')
    .set({ author_account_id: null })
    .where('author_account_id', '=', accountId)
    .execute()
}
