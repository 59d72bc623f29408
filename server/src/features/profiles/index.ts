/** Purpose: the presenter of accounts, and their pages' data. Owns no table. */
import { defineRoom, none } from '#platform/room'
import { listRoutes } from './routes/lists.ts'
import { showRoutes } from './routes/show.ts'

export { presentAccounts, presentAccount, presentCredentialAccount } from './present.ts'

export const profiles = defineRoom({
  name: 'profiles',
  routes: [...showRoutes, ...listRoutes],
  erase: none('owns no table'),
  takeout: none('owns no table'),
})
