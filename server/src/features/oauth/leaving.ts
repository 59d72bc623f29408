import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

export async function eraseTokens(tx: Tx, accountId: Id): Promise<void> {
  await tx.db.deleteFrom('oauth_grants').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('oauth_tokens').where('account_id', '=', accountId).execute()
}

/** Which apps were let in, never the tokens themselves. */
export async function takeOutTokens(ctx: Context, accountId: Id): Promise<Record<string, unknown>> {
  const apps = await ctx.db
    .selectFrom('oauth_tokens')
    .innerJoin('oauth_applications', 'oauth_applications.id', 'oauth_tokens.application_id')
    .select(['oauth_applications.name', 'oauth_tokens.scopes', 'oauth_tokens.created_at'])
    .where('oauth_tokens.account_id', '=', accountId)
    .execute()
  return { apps }
}
