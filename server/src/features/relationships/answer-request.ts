import { countFollow, findAccountsById, lockAccounts } from '#features/accounts'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { emit } from '#platform/events'
import { accountFollowed, unfollowAccount } from './follow.ts'
import { findFollow } from './store.ts'

/** Lets a waiting follower in, or turns them away; 404 when nobody waits. */
export async function answerFollowRequest(
  tx: Tx,
  accountId: Id,
  followerId: Id,
  answer: 'authorize' | 'reject',
): Promise<void> {
  await lockAccounts(tx, [accountId, followerId])
  const follow = await findFollow(tx, followerId, accountId)
  if (follow?.state !== 'requested') throw notFound()
  if (answer === 'reject') return unfollowAccount(tx, followerId, accountId, 'target')
  await tx.db.updateTable('follows').set({ state: 'accepted' }).where('id', '=', follow.id).execute()
  await countFollow(tx, followerId, accountId, 1)
  const people = await findAccountsById(tx, [accountId, followerId])
  const crosses = [...people.values()].some((person) => !person.is_local)
  await emit(tx, accountFollowed, { followId: follow.id, followerId, targetId: accountId, uri: follow.uri, crosses })
}

/** Sends a follower away without a block. */
export async function removeFollower(tx: Tx, accountId: Id, followerId: Id): Promise<void> {
  await unfollowAccount(tx, followerId, accountId, 'target')
}
