import { Refusal } from '#lib/refusal'
import { user } from '#platform/http'

/** What a role may allow; the place in the list is the bit (mastodon-features, roles: names and bits are Mastodon's). */
export const permissions = [
  'administrator',
  'view_devops',
  'view_audit_log',
  'view_dashboard',
  'manage_reports',
  'manage_federation',
  'manage_settings',
  'manage_blocks',
  'manage_taxonomies',
  'manage_appeals',
  'manage_users',
  'manage_invites',
  'manage_rules',
  'manage_announcements',
  'manage_custom_emojis',
  'manage_webhooks',
  'invite_users',
  'manage_roles',
  'manage_user_access',
  'delete_user_data',
  'view_feeds',
  'invite_bypass_approval',
  'manage_email_subscriptions',
] as const
export type Permission = (typeof permissions)[number]

export const isPermission = (name: string): name is Permission => permissions.includes(name as Permission)
const bitOf = (name: Permission): bigint => 1n << BigInt(permissions.indexOf(name))
const ALL = (1n << BigInt(permissions.length)) - 1n

/** The bits of permissions, as the text that rows and Mastodon's Role carry. */
export const bitsOf = (names: readonly Permission[]): string =>
  names.reduce((bits, name) => bits | bitOf(name), 0n).toString()

export const namesOf = (bits: string): Permission[] => permissions.filter((name) => (BigInt(bits) & bitOf(name)) !== 0n)

/** What a role's bits come to: administrators may everything. */
export function reachOf(bits: string): bigint {
  return (BigInt(bits) & bitOf('administrator')) === 0n ? BigInt(bits) & ALL : ALL
}

export function isAllowed(bits: string, needed: Permission): boolean {
  return (reachOf(bits) & bitOf(needed)) !== 0n
}

/** Whether a role makes its holders part of the team: beyond inviting, that is, and what concerns only themselves. */
export const isTeamRole = (bits: string): boolean =>
  namesOf(bits).some((name) => name === 'administrator' || /^(view|manage|delete)_/.test(name))

/** Whether whoever has these bits has all of those. */
export const coversAll = (bits: string, others: string): boolean => (BigInt(others) & ~reachOf(bits)) === 0n

export function requirePermission(bits: string, needed: Permission): void {
  if (!isAllowed(bits, needed)) throw new Refusal('forbidden', 'This action is not allowed')
}

/** Access to a route for a person whose role lets them, through an app with this scope. */
export const team = <S extends string>(scope: S, permission: Permission) => ({ ...user(scope), permission }) as const
