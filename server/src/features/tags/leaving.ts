import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

/** What somebody followed, used and showed; the hashtags themselves are everybody's. */
export async function eraseTags(tx: Tx, accountId: Id): Promise<void> {
  await tx.db.deleteFrom('tag_follows').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('featured_tags').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('tag_days').where('account_id', '=', accountId).execute()
}

export async function takeOutTags(ctx: Context, accountId: Id): Promise<Record<string, unknown>> {
  const read = async (table: 'tag_follows' | 'featured_tags') => {
    const rows = await ctx.db
      .selectFrom(table)
      .select('name')
      .where('account_id', '=', accountId)
      .orderBy('id')
      .execute()
    return rows.map((row) => row.name)
  }
  return { followed_tags: await read('tag_follows'), featured_tags: await read('featured_tags') }
}
