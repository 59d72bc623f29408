import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

/** What somebody followed and used; the hashtags themselves are everybody's. */
export async function eraseTags(tx: Tx, accountId: Id): Promise<void> {
  await tx.db.deleteFrom('tag_follows').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('tag_days').where('account_id', '=', accountId).execute()
}

export async function takeOutTags(ctx: Context, accountId: Id): Promise<Record<string, unknown>> {
  const rows = await ctx.db
    .selectFrom('tag_follows')
    .select('name')
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute()
  return { followed_tags: rows.map((row) => row.name) }
}
