import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { holdStatuses } from '../quote/store.ts'
import { deleteStatus } from '../write/delete-status.ts'

/**
 * Lets go of a post of another server, to make room: it leaves no tombstone, so it is taken in again when somebody looks.
 * @returns false where somebody here did something with it in the meantime; then it stays.
 */
export async function forgetStatus(tx: Tx, authorId: Id, id: Id): Promise<boolean> {
  await holdStatuses(tx, [id])
  const found = await sql<{ uri: string }>`
    select s.uri from statuses s where s.id = ${id} and s.account_id = ${authorId} and not s.is_local and s.state = 'live'
      and not exists (select from favourites f where f.status_id = s.id)
      and not exists (select from bookmarks b where b.status_id = s.id)
      and not exists (select from quotes q join statuses by on by.id = q.status_id where q.quoted_status_id = s.id and by.is_local)
      and not exists (select from statuses o where o.is_local and (o.reblog_of_id = s.id or o.in_reply_to_id = s.id))`.execute(
    tx.db,
  )
  const uri = found.rows[0]?.uri
  if (uri === undefined) return false
  await deleteStatus(tx, authorId, id)
  await tx.db.deleteFrom('status_tombstones').where('uri', '=', uri).execute()
  return true
}
