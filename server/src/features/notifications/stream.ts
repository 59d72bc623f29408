import { isHiddenNotification, presentNotifications } from './present.ts'
import type { Hearing, Presenter } from '#features/streaming'
import type { Id } from '#lib/id'
import { findNotification } from './store.ts'

/** Where a person hears what they are told: only with the scope for it (mastodon-api 1.22). */
const isFor = (one: Hearing, accountId: unknown) =>
  one.accountId === accountId && one.hearsNotifications && (one.name === 'user' || one.name === 'user:notification')

/** A notification goes to its receiver alone, as it reads now. */
export const streamNotification: Presenter = async (ctx, facts, hearings) => {
  const { notificationId, accountId } = facts as { notificationId: Id; accountId: Id }
  const own = hearings.filter((one) => isFor(one, accountId))
  if (own.length === 0) return []
  const row = await findNotification(ctx, accountId, notificationId)
  const [notification] = row && !row.filtered ? await presentNotifications(ctx, accountId, [row]) : []
  if (!notification || isHiddenNotification(notification)) return []
  const payload = JSON.stringify(notification)
  return own.map((hearing) => ({ hearing, event: 'notification', payload }))
}

export const streamMerged: Presenter = async (_ctx, facts, hearings) =>
  hearings
    .filter((one) => isFor(one, facts.accountId))
    .map((hearing) => ({ hearing, event: 'notifications_merged', payload: '1' }))
