import type { AccountRow } from '#features/accounts'

/** How somebody is called in the log of the team. */
export const labelOf = (account: AccountRow): string =>
  account.is_local ? account.username : `${account.username}@${account.host}`
