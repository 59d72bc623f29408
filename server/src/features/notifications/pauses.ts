import { sql } from 'kysely'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'

/**
 * Rests from one's own post for some seconds, or hears of it again with none. What happens meanwhile is told in one
 * row, and neither counted nor pushed; people one follows are heard as ever. Gives when it ends.
 */
export async function pausePost(
  tx: Tx,
  accountId: Id,
  statusId: Id,
  { durationS }: { durationS: number },
): Promise<string | null> {
  const own = await sql`select 1 from statuses where id = ${statusId} and account_id = ${accountId}`.execute(tx.db)
  if (own.rows.length === 0) throw new Refusal('forbidden', 'This action is not allowed')
  if (durationS === 0) {
    await tx.db
      .deleteFrom('notification_pauses')
      .where('account_id', '=', accountId)
      .where('status_id', '=', statusId)
      .execute()
    return null
  }
  const now = tx.clock.now()
  const ends_at = new Date(now.getTime() + durationS * 1000).toISOString()
  await tx.db
    .insertInto('notification_pauses')
    .values({ account_id: accountId, status_id: statusId, created_at: now.toISOString(), ends_at })
    .onConflict((conflict) => conflict.columns(['account_id', 'status_id']).doUpdateSet({ ends_at }))
    .execute()
  return ends_at
}

export async function prunePauses(ctx: Context): Promise<void> {
  await ctx.db.deleteFrom('notification_pauses').where('ends_at', '<', ctx.clock.now().toISOString()).execute()
}
