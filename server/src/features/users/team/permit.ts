import { EVERYBODY, isPermission, requirePermission } from '#features/roles'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'

/** Lets somebody pass whose role allows it, or everybody's; throws a Refusal otherwise. One query. */
export async function permitUser(ctx: Context, userId: Id, permission: string): Promise<void> {
  const row = await ctx.db
    .selectFrom('users')
    .innerJoin('roles', 'roles.id', 'users.role_id')
    .innerJoin('roles as everybodys', (join) => join.on('everybodys.id', '=', EVERYBODY))
    .select(['roles.permissions', 'everybodys.permissions as everybodys'])
    .where('users.id', '=', userId)
    .executeTakeFirst()
  if (!isPermission(permission)) throw new Error(`${permission} is no permission`)
  const bits = row ? BigInt(row.permissions) | BigInt(row.everybodys) : 0n
  requirePermission(bits.toString(), permission)
}
