import { findAccountByUri, moveAccount, resolveActor } from '#features/accounts'
import type { Activity } from '#federation'
import { notFound, Refusal } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'

/** A remote account moves once in seven days (federation-security.md 3.5). */
const REST_MS = 7 * 24 * 3_600_000

/** The new account is asked anew: what it said some time ago of who it is may be taken back by now. */
export async function prepareMove(ctx: Context, activity: Activity): Promise<void> {
  await resolveActor(ctx, activity.actor)
  const target = activity.claim.target
  if (target === undefined || target === activity.actor) throw notFound()
  await resolveActor(ctx, target, { isFresh: true })
}

/**
 * A Move counts when the new account says that it is the old one too, goes nowhere itself, and the old one has not moved
 * for a while: so nobody takes another's followers, and no two accounts send them round in a circle.
 */
export async function handleMove(tx: Tx, activity: Activity): Promise<void> {
  const old = await findAccountByUri(tx, activity.actor)
  const target = await findAccountByUri(tx, activity.claim.target ?? '')
  if (!old || old.is_local || old.suspended_at || !target) throw notFound()
  const isAtRest = !target.moved_at || Date.parse(target.moved_at) < tx.clock.now().getTime() - REST_MS
  const isOpen = !target.suspended_at && !target.moved_to_account_id && isAtRest
  if (!isOpen || !target.also_known_as.includes(old.uri))
    throw new Refusal('forbidden', 'The new account does not say that it is the old one')
  await moveAccount(tx, old.id, target.id, REST_MS)
}
