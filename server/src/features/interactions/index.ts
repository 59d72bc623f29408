/**
 * Purpose: what people do with a post short of answering it: favourite, bookmark, mute its thread. The counts stand with the post.
 * Owns: favourites, bookmarks, thread_mutes. Events: none of its own; statuses tells of favourites, which it counts.
 */
import { defineRoom } from '#platform/room'
import { schedules } from './jobs.ts'
import { eraseInteractions, takeOutInteractions } from './leaving.ts'

export { findMutedThreads, muteThread, unmuteThread } from './thread-mutes.ts'
export { addBookmark, addFavourite, removeBookmark, removeFavourite } from './marks.ts'
export {
  findMarks,
  forgetStatuses,
  listBookmarks,
  listFavourites,
  listFavouritedBy,
  type MarkPage,
  type Marks,
} from './store.ts'

export const interactions = defineRoom({
  name: 'interactions',
  schedules,
  erase: eraseInteractions,
  takeout: takeOutInteractions,
})
