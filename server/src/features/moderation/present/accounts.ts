import type { AdminAccount } from '@hamlet/contract/sign-up'
import { findAccountsById, type AccountRow } from '#features/accounts'
import { presentAccounts } from '#features/profiles'
import { listAddresses, listUsersOfAccounts, presentRole, type Address, type UserRow } from '#features/users'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'

/**
 * Accounts as the team sees them, those of here with the person behind them. Addresses of machines are known of browsers
 * that are signed in, and of nobody else. A fixed number of queries, however many.
 */
export async function presentAdminAccounts(ctx: Context, ids: readonly Id[]): Promise<AdminAccount[]> {
  const rows = await findAccountsById(ctx, ids)
  const people = await listUsersOfAccounts(ctx, ids)
  const addresses = await listAddresses(
    ctx,
    [...people.values()].map((person) => person.id),
  )
  const accounts = await presentAccounts(ctx, ids)
  return ids.flatMap((id) => {
    const [row, account, person] = [rows.get(id), accounts.get(id), people.get(id)]
    if (!row || !account) return []
    return [{ ...presentRow(row), ...presentPerson(person, addresses.get(person?.id ?? '') ?? []), account }]
  })
}

/** For readers who may not manage users: an address is no part of a report. */
export function withoutWhereabouts(person: AdminAccount): AdminAccount {
  return { ...person, email: null, ip: null, ips: [], invite_request: null }
}

/** One of them; refuses (404) what is nobody's id. */
export async function presentAdminAccount(ctx: Context, id: Id): Promise<AdminAccount> {
  const [found] = await presentAdminAccounts(ctx, [id])
  if (!found) throw notFound()
  return found
}

function presentRow(row: AccountRow) {
  return {
    id: row.id,
    username: row.username,
    domain: row.is_local ? null : row.host,
    created_at: row.created_at,
    suspended: row.suspended_at !== null,
    silenced: row.limited_at !== null,
    sensitized: row.sensitized_at !== null,
  }
}

/** What is known of people of other servers is nothing: Mastodon says null. */
function presentPerson(person: UserRow | undefined, ips: Address[]) {
  if (!person) return { ...NOBODY, ips }
  const applicationId = person.sign_up_application_id
  return {
    email: person.email,
    ip: ips[0]?.ip ?? person.sign_up_ip?.replace(/\/\d+$/, '') ?? null,
    ips,
    confirmed: person.confirmed_at !== null,
    approved: person.approved_at !== null,
    disabled: person.disabled_at !== null,
    locale: person.locale,
    invite_request: person.sign_up_reason,
    ...(applicationId === null ? {} : { created_by_application_id: applicationId }),
    ...(person.invited_by === null ? {} : { invited_by_account_id: person.invited_by }),
    role: presentRole(person),
  }
}

const NOBODY = {
  email: null,
  ip: null,
  confirmed: null,
  approved: null,
  disabled: null,
  locale: null,
  invite_request: null,
  role: null,
}
