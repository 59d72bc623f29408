import type { RoleLimit } from '@hamlet/contract/permissions'
import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'

export type RoleRow = {
  id: Id
  name: string
  position: number
  permissions: string
  color: string
  highlighted: boolean
  require_2fa: boolean
} & Record<RoleLimit, number | null>

const columns = [
  'id',
  'name',
  'position',
  sql<string>`permissions::text`.as('permissions'),
  'color',
  'highlighted',
  'require_2fa',
  'posts_per_hour',
  'open_invites',
] as const

/** All roles, the highest first. One query. */
export async function listRoles(ctx: Context): Promise<RoleRow[]> {
  return ctx.db.selectFrom('roles').select(columns).orderBy('position', 'desc').orderBy('id').execute()
}

export async function findRole(ctx: Context, id: Id): Promise<RoleRow | undefined> {
  return ctx.db.selectFrom('roles').select(columns).where('id', '=', id).executeTakeFirst()
}
