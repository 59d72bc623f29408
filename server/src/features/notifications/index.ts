/**
 * Purpose: what people are told: mentions, follows, favourites, boosts, edits, and how much of it they want.
 * Owns: notifications, notification_policies, notification_permissions, notification_requests, notification_pauses,
 * push_subscriptions, push_hosts. Events: notified.
 */
import { defineRoom } from '#platform/room'
import { jobs, schedules } from './jobs.ts'
import { eraseNotifications, takeOutNotifications } from './leaving.ts'
import { groupRoutes } from './routes/groups.ts'
import { listRoutes } from './routes/lists.ts'
import { pauseRoutes } from './routes/pauses.ts'
import { policyRoutes } from './routes/policy.ts'
import { pushRoutes } from './routes/push.ts'
import { requestRoutes } from './routes/requests.ts'

export {
  forgetBlocked,
  forgetBoost,
  forgetFavourite,
  forgetFollow,
  forgetQuote,
  forgetStatus,
  notifyOfBoost,
  notifyOfEdit,
  notifyOfFavourite,
  notifyOfFollow,
  notifyOfQuote,
  notifyOfPoll,
  notifyOfRequest,
  notifyOfReport,
  notifyOfSeverance,
  notifyOfSignUp,
  notifyOfStrike,
  notifyOfStatus,
} from './jobs.ts'
export { notified, notify } from './notify.ts'
export { isHiddenNotification } from './present.ts'
export { pushNotified } from './push/jobs.ts'
export { forgetSubscription } from './push/leaving.ts'
export { streamMerged, streamNotification } from './stream.ts'

export const notifications = defineRoom({
  name: 'notifications',
  routes: [...policyRoutes, ...requestRoutes, ...groupRoutes, ...listRoutes, ...pauseRoutes, ...pushRoutes],
  jobs,
  schedules,
  erase: eraseNotifications,
  takeout: takeOutNotifications,
})
