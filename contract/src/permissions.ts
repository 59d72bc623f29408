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

/** Whether a permission makes whoever has it one of the team: beyond inviting, that is, and what concerns only themselves. */
export const isTeamPermission = (name: Permission): boolean =>
  name === 'administrator' || (/^(view|manage|delete)_/.test(name) && name !== 'manage_email_subscriptions')

/** What a role's bits (a decimal number, as in Mastodon's Role) allow; administrators may everything. */
export function holds(bits: string, name: Permission): boolean {
  return (BigInt(bits) & (1n | (1n << BigInt(permissions.indexOf(name))))) !== 0n
}

/** Bounds of what a role may limit; what is not limited goes by what holds for everybody. */
export const roleLimits = {
  posts_per_hour: { least: 1, most: 300 },
  open_invites: { least: 0, most: 100 },
} as const
export type RoleLimit = keyof typeof roleLimits
