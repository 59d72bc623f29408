import { addFavourite, removeFavourite } from '#features/interactions'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'

export const statusFavourited = defineEvent<{ statusId: Id; accountId: Id }>('statuses.favourited')
export const statusUnfavourited = defineEvent<{ statusId: Id; accountId: Id }>('statuses.unfavourited')

/** Favourites and counts; a second press changes nothing. */
export async function favouriteStatus(tx: Tx, accountId: Id, statusId: Id): Promise<void> {
  if (!(await addFavourite(tx, accountId, statusId))) return
  await tx.db
    .updateTable('statuses')
    .set((eb) => ({ favourites_count: eb('favourites_count', '+', 1) }))
    .where('id', '=', statusId)
    .execute()
  await emit(tx, statusFavourited, { statusId, accountId })
}

export async function unfavouriteStatus(tx: Tx, accountId: Id, statusId: Id): Promise<void> {
  if (!(await removeFavourite(tx, accountId, statusId))) return
  await tx.db
    .updateTable('statuses')
    .set((eb) => ({ favourites_count: eb('favourites_count', '-', 1) }))
    .where('id', '=', statusId)
    .execute()
  await emit(tx, statusUnfavourited, { statusId, accountId })
}
