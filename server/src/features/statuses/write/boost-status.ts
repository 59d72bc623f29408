import { countStatus, findAccount, uncountStatus } from '#features/accounts'
import type { Visibility } from '#features/visibility'
import { makeId, type Id } from '#lib/id'
import { notFound, Refusal } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { findBoost, findStatus } from '../store.ts'

type Boost = { boostId: Id; statusId: Id; accountId: Id }
export const statusBoosted = defineEvent<Boost>('statuses.boosted')
export const statusUnboosted = defineEvent<Boost & { uri: string }>('statuses.unboosted')

/**
 * Boosts a status that the caller has found visible; a boost of a boost boosts the original, a second press gives the
 * first boost. Direct posts and others' followers-only posts stay where they are; one's own go to followers only.
 */
export async function boostStatus(
  tx: Tx,
  accountId: Id,
  statusId: Id,
  visibility: Exclude<Visibility, 'direct'>,
): Promise<Id> {
  await holdStatus(tx, statusId)
  const original = await findStatus(tx, statusId)
  const account = await findAccount(tx, accountId)
  if (!original || !account) throw notFound()
  const isOwn = original.account_id === accountId
  if (original.visibility === 'direct' || (original.visibility === 'private' && !isOwn))
    throw new Refusal('forbidden', 'This action is not allowed')
  const existing = await findBoost(tx, accountId, statusId)
  if (existing) return existing.id
  const now = tx.clock.now()
  const id = makeId(now.getTime())
  const uri = `${account.uri}/statuses/${id}/activity`
  await tx.db
    .insertInto('statuses')
    .values({
      id,
      account_id: accountId,
      uri,
      url: uri,
      reblog_of_id: statusId,
      visibility: original.visibility === 'private' ? 'private' : visibility,
      created_at: now.toISOString(),
      is_local: true,
    })
    .execute()
  await countStatus(tx, accountId, now)
  await countBoost(tx, statusId, 1)
  await emit(tx, statusBoosted, { boostId: id, statusId, accountId })
  return id
}

/** Takes a boost back; quietly does nothing when there is none. Works also when the original is no longer visible. */
export async function unboostStatus(tx: Tx, accountId: Id, statusId: Id): Promise<void> {
  await holdStatus(tx, statusId)
  const gone = await tx.db
    .deleteFrom('statuses')
    .where('account_id', '=', accountId)
    .where('reblog_of_id', '=', statusId)
    .returning(['id', 'uri'])
    .executeTakeFirst()
  if (!gone) return
  await uncountStatus(tx, accountId)
  await countBoost(tx, statusId, -1)
  await emit(tx, statusUnboosted, { boostId: gone.id, statusId, accountId, uri: gone.uri })
}

/** Held first by both acts, so that two presses at once make one boost and one count, and never wait for each other. */
async function holdStatus(tx: Tx, statusId: Id): Promise<void> {
  await tx.db.selectFrom('statuses').select('id').where('id', '=', statusId).forUpdate().execute()
}

async function countBoost(tx: Tx, statusId: Id, by: 1 | -1): Promise<void> {
  await tx.db
    .updateTable('statuses')
    .set((eb) => ({ reblogs_count: eb('reblogs_count', '+', by) }))
    .where('id', '=', statusId)
    .execute()
}
