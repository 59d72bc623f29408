/** Purpose: trends, suggestions, the directory: the directory is real, the rest is empty yet. Owns no table yet. */
import { defineRoom, none } from '#platform/room'
import { routes } from './routes.ts'

export const discovery = defineRoom({
  name: 'discovery',
  routes,
  erase: none('owns no table yet'),
  takeout: none('owns no table yet'),
})
