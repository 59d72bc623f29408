import { findAccountByUri, resolveActor, type AccountRow } from '#features/accounts'
import { idOf, type Activity } from '#federation'
import { notFound, Refusal } from '#lib/refusal'
import { sameOrigin } from '#lib/host'
import { enqueue } from '#platform/jobs'
import type { Context, Tx } from '#platform/context'
import { answerFollowRequest } from './answer-request.ts'
import { blockAccount, unblockAccount } from './block.ts'
import { followAccount, unfollowAccount } from './follow.ts'
import { deliverAccept, deliverReject } from './outbox.ts'
import { answerRelay } from './relays/relays.ts'
import { findRelayOf } from './relays/store.ts'
import { findFollow, findFollowByUri } from './store.ts'

/** Whoever acts is known before a transaction begins; a stranger is looked up. */
export async function prepareActor(ctx: Context, activity: Activity): Promise<void> {
  await resolveActor(ctx, activity.actor)
}

async function requireActor(tx: Tx, uri: string): Promise<AccountRow> {
  const row = await findAccountByUri(tx, uri)
  if (!row || row.is_local || row.suspended_at) throw notFound()
  return row
}

async function requireLocal(tx: Tx, uri: string | undefined): Promise<AccountRow> {
  const row = uri === undefined ? undefined : await findAccountByUri(tx, uri)
  if (!row?.is_local) throw notFound()
  return row
}

/** The activity's own id, when it lies where its actor lives; otherwise one that cannot clash. */
function uriOf(activity: Activity, fallback: string): string {
  const { id } = activity
  return id && sameOrigin(id, activity.actor) ? id : `${activity.actor}#${fallback}`
}

/** Follow: a request, or at once; who may not is told so (federation.md c.5). Repeated, it is answered again. */
export async function handleFollow(tx: Tx, activity: Activity): Promise<void> {
  const follower = await requireActor(tx, activity.actor)
  const target = await requireLocal(tx, activity.objectId)
  const uri = uriOf(activity, `follows/${target.id}`)
  const refuse = () => enqueue(tx, deliverReject, { followerId: follower.id, targetId: target.id, uri })
  // A relay of Pleroma's kind follows back whoever it let in.
  if (target.actor_type === 'Application' && (await findRelayOf(tx, activity.actor, ['pending', 'accepted'])))
    return enqueue(tx, deliverAccept, { followerId: follower.id, targetId: target.id, uri })
  if (target.actor_type === 'Application' || target.suspended_at) return refuse()
  const existing = await findFollow(tx, follower.id, target.id)
  if (existing) {
    await tx.db.updateTable('follows').set({ uri }).where('id', '=', existing.id).execute()
    if (existing.state === 'accepted')
      await enqueue(tx, deliverAccept, { followerId: follower.id, targetId: target.id, uri })
    return
  }
  try {
    await followAccount(tx, follower.id, target.id, { uri })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await refuse()
  }
}

/** The request of ours that an answer is about: by its id, or by the pair of people (federation.md c.5). */
async function findAnswered(tx: Tx, activity: Activity, target: AccountRow) {
  const byId = activity.objectId ? await findFollowByUri(tx, activity.objectId) : undefined
  if (byId) return byId.target_account_id === target.id ? byId : undefined
  const embedded = activity.object
  const followerUri = embedded ? idOf(embedded.actor) : undefined
  const follower = await findAccountByUri(tx, followerUri ?? activity.objectId ?? '')
  if (!follower?.is_local) return undefined
  const pair = await findFollow(tx, follower.id, target.id)
  return pair && { id: pair.id, account_id: follower.id, target_account_id: target.id, state: pair.state }
}

export async function handleAccept(tx: Tx, activity: Activity): Promise<void> {
  if (await answerRelay(tx, activity, 'accepted')) return
  const target = await requireActor(tx, activity.actor)
  const follow = await findAnswered(tx, activity, target)
  if (follow?.state === 'requested') await answerFollowRequest(tx, target.id, follow.account_id, 'authorize')
}

/** Reject also ends a follow that was accepted before. */
export async function handleReject(tx: Tx, activity: Activity): Promise<void> {
  if (await answerRelay(tx, activity, 'rejected')) return
  const target = await requireActor(tx, activity.actor)
  const follow = await findAnswered(tx, activity, target)
  if (follow) await unfollowAccount(tx, follow.account_id, target.id, 'target')
}

export async function handleBlock(tx: Tx, activity: Activity): Promise<void> {
  const actor = await requireActor(tx, activity.actor)
  const target = await requireLocal(tx, activity.objectId)
  await blockAccount(tx, actor.id, target.id, uriOf(activity, `blocks/${target.id}`))
}

/** Undo of a follow or a block: the pair of people decides, or the id of what they sent. False when it is neither. */
export async function handleUndo(tx: Tx, activity: Activity): Promise<boolean> {
  const actor = await requireActor(tx, activity.actor)
  const type = activity.claim.objectType
  const inner = activity.claim.objectObject
  if (type === 'Follow') {
    const target = await requireLocal(tx, inner)
    await unfollowAccount(tx, actor.id, target.id)
    return true
  }
  if (type === 'Block') {
    const target = await requireLocal(tx, inner)
    await unblockAccount(tx, actor.id, target.id)
    return true
  }
  if (type !== undefined && activity.claim.objectEmbedded) return false
  const follow = activity.objectId ? await findFollowByUri(tx, activity.objectId) : undefined
  if (follow?.account_id !== actor.id) return false
  await unfollowAccount(tx, actor.id, follow.target_account_id)
  return true
}
