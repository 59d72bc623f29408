import { sql } from 'kysely'
import { findAccountsById, lockAccounts } from '#features/accounts'
import { isId, type Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import { transact, type Tx } from '#platform/context'
import { defineJob } from '#platform/jobs'
import { holdOwnList } from './store.ts'

/**
 * Puts people into somebody's own list: all of them or, where one may not be, none. Refuses 404 for people and lists
 * that are not there, 422 for whom the owner neither follows nor asked to, and for members (mastodon-api 1.9).
 */
export async function addToList(tx: Tx, ownerId: Id, listId: string, given: readonly string[]): Promise<void> {
  const list = await holdOwnList(tx, ownerId, listId)
  const ids = [...new Set(given)]
  if (!ids.every(isId)) throw notFound()
  // Follows end under the same locks, so that none does between the look and the row that rests on it.
  await lockAccounts(tx, [ownerId, ...ids])
  const people = await findAccountsById(tx, ids)
  if (people.size < ids.length) throw notFound()
  const follows = await findFollows(tx, ownerId, ids)
  if (ids.some((id) => id !== ownerId && !follows.has(id)))
    throw invalid('Validation failed: Account must be a followed account')
  if (ids.length === 0) return
  const now = tx.clock.now().toISOString()
  const added = await tx.db
    .insertInto('list_accounts')
    .values(
      ids.map((id) => ({ list_id: list.id, account_id: id, follow_id: follows.get(id) ?? null, created_at: now })),
    )
    .onConflict((conflict) =>
      // What is left of an earlier follow is no membership any more.
      conflict
        .columns(['list_id', 'account_id'])
        .doUpdateSet((eb) => ({ follow_id: eb.ref('excluded.follow_id') }))
        .whereRef('list_accounts.follow_id', '<>', 'excluded.follow_id'),
    )
    .returning('id')
    .execute()
  if (added.length < ids.length) throw invalid('Validation failed: Account has already been taken')
}

/** Follows and requests of a person to these people, by whom they are to. */
async function findFollows(tx: Tx, ownerId: Id, ids: readonly Id[]): Promise<Map<Id, Id>> {
  const found = await sql<{ id: Id; target_account_id: Id }>`
    select id, target_account_id from follows where account_id = ${ownerId} and target_account_id = any(${[...ids]}::bigint[])`.execute(
    tx.db,
  )
  return new Map(found.rows.map((row) => [row.target_account_id, row.id]))
}

/** Takes people out of somebody's own list; whoever is not in it is passed over. */
export async function removeFromList(tx: Tx, ownerId: Id, listId: string, given: readonly string[]): Promise<void> {
  const list = await holdOwnList(tx, ownerId, listId)
  await sql`delete from list_accounts where list_id = ${list.id} and account_id = any(${given.filter(isId)}::bigint[])`.execute(
    tx.db,
  )
}

/**
 * Puts whoever somebody follows now in place of whom they followed before into all their lists, before the old follow
 * ends and takes its memberships along.
 */
export async function carryMemberships(tx: Tx, ownerId: Id, oldId: Id, newId: Id): Promise<void> {
  await sql`
    insert into list_accounts (list_id, account_id, follow_id, created_at)
    select m.list_id, ${newId}::bigint, f.id, ${tx.clock.now().toISOString()}
    from list_accounts m join lists l on l.id = m.list_id
    join follows f on f.account_id = ${ownerId} and f.target_account_id = ${newId}
    where l.account_id = ${ownerId} and m.account_id = ${oldId}
    on conflict (list_id, account_id) do nothing`.execute(tx.db)
}

/** Sweeps up the memberships that rested on a follow or request which ended. */
export const forgetMembership = defineJob<{ followId: Id }>({
  name: 'lists.forget-membership',
  run: (ctx, { followId }) =>
    transact(ctx, async (tx) => {
      await tx.db.deleteFrom('list_accounts').where('follow_id', '=', followId).execute()
    }),
})
