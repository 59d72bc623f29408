/**
 * Purpose: what is talked about, and what the team lets be; whom one might follow, and the directory.
 * Owns: trending_statuses, trending_tags, trending_links, trend_reviews, link_publishers, dismissed_suggestions.
 * Events: none.
 */
import { defineRoom, none } from '#platform/room'
import { jobs } from './ask-for-review.ts'
import { eraseDiscovery } from './leaving.ts'
import { routes } from './routes/open.ts'
import { schedules } from './score.ts'

export { score } from './score.ts'

export const discovery = defineRoom({
  name: 'discovery',
  routes,
  jobs,
  schedules,
  erase: eraseDiscovery,
  takeout: none('whom somebody sent away is nothing to take along'),
})
