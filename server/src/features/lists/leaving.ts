import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

/** The lists of an account, and its place in those of others. */
export async function eraseLists(tx: Tx, accountId: Id): Promise<void> {
  await tx.db.deleteFrom('list_accounts').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('lists').where('account_id', '=', accountId).execute()
}

/** Lists with the addresses of their members; nobody is told in whose lists they are. */
export async function takeOutLists(ctx: Context, accountId: Id): Promise<Record<string, unknown>> {
  const found = await sql`
    select l.title, l.replies_policy, l.exclusive,
      array(select a.uri from list_accounts m join accounts a on a.id = m.account_id where m.list_id = l.id order by m.id) as members
    from lists l where l.account_id = ${accountId} order by l.id`.execute(ctx.db)
  return { lists: found.rows }
}
