import { accountCreated, accountUpdated } from '#features/accounts'
import {
  forgetBlocked,
  forgetBoost,
  forgetFavourite,
  forgetFollow,
  forgetStatus,
  notified,
  notifyOfBoost,
  notifyOfEdit,
  notifyOfFavourite,
  notifyOfFollow,
  notifyOfRequest,
  notifyOfSignUp,
  notifyOfStatus,
} from '#features/notifications'
import { revokeTokensOf, tokenRevoked } from '#features/oauth'
import { accountBlocked, accountFollowed, accountUnfollowed, followRequested } from '#features/relationships'
import { villageWanted } from '#features/set-up'
import {
  statusBoosted,
  statusCreated,
  statusDeleted,
  statusEdited,
  statusFavourited,
  statusUnboosted,
  statusUnfavourited,
} from '#features/statuses'
import { announced, endStreams } from '#features/streaming'
import { passwordChanged, userSignedUp } from '#features/users'
import { on, type Reactions } from '#platform/events'

/**
 * When this happened, these consequences follow: everything the server does behind your back.
 * An event without a row here is refused when it is emitted.
 */
export const reactions: Reactions = new Map([
  on(accountCreated),
  on(accountUpdated),
  on(userSignedUp, { job: notifyOfSignUp }),
  on(villageWanted),
  on(tokenRevoked, { live: endStreams }),
  on(passwordChanged, { job: revokeTokensOf }, { live: endStreams }),
  on(followRequested, { job: notifyOfRequest }),
  on(accountFollowed, { job: notifyOfFollow }),
  on(accountUnfollowed, { job: forgetFollow }),
  on(accountBlocked, { job: forgetBlocked }),
  on(statusCreated, announced('status.created'), { job: notifyOfStatus }),
  on(statusEdited, announced('status.edited'), { job: notifyOfEdit }),
  on(statusDeleted, announced('status.deleted'), { job: forgetStatus }),
  on(statusFavourited, { job: notifyOfFavourite }),
  on(statusUnfavourited, { job: forgetFavourite }),
  on(statusBoosted, announced('status.boosted'), { job: notifyOfBoost }),
  on(statusUnboosted, announced('status.unboosted'), { job: forgetBoost }),
  on(notified),
])
