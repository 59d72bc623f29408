import { sql, type RawBuilder } from 'kysely'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { dropFiles } from '../files.ts'

/** Lets go of what is kept of these pictures, files after commit. Gives how many went. */
export async function forgetPictures(tx: Tx, which: RawBuilder<unknown>): Promise<number> {
  const gone = await sql<{ original_key: string | null; small_key: string | null }>`
    delete from remote_pictures where ${which} returning original_key, small_key`.execute(tx.db)
  await dropFiles(
    tx,
    gone.rows.flatMap((row) => [row.original_key, row.small_key]),
  )
  return gone.rows.length
}

/** Everything that is kept of an account's pictures, those on its posts too. */
export async function forgetPicturesOf(tx: Tx, accountId: Id): Promise<void> {
  await forgetPictures(tx, sql`account_id = ${accountId}`)
}

/** What is kept of pictures that these emoji or link previews had. */
export async function forgetPicturesNamed(tx: Tx, kind: 'emoji' | 'card', subjectIds: readonly Id[]): Promise<void> {
  if (subjectIds.length === 0) return
  await forgetPictures(tx, sql`kind = ${kind} and subject_id = any(${[...subjectIds]}::bigint[])`)
}

/** What is kept of faces and covers that an account no longer has. */
export async function forgetOldPictures(
  tx: Tx,
  accountId: Id,
  current: { avatar: string | null; header: string | null },
): Promise<void> {
  await forgetPictures(
    tx,
    sql`account_id = ${accountId} and kind in ('avatar', 'header')
      and url is distinct from (case kind when 'avatar' then ${current.avatar}::text else ${current.header}::text end)`,
  )
}

/** Everything that is kept of a server's pictures, and of what its people showed from elsewhere. */
export async function eraseServerPictures(tx: Tx, host: string): Promise<void> {
  await forgetPictures(tx, sql`${host} = any(host_and_parents(host)) or ${host} = any(host_and_parents(account_host))`)
}
