import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

/** What somebody chose and put away goes with them, and where a text names them stands a mere word. */
export async function eraseAnnouncements(tx: Tx, accountId: Id): Promise<void> {
  await tx.db.deleteFrom('announcement_reactions').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('announcement_dismissals').where('account_id', '=', accountId).execute()
  await sql`
    update announcements set mention_ids = array_remove(mention_ids, ${accountId}::bigint)
    where mention_ids @> array[${accountId}::bigint]`.execute(tx.db)
}

export async function takeOutAnnouncements(ctx: Context, accountId: Id): Promise<Record<string, unknown>> {
  const announcement_reactions = await ctx.db
    .selectFrom('announcement_reactions')
    .innerJoin('announcements', 'announcements.id', 'announcement_reactions.announcement_id')
    .select(['announcements.text', 'announcement_reactions.name', 'announcement_reactions.created_at'])
    .where('announcement_reactions.account_id', '=', accountId)
    .execute()
  const announcement_dismissals = await ctx.db
    .selectFrom('announcement_dismissals')
    .select(['announcement_id', 'created_at'])
    .where('account_id', '=', accountId)
    .execute()
  return { announcement_reactions, announcement_dismissals }
}
