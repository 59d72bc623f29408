import { sql } from 'kysely'
import type { Tx } from '#platform/context'

/** Gives every local post its address under a new public base, while nobody elsewhere knows the old one. */
export async function rewriteStatusAddresses(tx: Tx, from: string, to: string): Promise<void> {
  await sql`
    update statuses set uri = replace(uri, ${from}, ${to}), url = replace(url, ${from}, ${to}), content = replace(content, ${from}, ${to}),
      conversation_uri = replace(conversation_uri, ${from}, ${to}), version = version + 1 where is_local`.execute(tx.db)
  await sql`
    update status_edits set content = replace(content, ${from}, ${to})
    where status_id in (select id from statuses where is_local)`.execute(tx.db)
  await sql`
    update quotes set quoted_uri = replace(quoted_uri, ${from}, ${to}), authorization_uri = replace(authorization_uri, ${from}, ${to}),
      request_uri = replace(request_uri, ${from}, ${to})`.execute(tx.db)
}
