/** Purpose: finding people, hashtags, and posts by their words or address, here and elsewhere. Owns no table. */
import { defineRoom, none } from '#platform/room'
import { schedules } from './build-index.ts'
import { routes } from './routes.ts'

export { rebuildIndexes } from './build-index.ts'

export const search = defineRoom({
  name: 'search',
  routes,
  schedules,
  erase: none('owns no table'),
  takeout: none('owns no table'),
})
