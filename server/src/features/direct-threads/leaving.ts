import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { dropMessages } from './drop-messages.ts'

/**
 * Their own threads; what they wrote in those of others; and they themselves among the people of these. A thread in
 * which nobody else is left ends. Runs before statuses forgets who wrote what.
 */
export async function eraseThreads(tx: Tx, accountId: Id): Promise<void> {
  await tx.db.deleteFrom('direct_threads').where('account_id', '=', accountId).execute()
  await dropMessages(
    tx,
    sql`exists (select 1 from statuses s where s.id = m.status_id and s.account_id = ${accountId})`,
  )
  const left = await tx.db
    .deleteFrom('direct_thread_accounts')
    .where('account_id', '=', accountId)
    .returning('thread_id')
    .execute()
  const threads = left.map((row) => row.thread_id)
  await sql`delete from direct_threads t where t.id = any(${threads}::bigint[])
    and not exists (select 1 from direct_thread_accounts p where p.thread_id = t.id)`.execute(tx.db)
}

export async function takeOutThreads(ctx: Context, accountId: Id): Promise<Record<string, unknown>> {
  const found = await sql<{ people: string[]; statuses: string[] }>`
    select
      array(select a.uri from direct_thread_accounts p join accounts a on a.id = p.account_id
        where p.thread_id = t.id order by a.id) as people,
      array(select s.uri from direct_thread_statuses m join statuses s on s.id = m.status_id
        where m.thread_id = t.id order by s.id) as statuses
    from direct_threads t where t.account_id = ${accountId} order by t.id`.execute(ctx.db)
  return { private_mentions: found.rows }
}
