import { isId } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { bitsOf, type Permission } from './permissions.ts'

export type RoleName = 'user' | 'moderator' | 'admin' | 'owner'

/** The roles every server starts with. `-99` is everybody. */
export const roleIds: Record<RoleName, string> = { user: '-99', moderator: '1', admin: '2', owner: '3' }
export const roleNames = Object.keys(roleIds) as RoleName[]
/** Whoever has no other role has this one. */
export const EVERYBODY = roleIds.user

/** Text that may name a role: that of everybody has an id below zero. */
export const isRoleId = (text: string): boolean => text === EVERYBODY || isId(text)

/** What everybody may be allowed, and nothing beyond (mastodon-features, roles). */
export const everybodysPermissions: readonly Permission[] = ['invite_users', 'invite_bypass_approval']

const MODERATOR: readonly Permission[] = [
  'view_dashboard',
  'view_audit_log',
  'view_feeds',
  'manage_users',
  'manage_reports',
  'manage_taxonomies',
  'manage_appeals',
]
const ADMIN: readonly Permission[] = [
  ...MODERATOR,
  ...everybodysPermissions,
  'manage_federation',
  'manage_settings',
  'manage_blocks',
  'manage_invites',
  'manage_rules',
  'manage_announcements',
  'manage_custom_emojis',
  'manage_webhooks',
  'manage_roles',
  'manage_user_access',
  'delete_user_data',
]

export const builtinRoles = [
  { id: roleIds.user, name: '', position: -1, permissions: bitsOf(['invite_users']) },
  { id: roleIds.moderator, name: 'Moderator', position: 10, permissions: bitsOf(MODERATOR) },
  { id: roleIds.admin, name: 'Admin', position: 100, permissions: bitsOf(ADMIN) },
  { id: roleIds.owner, name: 'Owner', position: 1000, permissions: bitsOf(['administrator']) },
]

/** The id of a role by the name that the command line uses. */
export function requireRoleId(name: string): string {
  const id = roleIds[name as RoleName]
  if (id === undefined) throw new Refusal('invalid', `"${name}" is no role. Choose one of ${roleNames.join(', ')}.`)
  return id
}
