import { sql } from 'kysely'
import { isId, type Id } from '#lib/id'
import type { Tx } from '#platform/context'

/**
 * Keeps an account's uploads that no post holds from being swept, for something that will need them. Gives those that
 * there are, in the order that they were named. Whoever holds them lets them go with `releaseMedia`.
 */
export async function holdMedia(tx: Tx, accountId: Id, ids: readonly string[]): Promise<Id[]> {
  const known = [...new Set(ids)].filter(isId)
  if (known.length === 0) return []
  const held = await sql<{ id: Id }>`
    update media set loose_since = null where id = any(${known}::bigint[]) and account_id = ${accountId} and status_id is null
    returning id`.execute(tx.db)
  const found = new Set(held.rows.map((row) => row.id))
  return known.filter((id) => found.has(id))
}

/** Uploads that nothing needs any more are kept a day; what a post holds stays with it. */
export async function releaseMedia(tx: Tx, accountId: Id, ids: readonly Id[]): Promise<void> {
  if (ids.length === 0) return
  await sql`
    update media set loose_since = ${tx.clock.now().toISOString()}
    where id = any(${[...ids]}::bigint[]) and account_id = ${accountId} and status_id is null and loose_since is null`.execute(
    tx.db,
  )
}
