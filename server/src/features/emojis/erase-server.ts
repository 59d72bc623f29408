import { sql } from 'kysely'
import { dropFiles, forgetPicturesNamed } from '#features/media'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'

/** The emoji that a server, and those below its name, sent along. */
export async function eraseServerEmojis(tx: Tx, host: string): Promise<void> {
  const gone = await sql<{ id: Id; original_key: string | null; static_key: string | null }>`
    delete from custom_emojis e using domains d where d.id = e.domain_id and not d.is_local
      and ${host} = any(host_and_parents(d.host)) returning e.id, e.original_key, e.static_key`.execute(tx.db)
  await forgetPicturesNamed(
    tx,
    'emoji',
    gone.rows.map((row) => row.id),
  )
  await dropFiles(
    tx,
    gone.rows.flatMap((row) => [row.original_key, row.static_key]),
  )
}
