/** Purpose: words that a person does not want to read: there are none yet, and apps are told so. Owns no table yet. */
import { defineRoom, none } from '#platform/room'
import { routes } from './routes.ts'

export const filters = defineRoom({
  name: 'filters',
  routes,
  erase: none('owns no table yet'),
  takeout: none('owns no table yet'),
})
