import { countFollow, findAccount, findAccountsById, lockAccounts, type AccountRow } from '#features/accounts'
import { makeId, type Id } from '#lib/id'
import { notFound, Refusal } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { findFollow, isBlockedEitherWay } from './store.ts'

/** `crosses` when one of the two lives elsewhere. */
type Pair = { followId: Id; followerId: Id; targetId: Id; uri: string; crosses: boolean }
export const accountFollowed = defineEvent<Pair>('relationships.followed')
export const followRequested = defineEvent<Pair>('relationships.follow-requested')
/** Who ended it: whoever followed, or whoever was followed; `nobody` where no other server is to be told. */
export type EndedBy = 'follower' | 'target' | 'nobody'
export const accountUnfollowed = defineEvent<Pair & { by: EndedBy; wasAccepted: boolean }>('relationships.unfollowed')

/** What may be set at the first press and changed by any later one; what is absent keeps its value. */
export type FollowOptions = { reblogs?: boolean; notify?: boolean; languages?: string[] }

/** The account that an act is about; 404 for nobody and for accounts that are gone. */
export async function requireTarget(tx: Tx, accountId: Id, targetId: Id): Promise<AccountRow> {
  if (accountId === targetId) throw new Refusal('forbidden', 'This action is not allowed')
  const target = await findAccount(tx, targetId)
  if (!target) throw notFound()
  return target
}

/**
 * Follows an account, asks to when it is locked, or changes how it is followed. Pressing twice changes nothing.
 * Refuses oneself, people who block or are blocked, and accounts that are gone.
 */
export async function followAccount(
  tx: Tx,
  accountId: Id,
  targetId: Id,
  options: FollowOptions & { uri?: string },
): Promise<void> {
  const target = await requireTarget(tx, accountId, targetId)
  const follower = await findAccount(tx, accountId)
  if (!follower) throw notFound()
  await lockAccounts(tx, [accountId, targetId])
  if (target.suspended_at) throw notFound()
  if (await isBlockedEitherWay(tx, accountId, targetId)) throw new Refusal('forbidden', 'This action is not allowed')
  const changes = {
    ...(options.reblogs === undefined ? {} : { show_reblogs: options.reblogs }),
    ...(options.notify === undefined ? {} : { notify: options.notify }),
    ...(options.languages === undefined ? {} : { languages: options.languages.length > 0 ? options.languages : null }),
  }
  const existing = await findFollow(tx, accountId, targetId)
  if (existing) {
    if (Object.keys(changes).length > 0)
      await tx.db.updateTable('follows').set(changes).where('id', '=', existing.id).execute()
    return
  }
  // Whoever moved is followed where they are now.
  if (target.moved_to_account_id !== null) throw new Refusal('forbidden', 'This account has moved')
  const now = tx.clock.now()
  const id = makeId(now.getTime())
  // Who lives elsewhere answers for themselves: until then it is a request (federation-security.md 5.4).
  const state = target.locked || !target.is_local ? 'requested' : 'accepted'
  const uri = options.uri ?? `${tx.config.url}/ap/follows/${id}`
  const crosses = !target.is_local || !follower.is_local
  const row = {
    id,
    account_id: accountId,
    target_account_id: targetId,
    state,
    uri,
    created_at: now.toISOString(),
    ...changes,
  }
  await tx.db.insertInto('follows').values(row).execute()
  if (state === 'accepted') await countFollow(tx, accountId, targetId, 1)
  await emit(tx, state === 'accepted' ? accountFollowed : followRequested, {
    followId: id,
    followerId: accountId,
    targetId,
    uri,
    crosses,
  })
}

/** Ends a follow or takes a request back; quietly does nothing when there is none. */
export async function unfollowAccount(tx: Tx, accountId: Id, targetId: Id, by: EndedBy = 'follower'): Promise<void> {
  await lockAccounts(tx, [accountId, targetId])
  const gone = await tx.db
    .deleteFrom('follows')
    .where('account_id', '=', accountId)
    .where('target_account_id', '=', targetId)
    .returning(['id', 'state', 'uri'])
    .executeTakeFirst()
  if (!gone) return
  // Nobody recommends whom they do not follow.
  await tx.db
    .deleteFrom('endorsements')
    .where('account_id', '=', accountId)
    .where('target_account_id', '=', targetId)
    .execute()
  if (gone.state === 'accepted') await countFollow(tx, accountId, targetId, -1)
  const people = await findAccountsById(tx, [accountId, targetId])
  const crosses = [...people.values()].some((person) => !person.is_local)
  const wasAccepted = gone.state === 'accepted'
  await emit(tx, accountUnfollowed, {
    followId: gone.id,
    followerId: accountId,
    targetId,
    uri: gone.uri,
    crosses,
    by,
    wasAccepted,
  })
}
