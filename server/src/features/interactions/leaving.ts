import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

/** Runs after statuses has taken this person's favourites out of its counts. */
export async function eraseInteractions(tx: Tx, accountId: Id): Promise<void> {
  await tx.db.deleteFrom('favourites').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('bookmarks').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('thread_mutes').where('account_id', '=', accountId).execute()
}

export async function takeOutInteractions(ctx: Context, accountId: Id): Promise<Record<string, unknown>> {
  const favourites = await ctx.db
    .selectFrom('favourites')
    .select(['status_id', 'created_at'])
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute()
  const bookmarks = await ctx.db
    .selectFrom('bookmarks')
    .select(['status_id', 'created_at'])
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute()
  const thread_mutes = await ctx.db
    .selectFrom('thread_mutes')
    .select(['conversation_id', 'created_at', 'expires_at'])
    .where('account_id', '=', accountId)
    .orderBy('conversation_id')
    .execute()
  return { favourites, bookmarks, thread_mutes }
}
