import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'

export type ItemCounts = { total: number; done: number; already: number }

export async function countItems(ctx: Context, bulkId: Id): Promise<ItemCounts> {
  const { rows } = await sql<ItemCounts>`
    select count(*)::int as total, count(*) filter (where state = 'done')::int as done,
      count(*) filter (where state = 'already')::int as already
    from bulk_items where bulk_id = ${bulkId}`.execute(ctx.db)
  return rows[0] ?? { total: 0, done: 0, already: 0 }
}

/** About whom nothing could be decided, and why. */
export async function listFailed(ctx: Context, bulkId: Id) {
  return ctx.db
    .selectFrom('bulk_items')
    .select(['target_account_id', 'fault'])
    .where('bulk_id', '=', bulkId)
    .where('state', '=', 'failed')
    .orderBy('target_account_id')
    .limit(100)
    .execute()
}
