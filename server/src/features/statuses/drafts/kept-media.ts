import { sql } from 'kysely'
import { releaseMedia } from '#features/media'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'

/** Lets uploads be swept again unless another draft, or a post that waits for its hour, still has them. */
export async function releaseUnheld(tx: Tx, accountId: Id, ids: readonly Id[]): Promise<void> {
  if (ids.length === 0) return
  const found = await sql<{ id: Id }>`
    select unnest(media_ids) as id from drafts where account_id = ${accountId} and media_ids && ${[...ids]}::bigint[]
    union select unnest(media_ids) from scheduled_statuses where account_id = ${accountId} and media_ids && ${[...ids]}::bigint[]`.execute(
    tx.db,
  )
  const held = new Set(found.rows.map((row) => row.id))
  await releaseMedia(
    tx,
    accountId,
    ids.filter((id) => !held.has(id)),
  )
}
