import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

/**
 * Before posts are deleted: what quotes them has lost its quoted post, and what they quote is quoted once less. The
 * caller holds the posts and what they quote.
 */
export async function dropQuotesOf(tx: Tx, statusIds: readonly Id[]): Promise<void> {
  const ids = [...statusIds]
  await sql`update quotes set quoted_status_id = null, quoted_account_id = null,
      state = case when state in ('pending', 'accepted') then 'deleted' else state end
    where quoted_status_id = any(${ids}::bigint[])`.execute(tx.db)
  await sql`update statuses s set quotes_count = greatest(0, s.quotes_count - gone.count)
    from (select quoted_status_id, count(*)::int as count from quotes
      where status_id = any(${ids}::bigint[]) and state = 'accepted' and quoted_status_id is not null group by 1) gone
    where gone.quoted_status_id = s.id`.execute(tx.db)
  await sql`delete from quotes where status_id = any(${ids}::bigint[])`.execute(tx.db)
}

/** Everything that an account quoted, and its name in what quoted it. */
export async function eraseQuotes(tx: Tx, accountId: Id): Promise<void> {
  await sql`select id from statuses where account_id = ${accountId}
      or id in (select quoted_status_id from quotes where account_id = ${accountId}) order by id for update`.execute(
    tx.db,
  )
  // The address of what was quoted, and that of the leave for it, name the account.
  await sql`update quotes set quoted_uri = null, authorization_uri = null where quoted_account_id = ${accountId}`.execute(
    tx.db,
  )
  const written = await tx.db.selectFrom('statuses').select('id').where('account_id', '=', accountId).execute()
  await dropQuotesOf(
    tx,
    written.map((row) => row.id),
  )
  await tx.db
    .updateTable('quotes')
    .set({ quoted_account_id: null })
    .where('quoted_account_id', '=', accountId)
    .execute()
}

export async function takeOutQuotes(ctx: Context, accountId: Id) {
  return ctx.db
    .selectFrom('quotes')
    .select(['status_id', 'quoted_uri', 'state', 'created_at'])
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute()
}
