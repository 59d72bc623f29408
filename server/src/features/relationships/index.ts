/**
 * Purpose: who follows, blocks, mutes whom, and the private notes of people about people.
 * Owns: follows, blocks, mutes, account_notes, endorsements, account_domain_blocks, severances,
 * severance_people, severance_follows, relays. Events: accountFollowed,
 * followRequested, accountUnfollowed, accountBlocked, accountUnblocked, serverBlocked,
 * relationshipsSevered.
 */
import { defineRoom } from '#platform/room'
import { severServer } from './domain-blocks.ts'
import { domainRoutes } from './domain-routes.ts'
import { eraseRelationships, markPurged, takeOutRelationships } from './leaving.ts'
import { jobs } from './outbox.ts'
import { relayJobs } from './relays/relays.ts'
import { routes } from './routes.ts'
import { settleTies } from './severances/jobs.ts'
import { severanceRoutes } from './routes/severances.ts'

export { followAccount, unfollowAccount, accountFollowed, followRequested, accountUnfollowed } from './follow.ts'
export { answerFollowRequest, removeFollower } from './answer-request.ts'
export { blockAccount, unblockAccount, accountBlocked, accountUnblocked } from './block.ts'
export { blockDomain, serverBlocked, severServer, unblockDomain } from './domain-blocks.ts'
export { muteAccount, unmuteAccount } from './mute.ts'
export { carryStance, listBlockers, listLocalFollows, listOpinionated } from './carry.ts'
export { findFamiliarFollowers, listEndorsed } from './endorse.ts'
export { handleAccept, handleBlock, handleFollow, handleReject, handleUndo, prepareActor } from './inbox.ts'
export {
  deliverAccept,
  deliverActorDelete,
  deliverActorUpdate,
  deliverBlock,
  deliverFollow,
  deliverReject,
  deliverUndoBlock,
  deliverUndoFollow,
} from './outbox.ts'
export {
  listBlocked,
  hasLocalFollower,
  listFollowerInboxes,
  listFollowers,
  listFollowing,
  listMuted,
  listRequests,
  countRequests,
  type RelationPage,
} from './store.ts'
export { addRelay, disableRelay, enableRelay, removeRelay } from './relays/relays.ts'
export { findRelay, isRelay, listRelayInboxes, listRelays, type RelayRow } from './relays/store.ts'
export { settleTies } from './severances/jobs.ts'
export { presentSeverance } from './present/severances.ts'
export { findTies, type Ties } from './severances/preview.ts'
export { relationshipsSevered } from './severances/sever.ts'
export { findSeverances, type OwnSeverance } from './severances/store.ts'
export { findStances, type Stance } from './stances.ts'

export const relationships = defineRoom({
  name: 'relationships',
  routes: [...routes, ...domainRoutes, ...severanceRoutes],
  jobs: [...jobs, severServer, settleTies, ...relayJobs],
  erase: eraseRelationships,
  eraseServer: markPurged,
  takeout: takeOutRelationships,
})
