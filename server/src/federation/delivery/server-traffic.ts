import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'

/** What came from a server, and from those below its name, and what is on its way there. */
export async function eraseServerTraffic(tx: Tx, host: string): Promise<void> {
  const gone = await sql<{ activity_id: Id }>`
    delete from deliveries where ${host} = any(host_and_parents(host)) returning activity_id`.execute(tx.db)
  // What went to nobody else goes, too.
  await sql`
    delete from outbound_activities a where a.id = any(${gone.rows.map((row) => row.activity_id)}::bigint[])
      and not exists (select 1 from deliveries d where d.activity_id = a.id)`.execute(tx.db)
  await sql`delete from delivery_hosts where ${host} = any(host_and_parents(host))`.execute(tx.db)
  await sql`delete from inbound_activities where ${host} = any(host_and_parents(split_part(actor_uri, '/', 3)))`.execute(
    tx.db,
  )
  await sql`delete from key_fetches where ${host} = any(host_and_parents(split_part(key_id, '/', 3)))`.execute(tx.db)
}
