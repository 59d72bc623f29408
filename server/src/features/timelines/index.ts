/** Purpose: reading feeds. Owns no table yet: feeds are computed on read. */
import { defineRoom, none } from '#platform/room'
import { pages } from './pages.ts'
import { routes } from './routes.ts'

export { streamDelete, streamEdit, streamStatus, streamUnboost } from './stream.ts'

export const timelines = defineRoom({
  name: 'timelines',
  routes,
  pages,
  erase: none('owns no table'),
  takeout: none('owns no table'),
})
