import type { Context } from '#platform/context'
import { builtinRoles } from './builtin.ts'

/** Makes the built-in roles at first start; what an admin changed since is kept. */
export async function ensureRoles(ctx: Context): Promise<void> {
  const created_at = ctx.clock.now().toISOString()
  await ctx.db
    .insertInto('roles')
    .values(builtinRoles.map((role) => ({ ...role, created_at })))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}
