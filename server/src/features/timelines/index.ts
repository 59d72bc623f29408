/** Purpose: reading feeds. Owns: markers. Feeds are computed on read. */
import { defineRoom, none } from '#platform/room'
import { pages } from './pages.ts'
import { eraseMarkers } from './markers.ts'
import { markerRoutes } from './routes/markers.ts'
import { routes } from './routes/feeds.ts'
import { filterTestRoute } from './routes/filter-test.ts'
import { peopleFeedRoutes } from './routes/people-feeds.ts'
import { syndicationRoutes } from './routes/syndication.ts'

export { streamDelete, streamEdit, streamStatus, streamUnboost } from './stream.ts'

export { listPublic } from './feeds.ts'
export { findReadUpTo } from './markers.ts'

export const timelines = defineRoom({
  name: 'timelines',
  routes: [...peopleFeedRoutes, ...routes, ...markerRoutes, filterTestRoute, ...syndicationRoutes],
  pages,
  erase: eraseMarkers,
  takeout: none('how far somebody has read is nothing to take along'),
})
