/** Purpose: hashtags that people follow or feature: nobody can yet, and apps are told so. Owns no table yet. */
import { defineRoom, none } from '#platform/room'
import { routes } from './routes.ts'

export const tags = defineRoom({
  name: 'tags',
  routes,
  erase: none('owns no table yet'),
  takeout: none('owns no table yet'),
})
