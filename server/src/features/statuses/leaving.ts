import { sql } from 'kysely'
import { lockAccounts, uncountStatus } from '#features/accounts'
import { unlinkStatuses } from '#features/cards'
import { forgetFilteredPosts } from '#features/filters'
import { forgetStatuses } from '#features/interactions'
import { eraseQuotes, takeOutQuotes } from './quote/drop-quotes.ts'
import { forgetPolls } from '#features/polls'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { readClearing } from './clearing/policy.ts'
import { listDrafts } from './drafts/store.ts'
import { listAllScheduled } from './scheduled/store.ts'

/** Everything an account wrote, and every mention of it. Mentions and tags of its posts go with them. */
export async function eraseStatuses(tx: Tx, accountId: Id): Promise<void> {
  await tx.db.deleteFrom('mentions').where('account_id', '=', accountId).execute()
  for (const table of ['idempotency_keys', 'drafts', 'scheduled_statuses', 'status_pins', 'status_clearings'] as const)
    await tx.db.deleteFrom(table).where('account_id', '=', accountId).execute()
  const written = await tx.db.selectFrom('statuses').select('id').where('account_id', '=', accountId).execute()
  const ids = written.map((row) => row.id)
  await forgetStatuses(tx, ids)
  await unlinkStatuses(tx, ids)
  await forgetPolls(tx, ids)
  await forgetFilteredPosts(tx, ids)
  await eraseQuotes(tx, accountId)
  await sql`update statuses parent set replies_count = greatest(0, parent.replies_count - gone.replies)
    from (select in_reply_to_id, count(*)::int as replies from statuses where account_id = ${accountId} and state = 'live' and in_reply_to_id is not null
        and not exists (select 1 from set_aside_replies e where e.status_id = statuses.id) group by 1) gone
    where gone.in_reply_to_id = parent.id`.execute(tx.db)
  const boosts = await sql<{ account_id: Id }>`
    delete from statuses where reblog_of_id in (select id from statuses where account_id = ${accountId}) returning account_id`.execute(
    tx.db,
  )
  const boosters = boosts.rows.map((row) => row.account_id)
  await lockAccounts(tx, boosters)
  for (const booster of boosters) await uncountStatus(tx, booster)
  await sql`update statuses set reblogs_count = reblogs_count - 1
    where id in (select reblog_of_id from statuses where account_id = ${accountId} and reblog_of_id is not null)`.execute(
    tx.db,
  )
  await sql`update statuses set favourites_count = favourites_count - 1
    where id in (select status_id from favourites where account_id = ${accountId})`.execute(tx.db)
  await sql`update statuses set in_reply_to_id = null, in_reply_to_account_id = null where in_reply_to_account_id = ${accountId}`.execute(
    tx.db,
  )
  await tx.db.deleteFrom('statuses').where('account_id', '=', accountId).execute()
  // A thread without whoever began it has no rule.
  await tx.db.deleteFrom('set_aside_replies').where('decider_id', '=', accountId).execute()
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
  const [quotes, drafts] = [await takeOutQuotes(ctx, accountId), await listDrafts(ctx, accountId)]
  const clearing = await readClearing(ctx, accountId)
  return { statuses, quotes, drafts, clearing, scheduled: await listAllScheduled(ctx, accountId) }
}
