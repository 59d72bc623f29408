import { accountCreated, accountGone, accountUpdated } from '#features/accounts'
import { revokeTokensOf, tokenRevoked } from '#features/oauth'
import {
  accountBlocked,
  accountFollowed,
  accountUnblocked,
  accountUnfollowed,
  deliverAccept,
  deliverActorUpdate,
  deliverBlock,
  deliverFollow,
  deliverReject,
  deliverUndoBlock,
  deliverUndoFollow,
  followRequested,
} from '#features/relationships'
import { villageWanted } from '#features/set-up'
import {
  deliverAnnounce,
  deliverCreate,
  deliverDelete,
  deliverLike,
  deliverUndoAnnounce,
  deliverUndoLike,
  deliverUpdate,
  statusBoosted,
  statusCreated,
  statusDeleted,
  statusEdited,
  statusFavourited,
  statusUnboosted,
  statusUnfavourited,
} from '#features/statuses'
import { passwordChanged, userSignedUp } from '#features/users'
import { eraseGoneAccount } from './leaving.ts'
import { on, type Reactions } from '#platform/events'

/**
 * When this happened, these consequences follow: everything the server does behind your back.
 * An event without a row here is refused when it is emitted.
 */
export const reactions: Reactions = new Map([
  on(accountCreated),
  on(accountUpdated, { job: deliverActorUpdate }),
  on(accountGone, { job: eraseGoneAccount }),
  on(userSignedUp),
  on(villageWanted),
  on(tokenRevoked),
  on(passwordChanged, { job: revokeTokensOf }),
  on(followRequested, { job: deliverFollow, when: ({ crosses }) => crosses }),
  on(accountFollowed, { job: deliverAccept, when: ({ crosses }) => crosses }),
  on(
    accountUnfollowed,
    { job: deliverUndoFollow, when: ({ crosses, by }) => crosses && by === 'follower' },
    { job: deliverReject, when: ({ crosses, by }) => crosses && by === 'target' },
  ),
  on(accountBlocked, { job: deliverBlock, when: ({ crosses }) => crosses }),
  on(accountUnblocked, { job: deliverUndoBlock, when: ({ crosses }) => crosses }),
  on(statusCreated, { job: deliverCreate, when: ({ isLocal }) => isLocal }),
  on(statusEdited, { job: deliverUpdate, when: ({ isLocal }) => isLocal }),
  on(statusDeleted, { job: deliverDelete, when: ({ isLocal }) => isLocal }),
  on(statusFavourited, { job: deliverLike }),
  on(statusUnfavourited, { job: deliverUndoLike }),
  on(statusBoosted, { job: deliverAnnounce }),
  on(statusUnboosted, { job: deliverUndoAnnounce }),
])
