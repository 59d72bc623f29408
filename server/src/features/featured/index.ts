/**
 * Purpose: a profile as its person keeps it: hashtags that stand on it with their use, and all that can be changed of it.
 * Owns no table. Events: none.
 */
import { defineRoom, none } from '#platform/room'
import { deliverFeaturedTag } from './outbox.ts'
import { profileRoutes } from './routes/profile.ts'
import { tagRoutes } from './routes/tags.ts'

export { deliverFeaturedTag } from './outbox.ts'

export const featured = defineRoom({
  name: 'featured',
  routes: [...tagRoutes, ...profileRoutes],
  jobs: [deliverFeaturedTag],
  erase: none('owns no table'),
  takeout: none('owns no table'),
})
