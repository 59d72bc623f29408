import { findLocalAccount } from '#features/accounts'
import { presentAccount } from '#features/profiles'
import type { Context } from '#platform/context'

/** The person whom visitors are told to turn to; nobody where the team named none, or where they have gone. */
export async function findContact(ctx: Context, username: string) {
  const row = username === '' ? undefined : await findLocalAccount(ctx, username)
  return row && row.suspended_at === null ? presentAccount(ctx, row.id) : null
}
