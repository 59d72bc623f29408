import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'

export type UserRow = NonNullable<Awaited<ReturnType<typeof findUser>>>

/** A person who may log in, with the role that says what they may do. */
export async function findUser(ctx: Context, id: Id) {
  return selectUsers(ctx).where('users.id', '=', id).executeTakeFirst()
}

/** The first person who acts for an account. */
export async function findUserOfAccount(ctx: Context, accountId: Id) {
  return selectUsers(ctx)
    .innerJoin('user_accounts', 'user_accounts.user_id', 'users.id')
    .where('user_accounts.account_id', '=', accountId)
    .orderBy('user_accounts.created_at')
    .executeTakeFirst()
}

/** How many people may log in; the demo village are none. */
export async function countUsers(ctx: Context): Promise<number> {
  const row = await ctx.db
    .selectFrom('users')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('confirmed_at', 'is not', null)
    .where('email', 'not like', '%@demo.invalid')
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

/** Whoever lives here and can read a letter: their address is confirmed, they are let in, and they have not left. */
const isMember = sql<boolean>`users.confirmed_at is not null and users.approved_at is not null
  and users.email not like '%@demo.invalid' and exists (
    select 1 from user_accounts ua join accounts a on a.id = ua.account_id
    where ua.user_id = users.id and a.suspended_at is null)`

/** The next members after one of them, in the order of their ids. One query. */
export async function listMembers(ctx: Context, after: Id, limit: number): Promise<Id[]> {
  const rows = await ctx.db
    .selectFrom('users')
    .select('id')
    .where('id', '>', after)
    .where(isMember)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

export async function countMembers(ctx: Context): Promise<number> {
  const row = await ctx.db
    .selectFrom('users')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where(isMember)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

/** What a person signs in by: the e-mail address, or the name of a local account they act for. One query. */
export async function findCredentials(ctx: Context, login: string) {
  const text = login.trim().replace(/^@/, '').toLowerCase()
  return selectCredentials(ctx)
    .where((eb) =>
      text.includes('@')
        ? eb(eb.fn('lower', ['users.email']), '=', text)
        : eb(eb.fn('lower', ['accounts.username']), '=', text),
    )
    .executeTakeFirst()
}

/** The same of somebody who is known otherwise, for one of their accounts or the first. One query. */
export async function findEntrant(ctx: Context, userId: Id, accountId?: Id) {
  const theirs = selectCredentials(ctx).where('users.id', '=', userId)
  return (accountId === undefined ? theirs : theirs.where('accounts.id', '=', accountId)).executeTakeFirst()
}

function selectCredentials(ctx: Context) {
  return ctx.db
    .selectFrom('users')
    .innerJoin('roles', 'roles.id', 'users.role_id')
    .innerJoin('user_accounts', 'user_accounts.user_id', 'users.id')
    .innerJoin('accounts', 'accounts.id', 'user_accounts.account_id')
    .select([
      'users.id',
      'users.email',
      'users.password_hash',
      'users.confirmed_at',
      'users.approved_at',
      'users.disabled_at',
      'users.leaving_at',
      'users.second_factor_at',
      'roles.require_2fa',
      'accounts.id as account_id',
      'accounts.username',
      // Whoever withdrew it themselves may come back by signing in.
      sql<string | null>`case when accounts.withdrawn_at is null then accounts.suspended_at end`.as('suspended_at'),
      'accounts.memorial',
      'accounts.moved_to_account_id',
    ])
    .orderBy('user_accounts.created_at')
    .limit(1)
}

export async function findUserByEmail(ctx: Context, email: string) {
  return selectUsers(ctx)
    .where((eb) => eb(eb.fn('lower', ['users.email']), '=', email.trim().toLowerCase()))
    .executeTakeFirst()
}

/** How many people hold a role. */
export async function countHolders(ctx: Context, roleId: Id): Promise<number> {
  const row = await ctx.db
    .selectFrom('users')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('role_id', '=', roleId)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

/** Who acts for accounts, by account: of several the first. One query. */
export async function listUsersOfAccounts(ctx: Context, accountIds: readonly Id[]): Promise<Map<Id, UserRow>> {
  if (accountIds.length === 0) return new Map()
  const rows = await selectUsers(ctx)
    .innerJoin('user_accounts', 'user_accounts.user_id', 'users.id')
    .select('user_accounts.account_id')
    .where('user_accounts.account_id', '=', (eb) => eb.fn.any(eb.val([...accountIds])))
    .orderBy('user_accounts.created_at', 'desc')
    .execute()
  return new Map(rows.map(({ account_id: accountId, ...person }) => [accountId, person]))
}

export type Address = { ip: string; used_at: string }

/** Where people's browsers were last seen, by person, the latest first; each address once. One query. */
export async function listAddresses(ctx: Context, userIds: readonly Id[]): Promise<Map<Id, Address[]>> {
  if (userIds.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('sessions')
    .select((eb) => ['user_id', 'ip', eb.fn.max('last_seen_at').as('used_at')])
    .where('user_id', '=', (eb) => eb.fn.any(eb.val([...userIds])))
    .where('ip', 'is not', null)
    .groupBy(['user_id', 'ip'])
    .orderBy('used_at', 'desc')
    .execute()
  const found = new Map<Id, Address[]>()
  for (const row of rows as (Address & { user_id: Id })[])
    found.set(row.user_id, [...(found.get(row.user_id) ?? []), { ip: row.ip, used_at: row.used_at }])
  return found
}

/** The account of whoever invited a person. */
const invitedBy = sql<Id | null>`(
  select inviter.account_id from invites join user_accounts inviter on inviter.user_id = invites.user_id
  where invites.id = users.invite_id order by inviter.created_at limit 1)`

function selectUsers(ctx: Context) {
  return ctx.db
    .selectFrom('users')
    .innerJoin('roles', 'roles.id', 'users.role_id')
    .select([
      'users.id',
      'users.email',
      'users.new_email',
      'users.confirmed_at',
      'users.approved_at',
      'users.disabled_at',
      'users.locale',
      'users.sign_up_reason',
      'users.sign_up_application_id',
      'users.sign_up_ip',
      invitedBy.as('invited_by'),
      'users.created_at',
      'users.default_privacy',
      'users.default_sensitive',
      'users.default_language',
      'users.default_quote_policy',
      'roles.id as role_id',
      'roles.name as role_name',
      'roles.permissions',
      'roles.position as role_position',
      'roles.color',
      'roles.highlighted',
    ])
}
