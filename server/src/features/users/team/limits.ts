import type { RoleLimit } from '@hamlet/contract/permissions'
import { lockAccounts } from '#features/accounts'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

/** What the role of whoever acts for an account limits; null is no limit. One query. */
export async function findRoleLimits(ctx: Context, accountId: Id): Promise<Record<RoleLimit, number | null>> {
  const row = await ctx.db
    .selectFrom('user_accounts')
    .innerJoin('users', 'users.id', 'user_accounts.user_id')
    .innerJoin('roles', 'roles.id', 'users.role_id')
    .select(['roles.posts_per_hour', 'roles.open_invites'])
    .where('user_accounts.account_id', '=', accountId)
    .orderBy('user_accounts.created_at')
    .executeTakeFirst()
  return row ?? { posts_per_hour: null, open_invites: null }
}

/** How many posts somebody's role allows them in an hour; of two who ask at once the second waits for the first. */
export async function holdPostLimit(tx: Tx, accountId: Id): Promise<number | null> {
  const limit = (await findRoleLimits(tx, accountId)).posts_per_hour
  if (limit !== null) await lockAccounts(tx, [accountId])
  return limit
}
