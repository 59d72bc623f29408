import type { Id } from '#lib/id'
import type { Context } from '#platform/context'

export type UserRow = NonNullable<Awaited<ReturnType<typeof findUser>>>

/** A person who may log in, with the role that says what they may do. */
export async function findUser(ctx: Context, id: Id) {
  return selectUsers(ctx).where('users.id', '=', id).executeTakeFirst()
}

/** The first person who acts for an account. */
export async function findUserOfAccount(ctx: Context, accountId: Id) {
  return selectUsers(ctx)
    .innerJoin('user_accounts', 'user_accounts.user_id', 'users.id')
    .where('user_accounts.account_id', '=', accountId)
    .orderBy('user_accounts.created_at')
    .executeTakeFirst()
}

/** How many people may log in. */
export async function countUsers(ctx: Context): Promise<number> {
  const row = await ctx.db
    .selectFrom('users')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

function selectUsers(ctx: Context) {
  return ctx.db
    .selectFrom('users')
    .innerJoin('roles', 'roles.id', 'users.role_id')
    .select([
      'users.id',
      'users.email',
      'users.confirmed_at',
      'users.approved_at',
      'users.disabled_at',
      'users.default_privacy',
      'users.default_sensitive',
      'users.default_language',
      'users.default_quote_policy',
      'roles.id as role_id',
      'roles.name as role_name',
      'roles.permissions',
      'roles.color',
      'roles.highlighted',
    ])
}
