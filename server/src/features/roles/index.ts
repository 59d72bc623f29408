/**
 * Purpose: who may do what on this server. Owns: roles. Events: none yet.
 * Ids and permission bits are Mastodon's, so that its admin apps read them (mastodon-features, roles).
 */
import { defineRoom, none } from '#platform/room'

export { roleIds, roleNames, requireRoleId, type RoleName } from './builtin.ts'
export { ensureRoles } from './ensure-roles.ts'
export { isAllowed, requirePermission, type Permission } from './permissions.ts'

export const roles = defineRoom({
  name: 'roles',
  erase: none('roles belong to the server'),
  takeout: none('roles belong to the server'),
})
