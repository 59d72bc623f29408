import { sql, type RawBuilder } from 'kysely'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'

/**
 * Takes messages out of every thread that has them; a thread ends with its last message. `which` is a condition on
 * `direct_thread_statuses`, joined as `m`. The threads are held first: what is gathered meanwhile is seen.
 */
export async function dropMessages(tx: Tx, which: RawBuilder<unknown>): Promise<void> {
  const held = await sql<{ id: Id }>`
    select t.id from direct_threads t where t.id in (select m.thread_id from direct_thread_statuses m where ${which})
    order by t.id for update`.execute(tx.db)
  if (held.rows.length === 0) return
  const threads = held.rows.map((row) => row.id)
  await sql`delete from direct_thread_statuses m where m.thread_id = any(${threads}::bigint[]) and ${which}`.execute(
    tx.db,
  )
  await sql`delete from direct_threads t where t.id = any(${threads}::bigint[])
    and not exists (select 1 from direct_thread_statuses m where m.thread_id = t.id)`.execute(tx.db)
  await sql`update direct_threads t
    set last_status_id = (select max(m.status_id) from direct_thread_statuses m where m.thread_id = t.id)
    where t.id = any(${threads}::bigint[])`.execute(tx.db)
}
