/**
 * Purpose: who may do what on this server. Owns: roles. Events: none yet.
 * Ids and permission bits are Mastodon's, so that its admin apps read them (mastodon-features, roles).
 */
import { defineRoom, none } from '#platform/room'

export { builtinRoles, EVERYBODY, isRoleId, roleIds, roleNames, requireRoleId, type RoleName } from './builtin.ts'
export { ensureRoles } from './ensure-roles.ts'
export {
  bitsOf,
  coversAll,
  isAllowed,
  isPermission,
  isTeamRole,
  namesOf,
  permissions,
  requirePermission,
  team,
  type Permission,
} from './permissions.ts'
export { findRole, listRoles, type RoleRow } from './store.ts'
export {
  changeRole,
  createRole,
  deleteRole,
  holdRoles,
  isBuiltin,
  requireGrantable,
  type Actor,
  type RoleWish,
} from './write.ts'

export const roles = defineRoom({
  name: 'roles',
  erase: none('roles belong to the server'),
  takeout: none('roles belong to the server'),
})
