/**
 * Purpose: what a person takes along as files that Mastodon and others read. Owns: nothing; it reads what the lower rooms
 * own. Events: none.
 */
import { defineRoom, none } from '#platform/room'
import { exportRoutes } from './routes/exports.ts'

export const archives = defineRoom({
  name: 'archives',
  routes: exportRoutes,
  erase: none('owns no table'),
  takeout: none('owns no table; it is itself a way to take out'),
})
