import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

/** Everything an account wrote, and every mention of it. Mentions and tags of its posts go with them. */
export async function eraseStatuses(tx: Tx, accountId: Id): Promise<void> {
  await tx.db.deleteFrom('mentions').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('idempotency_keys').where('account_id', '=', accountId).execute()
  await sql`delete from statuses where reblog_of_id in (select id from statuses where account_id = ${accountId})`.execute(
    tx.db,
  )
  await sql`update statuses set in_reply_to_id = null, in_reply_to_account_id = null where in_reply_to_account_id = ${accountId}`.execute(
    tx.db,
  )
  await tx.db.deleteFrom('statuses').where('account_id', '=', accountId).execute()
}

export async function takeOutStatuses(ctx: Context, accountId: Id): Promise<Record<string, unknown>> {
  const statuses = await ctx.db
    .selectFrom('statuses')
    .select([
      'id',
      'uri',
      'text',
      'spoiler_text',
      'visibility',
      'language',
      'created_at',
      'edited_at',
      'in_reply_to_id',
    ])
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute()
  return { statuses }
}
