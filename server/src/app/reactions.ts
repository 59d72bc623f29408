import { accountCreated } from '#features/accounts'
import { accountBlocked, accountFollowed, accountUnfollowed, followRequested } from '#features/relationships'
import {
  statusBoosted,
  statusCreated,
  statusDeleted,
  statusFavourited,
  statusUnboosted,
  statusUnfavourited,
} from '#features/statuses'
import { on, type Reactions } from '#platform/events'

/**
 * When this happened, these consequences follow: everything the server does behind your back.
 * An event without a row here is refused when it is emitted.
 */
export const reactions: Reactions = new Map([
  on(accountCreated),
  on(followRequested),
  on(accountFollowed),
  on(accountUnfollowed),
  on(accountBlocked),
  on(statusCreated),
  on(statusDeleted),
  on(statusFavourited),
  on(statusUnfavourited),
  on(statusBoosted),
  on(statusUnboosted),
])
