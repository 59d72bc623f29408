import { presentNotifications } from './present.ts'
import type { Presenter } from '#features/streaming'
import type { Id } from '#lib/id'
import { findNotification } from './store.ts'

/** A notification goes to its receiver alone, as it reads now. */
export const streamNotification: Presenter = async (ctx, facts, hearings) => {
  const { notificationId, accountId } = facts as { notificationId: Id; accountId: Id }
  const own = hearings.filter((one) => one.accountId === accountId && one.hearsNotifications)
  if (own.length === 0) return []
  const row = await findNotification(ctx, accountId, notificationId)
  const [notification] = row && !row.filtered ? await presentNotifications(ctx, accountId, [row]) : []
  if (!notification) return []
  const payload = JSON.stringify(notification)
  return own.map((hearing) => ({ hearing, event: 'notification', payload }))
}

export const streamMerged: Presenter = async (_ctx, facts, hearings) =>
  hearings
    .filter((one) => one.accountId === facts.accountId && one.hearsNotifications)
    .map((hearing) => ({ hearing, event: 'notifications_merged', payload: '1' }))
