import { makeId, type Id } from '#lib/id'
import type { Tx } from '#platform/context'

/** True when the favourite is new: only then may it be counted. */
export async function addFavourite(tx: Tx, accountId: Id, statusId: Id): Promise<boolean> {
  const now = tx.clock.now()
  const id = makeId(now.getTime())
  const uri = `${tx.config.url}/ap/likes/${id}`
  const added = await tx.db
    .insertInto('favourites')
    .values({ id, account_id: accountId, status_id: statusId, uri, created_at: now.toISOString() })
    .onConflict((conflict) => conflict.columns(['account_id', 'status_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

/** True when there was one to take away. */
export async function removeFavourite(tx: Tx, accountId: Id, statusId: Id): Promise<boolean> {
  const gone = await tx.db
    .deleteFrom('favourites')
    .where('account_id', '=', accountId)
    .where('status_id', '=', statusId)
    .returning('id')
    .executeTakeFirst()
  return gone !== undefined
}

export async function addBookmark(tx: Tx, accountId: Id, statusId: Id): Promise<void> {
  const now = tx.clock.now()
  await tx.db
    .insertInto('bookmarks')
    .values({ id: makeId(now.getTime()), account_id: accountId, status_id: statusId, created_at: now.toISOString() })
    .onConflict((conflict) => conflict.columns(['account_id', 'status_id']).doNothing())
    .execute()
}

export async function removeBookmark(tx: Tx, accountId: Id, statusId: Id): Promise<void> {
  await tx.db.deleteFrom('bookmarks').where('account_id', '=', accountId).where('status_id', '=', statusId).execute()
}
