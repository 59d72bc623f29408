/**
 * Purpose: who follows, blocks, mutes whom, and the private notes of people about people.
 * Owns: follows, blocks, mutes, account_notes. Events: accountFollowed, followRequested, accountUnfollowed, accountBlocked.
 */
import { defineRoom } from '#platform/room'
import { eraseRelationships, takeOutRelationships } from './leaving.ts'
import { routes } from './routes.ts'

export { followAccount, unfollowAccount, accountFollowed, followRequested, accountUnfollowed } from './follow.ts'
export { answerFollowRequest, removeFollower } from './answer-request.ts'
export { blockAccount, accountBlocked } from './block.ts'
export {
  listBlocked,
  listFollowers,
  listFollowing,
  listMuted,
  listRequests,
  countRequests,
  type RelationPage,
} from './store.ts'

export const relationships = defineRoom({
  name: 'relationships',
  routes,
  erase: eraseRelationships,
  takeout: takeOutRelationships,
})
