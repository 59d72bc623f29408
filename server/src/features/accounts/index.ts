/**
 * Purpose: people, here and elsewhere: rows, keys, lookup. Owns: accounts, account_keys, retired_names.
 * Events: accountCreated, accountUpdated, accountEmptied, accountGone, accountLeft, accountMoved, actorStored, serverStandingSettled.
 */
import { defineRoom } from '#platform/room'
import { eraseAccount, takeOutAccount } from './leaving.ts'
import { verifyLinks } from './links/verify-links.ts'
import { discoveryRoutes } from './routes/discovery.ts'
import { pictureRoute } from './routes/pictures.ts'
import { settlePictures } from './settle-pictures.ts'
import { schedules } from './sweep-files.ts'
import { followServerPolicy } from './with-server.ts'

export { accountCreated, createLocalAccount, makeKeyPair, readUsername, type KeyPair } from './create-local-account.ts'
export {
  findAccount,
  findAccountByAcct,
  findAccountByUri,
  findAccountsById,
  findInbox,
  findInboxForEnding,
  findLocalAccount,
  listInboxes,
  requireAccount,
  type AccountRow,
} from './store.ts'
export { accountEmptied, accountLeft, emptyAccount, isRetired, retireAccount } from './retire.ts'
export { accountStandingChanged, setStanding, setWithdrawn, type Standing } from './standing.ts'
export { fieldToHtml, type Field } from './links/fields.ts'
export { markAsDemo } from './demo.ts'
export { accountMoved, moveAccount, redirectAccount, setAliases } from './move.ts'
export { profileTexts, renderActor } from './actor.ts'
export { accountGone, handleActorDelete, prepareActorUpdate } from './inbox.ts'
export { ensureInstanceActor, findPublicBase, renameInstanceActor, requireInstanceSigner } from './instance-actor.ts'
export { findKey, findSigner } from './keys.ts'
export { actorStored, fetchKey, resolveActor, resolveHandle } from './remote.ts'
export { countFollow, countStatus, lockAccounts, uncountStatus } from './counters.ts'
export { readProfile, type NewField } from './read-profile.ts'
export { accountUpdated, updateAccount, type AccountChange } from './update-account.ts'
export { countPeopleOf, findPeopleOf, followServerPolicy, serverStandingSettled } from './with-server.ts'
export { sweepAccountFiles } from './sweep-files.ts'
export { rewriteLocalAddresses } from './rewrite-addresses.ts'

export const accounts = defineRoom({
  name: 'accounts',
  routes: [...discoveryRoutes, pictureRoute],
  jobs: [verifyLinks, followServerPolicy, settlePictures],
  schedules,
  erase: eraseAccount,
  takeout: takeOutAccount,
})
