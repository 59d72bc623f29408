/**
 * Purpose: what stands behind links: the page is fetched once for all posts that lead there, read with suspicion, and
 * shown as a preview. Owns: link_cards, status_cards. Events: none; media says when a picture was kept.
 */
import { defineRoom, none } from '#platform/room'
import { jobs, schedules } from './jobs.ts'
import { eraseAuthor } from './leaving.ts'
import { pictureRoute } from './routes.ts'

export { pruneCards } from './jobs.ts'
export { linkStatus, unlinkStatuses } from './link-status.ts'
export { describeCardPicture } from './picture-kept.ts'
export { authorIdsOf, presentCard } from './present.ts'
export { findCardsOf, type CardRow } from './store.ts'

export const cards = defineRoom({
  name: 'cards',
  routes: [pictureRoute],
  jobs,
  schedules,
  erase: eraseAuthor,
  takeout: none('what a page says of itself is no data of a person here; the links are in their posts'),
})
