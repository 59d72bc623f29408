import { sql } from 'kysely'
import { requireVisibleStatus } from '#features/visibility'
import type { Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { requireFilter, requireFilteredPost } from '../store.ts'
import { changeFilters } from './change.ts'

/** Filters one post, which the person must be able to see; gives the id of the row. */
export function addFilteredPost(tx: Tx, accountId: Id, filterId: string, statusId: string): Promise<Id> {
  return changeFilters(tx, accountId, async () => {
    const filter = await requireFilter(tx, accountId, filterId)
    const post = await requireVisibleStatus(tx, accountId, statusId)
    const made = await tx.db
      .insertInto('filter_statuses')
      .values({ filter_id: filter.id, status_id: post })
      .onConflict((conflict) => conflict.columns(['filter_id', 'status_id']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!made) throw invalid('Validation failed: Status has already been taken')
    return made.id
  })
}

export function deleteFilteredPost(tx: Tx, accountId: Id, id: string): Promise<void> {
  return changeFilters(tx, accountId, async () => {
    const { row } = await requireFilteredPost(tx, accountId, id)
    await tx.db.deleteFrom('filter_statuses').where('id', '=', row.id).execute()
  })
}

/** Posts that are gone need no filter. Nobody's filters read otherwise for it, so no version changes. */
export async function forgetFilteredPosts(tx: Tx, statusIds: readonly Id[]): Promise<void> {
  await sql`delete from filter_statuses where status_id = any(${[...statusIds]}::bigint[])`.execute(tx.db)
}
