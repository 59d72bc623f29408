/**
 * Purpose: posts: write, show, delete; the presenter of statuses.
 * Owns: statuses, mentions, status_tags, status_tombstones, idempotency_keys. Events: statusCreated, statusDeleted.
 */
import { defineRoom } from '#platform/room'
import { schedules } from './jobs.ts'
import { eraseStatuses, takeOutStatuses } from './leaving.ts'
import { pages } from './pages.ts'
import { actRoutes } from './routes/acts.ts'
import { postRoutes } from './routes/posts.ts'

export { createStatus, statusCreated, type NewStatus } from './write/create-status.ts'
export { favouriteStatus, unfavouriteStatus, statusFavourited, statusUnfavourited } from './write/favourite-status.ts'
export { boostStatus, unboostStatus, statusBoosted, statusUnboosted } from './write/boost-status.ts'
export { deleteStatus, statusDeleted } from './write/delete-status.ts'
export { presentStatuses } from './present/present-statuses.ts'
export { countActiveAuthors, countLocalStatuses } from './store.ts'
export { MAX_CHARACTERS } from './write/create-status.ts'
export { rewriteStatusAddresses } from './write/rewrite-addresses.ts'

export const statuses = defineRoom({
  name: 'statuses',
  routes: [...postRoutes, ...actRoutes],
  pages,
  schedules,
  erase: eraseStatuses,
  takeout: takeOutStatuses,
})
