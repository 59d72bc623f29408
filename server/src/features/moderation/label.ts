import type { AccountRow } from '#features/accounts'

/** How an account is called in the log of the team, which may outlive it. */
export const labelOf = (account: AccountRow): string =>
  account.is_local ? account.username : `${account.username}@${account.host}`
