/**
 * Purpose: moving from one account to another, here or elsewhere: who one also is, the move itself, and whoever follows
 * going along. Owns: moves. Events: none; accounts tells of a move.
 */
import { defineRoom } from '#platform/room'
import { followAlong } from './follow-along.ts'
import { eraseMoves, takeOutMoves } from './leaving.ts'
import { deliverMove } from './outbox.ts'
import { routes } from './routes.ts'

export { followAlong } from './follow-along.ts'
export { handleMove, prepareMove } from './inbox.ts'
export { deliverMove } from './outbox.ts'

export const moves = defineRoom({
  name: 'moves',
  routes,
  jobs: [followAlong, deliverMove],
  erase: eraseMoves,
  takeout: takeOutMoves,
})
