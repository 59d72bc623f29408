/**
 * Purpose: the question that a post can carry, the votes for it, and its end. Owns: polls, poll_votes.
 * Events: votedElsewhere, pollCounted, pollClosed.
 */
import { defineRoom } from '#platform/room'
import { closePoll } from './close.ts'
import { tellCounts } from './count.ts'
import { erasePolls, takeOutPolls } from './leaving.ts'
import { deliverVotes } from './outbox.ts'
import { refetchPoll } from './refetch.ts'
import { pollRoutes } from './routes.ts'

export { askAgain, askPoll, forgetPolls } from './ask.ts'
export { pollClosed, pollCounted, votedElsewhere } from './events.ts'
export { pollLimits } from './limits.ts'
export { renderQuestion } from './note.ts'
export { deliverVotes } from './outbox.ts'
export { presentPolls } from './present.ts'
export { readPoll, type NewPoll } from './read-poll.ts'
export { refreshPoll } from './refetch.ts'
export { setRemotePoll, takeCounts } from './remote.ts'
export { findPoll, listVoters } from './store.ts'
export { takeVote, vote } from './vote.ts'

export const polls = defineRoom({
  name: 'polls',
  routes: pollRoutes,
  jobs: [closePoll, tellCounts, refetchPoll, deliverVotes],
  erase: erasePolls,
  takeout: takeOutPolls,
})
