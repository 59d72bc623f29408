/**
 * Purpose: what is talked about, whom one might follow, and the directory.
 * Owns: trending_statuses, trending_tags, trending_links, dismissed_suggestions. Events: none.
 */
import { defineRoom, none } from '#platform/room'
import { eraseDiscovery } from './leaving.ts'
import { routes } from './routes.ts'
import { schedules } from './score.ts'

export { score } from './score.ts'

export const discovery = defineRoom({
  name: 'discovery',
  routes,
  schedules,
  erase: eraseDiscovery,
  takeout: none('whom somebody sent away is nothing to take along'),
})
