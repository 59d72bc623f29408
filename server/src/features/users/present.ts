import type { Role } from '@hamlet/contract/account'
import type { Invite } from '@hamlet/contract/invite'
import type { TeamRole } from '@hamlet/contract/role'
import type { Passkey } from '@hamlet/contract/security'
import { EVERYBODY, isBuiltin, namesOf, type RoleRow } from '#features/roles'
import type { Context } from '#platform/context'
import type { InviteRow } from './invites/invites.ts'
import type { Id } from '#lib/id'
import type { UserRow } from './store.ts'

/** What a person may do, as apps read it. */
export function presentRole(person: UserRow): Role {
  return {
    id: person.role_id,
    name: person.role_name,
    permissions: person.permissions,
    color: person.color,
    highlighted: person.highlighted,
    // Nobody can make collections here yet.
    collection_limit: 0,
  }
}

type PasskeyRow = { id: Id; name: string; is_synced: boolean; created_at: string; last_used_at: string | null }

/** A passkey for its owner. */
export function presentPasskey({ id, name, is_synced, created_at, last_used_at }: PasskeyRow): Passkey {
  return { id, name, synced: is_synced, created_at, last_used_at }
}

/** A role for whoever hands it out, who holds `own`. */
export function presentTeamRole(role: RoleRow, holders: number, own: RoleRow): TeamRole {
  const { permissions, ...rest } = role
  const isLower = role.position < own.position
  return {
    ...rest,
    permissions: namesOf(permissions),
    users_count: holders,
    builtin: isBuiltin(role.id),
    editable: isLower || role.id === own.id || role.id === EVERYBODY,
  }
}

export function presentInvite(ctx: Context, row: InviteRow): Invite {
  const { account_id: _, ...rest } = row
  const isOver = row.expires_at !== null && Date.parse(row.expires_at) <= ctx.clock.now().getTime()
  const isUsedUp = row.max_uses !== null && row.uses >= row.max_uses
  return { ...rest, url: `${ctx.config.url}/invite/${row.code}`, active: !isOver && !isUsedUp }
}
