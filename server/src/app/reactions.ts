import { accountCreated, accountUpdated } from '#features/accounts'
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
import { passwordChanged, userSignedUp } from '#features/users'
import { on, type Reactions } from '#platform/events'

/**
 * When this happened, these consequences follow: everything the server does behind your back.
 * An event without a row here is refused when it is emitted.
 */
export const reactions: Reactions = new Map([
  on(accountCreated),
  on(accountUpdated),
  on(userSignedUp),
  on(villageWanted),
  on(tokenRevoked),
  on(passwordChanged, { job: revokeTokensOf }),
  on(followRequested),
  on(accountFollowed),
  on(accountUnfollowed),
  on(accountBlocked),
  on(statusCreated),
  on(statusEdited),
  on(statusDeleted),
  on(statusFavourited),
  on(statusUnfavourited),
  on(statusBoosted),
  on(statusUnboosted),
])
