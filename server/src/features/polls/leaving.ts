import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

/**
 * Votes of somebody who leaves, out of the counts of our own polls too; the counts of others are theirs to tell. What
 * this person asked goes as well: statuses took it away with the posts, unless that was interrupted.
 */
export async function erasePolls(tx: Tx, accountId: Id): Promise<void> {
  const voted = await sql<{ id: Id }>`
    select status_id as id from polls where status_id in (select status_id from poll_votes where account_id = ${accountId})
    order by status_id for update`.execute(tx.db)
  await tx.db.deleteFrom('poll_votes').where('account_id', '=', accountId).execute()
  const ids = voted.rows.map((row) => row.id)
  await sql`
    update polls p set
      tallies = array(select (select count(*) from poll_votes v where v.status_id = p.status_id and v.choice = place - 1)::int
        from generate_series(1, cardinality(p.options)) as place order by place),
      voters_count = (select count(distinct v.account_id) from poll_votes v where v.status_id = p.status_id)
    where p.status_id = any(${ids}::bigint[]) and p.uri is null`.execute(tx.db)
  await tx.db.deleteFrom('polls').where('account_id', '=', accountId).execute()
}

export async function takeOutPolls(ctx: Context, accountId: Id): Promise<Record<string, unknown>> {
  const polls = await ctx.db
    .selectFrom('polls')
    .select(['status_id', 'options', 'tallies', 'voters_count', 'multiple', 'hide_totals', 'expires_at'])
    .where('account_id', '=', accountId)
    .orderBy('status_id')
    .execute()
  const votes = await ctx.db
    .selectFrom('poll_votes')
    .select(['status_id', 'choice', 'created_at'])
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .orderBy('choice')
    .execute()
  return { polls, votes }
}
