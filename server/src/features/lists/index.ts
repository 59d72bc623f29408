/**
 * Purpose: lists of people that somebody reads apart from, or instead of, home.
 * Owns: lists, list_accounts. Events: none; that a follow ended takes the membership that rested on it.
 */
import { defineRoom } from '#platform/room'
import { eraseLists, takeOutLists } from './leaving.ts'
import { listRoutes } from './routes/lists.ts'
import { forgetMembership } from './members.ts'
import { memberRoutes } from './routes/members.ts'

export { addToList, carryMemberships, forgetMembership, removeFromList } from './members.ts'
export { isOwnList, listOwned, requireOwnList, type ListRow } from './store.ts'
export { createList, deleteList } from './write-list.ts'

export const lists = defineRoom({
  name: 'lists',
  routes: [...listRoutes, ...memberRoutes],
  jobs: [forgetMembership],
  erase: eraseLists,
  takeout: takeOutLists,
})
