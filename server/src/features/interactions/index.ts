/**
 * Purpose: what people do with a post short of answering it: favourite, bookmark. The counts stand with the post.
 * Owns: favourites, bookmarks. Events: none of its own; statuses tells of favourites, which it counts.
 */
import { defineRoom } from '#platform/room'
import { eraseInteractions, takeOutInteractions } from './leaving.ts'

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

export const interactions = defineRoom({ name: 'interactions', erase: eraseInteractions, takeout: takeOutInteractions })
