/** Purpose: leading readers of our public pages to their own server, and ours to what they met elsewhere. Owns no table. */
import { defineRoom, none } from '#platform/room'
import { pages } from './pages.ts'

export const remoteInteraction = defineRoom({
  name: 'remote-interaction',
  pages,
  erase: none('owns no table'),
  takeout: none('owns no table'),
})
