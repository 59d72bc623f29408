import { Refusal } from '#lib/refusal'

export type RoleName = 'user' | 'moderator' | 'admin' | 'owner'

/** The roles every server starts with. `-99` is everybody. */
export const roleIds: Record<RoleName, string> = { user: '-99', moderator: '1', admin: '2', owner: '3' }
export const roleNames = Object.keys(roleIds) as RoleName[]

const ADMINISTRATOR = 1
const VIEW_DASHBOARD = 1 << 3
const MANAGE_REPORTS = 1 << 4
const VIEW_AUDIT_LOG = 1 << 2
const MANAGE_USERS = 1 << 10
const MANAGE_FEDERATION = 1 << 5
const MANAGE_SETTINGS = 1 << 6
const MANAGE_BLOCKS = 1 << 7
const MANAGE_RULES = 1 << 12
const MANAGE_ANNOUNCEMENTS = 1 << 13
const MODERATION = VIEW_DASHBOARD | VIEW_AUDIT_LOG | MANAGE_USERS | MANAGE_REPORTS

export const builtinRoles = [
  { id: roleIds.user, name: '', position: -1, permissions: 0 },
  { id: roleIds.moderator, name: 'Moderator', position: 10, permissions: MODERATION },
  {
    id: roleIds.admin,
    name: 'Admin',
    position: 100,
    permissions: MODERATION | MANAGE_FEDERATION | MANAGE_SETTINGS | MANAGE_BLOCKS | MANAGE_RULES | MANAGE_ANNOUNCEMENTS,
  },
  { id: roleIds.owner, name: 'Owner', position: 1000, permissions: ADMINISTRATOR },
]

/** The id of a role by the name that the command line uses. */
export function requireRoleId(name: string): string {
  const id = roleIds[name as RoleName]
  if (id === undefined) throw new Refusal('invalid', `"${name}" is no role. Choose one of ${roleNames.join(', ')}.`)
  return id
}
