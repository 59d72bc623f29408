import { sql } from 'kysely'
import type { Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'

/** A person filters otherwise than before: what their apps show may have to be read anew. */
export const filtersChanged = defineEvent<{ accountId: Id }>('filters.changed')

/** mastodon-limits, Filters, knows none for these; ours keep one person from making everybody wait. */
const MOST = { filters: 1_000, keywords: 5_000, posts: 5_000 }

/**
 * Changes a person's filters one change after the other, with a new version of them, and within what one may have. Every
 * write of this room goes through here.
 */
export async function changeFilters<T>(tx: Tx, accountId: Id, change: () => Promise<T>): Promise<T> {
  await sql`insert into filter_versions (account_id) values (${accountId})
    on conflict (account_id) do update set version = default`.execute(tx.db)
  const result = await change()
  await requireFew(tx, accountId)
  await emit(tx, filtersChanged, { accountId })
  return result
}

async function requireFew(tx: Tx, accountId: Id): Promise<void> {
  const own = sql`(select id from filters where account_id = ${accountId})`
  const found = await sql<typeof MOST>`
    select (select count(*)::int from filters where account_id = ${accountId}) as filters,
      (select count(*)::int from filter_keywords where filter_id in ${own}) as keywords,
      (select count(*)::int from filter_statuses where filter_id in ${own}) as posts`.execute(tx.db)
  for (const [name, most] of Object.entries(MOST)) {
    const count = found.rows[0]?.[name as keyof typeof MOST] ?? 0
    if (count > most) throw invalid(`Validation failed: More than ${most} ${name} are too many`)
  }
}
