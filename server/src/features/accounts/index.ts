/**
 * Purpose: people, here and elsewhere: rows, keys, lookup. Owns: accounts, account_keys.
 * Events: accountCreated, accountUpdated.
 */
import { defineRoom } from '#platform/room'
import { eraseAccount, takeOutAccount } from './leaving.ts'

export { createLocalAccount, readUsername, accountCreated } from './create-local-account.ts'
export { findAccount, findAccountsById, findLocalAccount, findAccountByAcct, type AccountRow } from './store.ts'
export { countFollow, countStatus, lockAccounts, uncountStatus } from './counters.ts'
export { readProfile, type NewField } from './read-profile.ts'
export { accountUpdated, updateAccount, type AccountChange } from './update-account.ts'
export { rewriteLocalAddresses } from './rewrite-addresses.ts'

export const accounts = defineRoom({ name: 'accounts', erase: eraseAccount, takeout: takeOutAccount })
