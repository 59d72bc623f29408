/** Purpose: lists of people: there are none yet, and apps are told so. Owns no table yet. */
import { defineRoom, none } from '#platform/room'
import { routes } from './routes.ts'

export const lists = defineRoom({
  name: 'lists',
  routes,
  erase: none('owns no table yet'),
  takeout: none('owns no table yet'),
})
