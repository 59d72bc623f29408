import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'

/** What an account sent away, where it was sent away itself, and what was decided of its posts; scores with them. */
export async function eraseDiscovery(tx: Tx, accountId: Id): Promise<void> {
  await tx.db
    .deleteFrom('dismissed_suggestions')
    .where((eb) => eb.or([eb('account_id', '=', accountId), eb('target_account_id', '=', accountId)]))
    .execute()
  await tx.db.deleteFrom('trend_reviews').where('kind', '=', 'author').where('subject_id', '=', accountId).execute()
  for (const table of ['trend_reviews', 'trending_statuses'] as const) {
    const subject = table === 'trend_reviews' ? sql`t.kind = 'status' and t.subject_id` : sql`t.status_id`
    await sql`delete from ${sql.table(table)} t using statuses s where ${subject} = s.id and s.account_id = ${accountId}`.execute(
      tx.db,
    )
  }
}
