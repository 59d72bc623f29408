/** Purpose: private mentions as threads: not gathered yet, and apps are told so. Owns no table yet. */
import { defineRoom, none } from '#platform/room'
import { routes } from './routes.ts'

export const directThreads = defineRoom({
  name: 'direct-threads',
  routes,
  erase: none('owns no table yet'),
  takeout: none('owns no table yet'),
})
