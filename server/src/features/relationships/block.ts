import { findAccount, lockAccounts } from '#features/accounts'
import { makeId, type Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { requireTarget, unfollowAccount } from './follow.ts'

type Block = { accountId: Id; targetId: Id; uri: string; crosses: boolean }
export const accountBlocked = defineEvent<Block>('relationships.blocked')
export const accountUnblocked = defineEvent<Block>('relationships.unblocked')

/** Blocks an account: follows end both ways, and each is hidden from the other. Pressing twice changes nothing. */
export async function blockAccount(tx: Tx, accountId: Id, targetId: Id, givenUri?: string): Promise<void> {
  const target = await requireTarget(tx, accountId, targetId)
  await lockAccounts(tx, [accountId, targetId])
  await unfollowAccount(tx, accountId, targetId)
  await unfollowAccount(tx, targetId, accountId, 'target')
  const now = tx.clock.now()
  const id = makeId(now.getTime())
  const uri = givenUri ?? `${tx.config.url}/ap/blocks/${id}`
  const added = await tx.db
    .insertInto('blocks')
    .values({ id, account_id: accountId, target_account_id: targetId, uri, created_at: now.toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (added) await emit(tx, accountBlocked, { accountId, targetId, uri, crosses: !target.is_local })
}

export async function unblockAccount(tx: Tx, accountId: Id, targetId: Id): Promise<void> {
  const gone = await tx.db
    .deleteFrom('blocks')
    .where('account_id', '=', accountId)
    .where('target_account_id', '=', targetId)
    .returning('uri')
    .executeTakeFirst()
  if (!gone) return
  const target = await findAccount(tx, targetId)
  await emit(tx, accountUnblocked, { accountId, targetId, uri: gone.uri, crosses: target?.is_local === false })
}
