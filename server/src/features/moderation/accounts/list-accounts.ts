import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { isTeamRole } from '#features/roles'
import { isId, type Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import type { Context } from '#platform/context'
import { readNetwork } from '#platform/net'
import { newestFirst, pageBounds, pageOrder, type PageRequest } from '#platform/db'

export const origins = ['local', 'remote'] as const
export const states = ['active', 'pending', 'disabled', 'silenced', 'suspended', 'sensitized'] as const
type Origin = (typeof origins)[number]
type State = (typeof states)[number]

/** Whom to list (mastodon-api 1.17, v2 accounts); what is not given does not narrow. */
export type AccountFilter = {
  origin?: Origin | undefined
  status?: State | undefined
  isStaff?: boolean | undefined
  roleIds?: readonly string[] | undefined
  username?: string | undefined
  displayName?: string | undefined
  domain?: string | undefined
  email?: string | undefined
  /** An address, or a network of them. */
  ip?: string | undefined
  /** The person, or their account, whose invitation they came by. */
  invitedBy?: string | undefined
}

const STATES: Record<State, RawBuilder<SqlBool>> = {
  active: sql`a.suspended_at is null and (u.id is null or (u.approved_at is not null and u.disabled_at is null))`,
  pending: sql`u.approved_at is null and u.id is not null and u.leaving_at is null`,
  disabled: sql`u.disabled_at is not null`,
  silenced: sql`a.limited_at is not null`,
  suspended: sql`a.suspended_at is not null`,
  sensitized: sql`a.sensitized_at is not null`,
}

/** The server itself is nobody. */
const IS_SOMEBODY: RawBuilder<SqlBool> = sql`not (d.is_local and a.actor_type = 'Application')`

/** Ids of accounts that fit all of a filter, the newest first. One query. */
export async function listAccountIds(ctx: Context, filter: AccountFilter, page: PageRequest): Promise<Id[]> {
  const bounds = [pageBounds(sql.ref('a.id'), page), IS_SOMEBODY, ...(await conditionsOf(ctx, filter))]
  const order = sql.raw(pageOrder(page))
  const { rows } = await sql<{ id: Id }>`
    select a.id from accounts a join domains d on d.id = a.domain_id
    left join user_accounts ua on ua.account_id = a.id left join users u on u.id = ua.user_id
    where ${sql.join(bounds, sql` and `)} group by a.id order by a.id ${order} limit ${page.limit}`.execute(ctx.db)
  return newestFirst(rows.map((row) => row.id))
}

async function conditionsOf(ctx: Context, filter: AccountFilter): Promise<RawBuilder<SqlBool>[]> {
  const { origin, status, isStaff, roleIds, username, displayName, domain, email, ip, invitedBy } = filter
  const found: RawBuilder<SqlBool>[] = []
  if (origin !== undefined) found.push(sql`d.is_local = ${origin === 'local'}`)
  if (status !== undefined) found.push(STATES[status])
  if (isStaff) found.push(sql`u.role_id = any(${await staffRoles(ctx)}::bigint[])`)
  if (roleIds?.length) found.push(sql`u.role_id = any(${roleIds}::bigint[])`)
  if (username) found.push(sql`lower(a.username) like ${prefixOf(username.replace(/^@/, ''))}`)
  if (displayName) found.push(sql`lower(a.display_name) like ${prefixOf(displayName)}`)
  if (domain) found.push(sql`d.host = ${domain.trim().toLowerCase()}`)
  if (email) found.push(sql`lower(u.email) like ${prefixOf(email)}`)
  if (ip) found.push(usedFrom(ip))
  if (invitedBy) found.push(wasInvitedBy(invitedBy))
  return found
}

async function staffRoles(ctx: Context): Promise<Id[]> {
  const roles = await ctx.db.selectFrom('roles').select(['id', 'permissions']).execute()
  return roles.filter((role) => isTeamRole(role.permissions)).map((role) => role.id)
}

const prefixOf = (text: string): string =>
  `${text
    .trim()
    .toLowerCase()
    .replaceAll(/[\\%_]/g, String.raw`\$&`)}%`

/** Somebody who signed up, or whose browser was seen, at an address; what is no address or network is refused. */
function usedFrom(ip: string): RawBuilder<SqlBool> {
  const network = readNetwork(ip)
  if (network === undefined) throw new Refusal('badRequest', 'ip is not an address or a network')
  return sql`(u.sign_up_ip <<= ${network}::inet
    or exists (select 1 from sessions s where s.user_id = u.id and s.ip <<= ${network}::inet))`
}

function wasInvitedBy(id: string): RawBuilder<SqlBool> {
  if (!isId(id)) throw new Refusal('badRequest', 'invited_by is nobody')
  return sql`exists (
    select 1 from invites i join user_accounts iua on iua.user_id = i.user_id
    where i.id = u.invite_id and (i.user_id = ${id} or iua.account_id = ${id}))`
}
