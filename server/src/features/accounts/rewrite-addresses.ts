import { sql } from 'kysely'
import type { Tx } from '#platform/context'

/** Gives every local account its addresses under a new public base, while nobody elsewhere knows the old one. */
export async function rewriteLocalAddresses(tx: Tx, from: string, to: string): Promise<void> {
  await sql`
    update accounts set uri = replace(uri, ${from}, ${to}), url = replace(url, ${from}, ${to}), inbox_url = replace(inbox_url, ${from}, ${to}),
      outbox_url = replace(outbox_url, ${from}, ${to}), followers_url = replace(followers_url, ${from}, ${to}),
      following_url = replace(following_url, ${from}, ${to}), shared_inbox_url = replace(shared_inbox_url, ${from}, ${to}), version = version + 1
    where domain_id in (select id from domains where is_local)`.execute(tx.db)
  await sql`
    update account_keys set key_id = replace(key_id, ${from}, ${to})
    where account_id in (select a.id from accounts a join domains d on d.id = a.domain_id where d.is_local)`.execute(
    tx.db,
  )
}
