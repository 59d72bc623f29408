import { sql } from 'kysely'
import { isId, makeId, type Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { enqueue } from '#platform/jobs'
import { deleteFiles } from './jobs.ts'

export const MOST_PICTURES = 4

/** Gives a post its pictures, in order: one's own, and none that another post has. Of two posts at once one gets them. */
export async function attachMedia(tx: Tx, accountId: Id, statusId: Id, ids: readonly string[]): Promise<void> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return
  if (wanted.length > MOST_PICTURES) throw invalid('Validation failed: Cannot attach more than 4 files')
  if (!wanted.every(isId)) throw invalid('Validation failed: Media not found')
  const found = await sql<{ id: Id }>`
    update media set status_id = ${statusId}, position = array_position(${wanted}::bigint[], id)
    where id = any(${wanted}::bigint[]) and account_id = ${accountId} and (status_id is null or status_id = ${statusId}) returning id`.execute(
    tx.db,
  )
  if (found.rows.length !== wanted.length) throw invalid('Validation failed: Media not found, or used by another post')
}

/** Takes pictures from a post that an edit leaves out. */
export async function keepOnlyMedia(tx: Tx, statusId: Id, ids: readonly string[]): Promise<void> {
  const kept = ids.filter(isId)
  const gone = await sql<{ file_key: string | null; preview_key: string | null }>`
    delete from media where status_id = ${statusId} and not id = any(${kept}::bigint[]) returning file_key, preview_key`.execute(
    tx.db,
  )
  await dropFiles(tx, gone.rows)
}

export type RemotePicture = {
  url: string
  mediaType: string
  description: string | null
  blurhash: string | null
  width: number
  height: number
  focus?: { x: number; y: number } | undefined
}

/** Pictures of a post from elsewhere: described here, and fetched by whoever looks. */
export async function addRemoteMedia(
  tx: Tx,
  accountId: Id,
  statusId: Id,
  pictures: readonly RemotePicture[],
): Promise<void> {
  if (pictures.length === 0) return
  const now = tx.clock.now()
  await tx.db
    .insertInto('media')
    .values(
      pictures.map((picture, index) => ({
        id: makeId(now.getTime() + index),
        account_id: accountId,
        status_id: statusId,
        position: index + 1,
        media_type: picture.mediaType,
        remote_url: picture.url,
        description: picture.description,
        blurhash: picture.blurhash,
        width: picture.width,
        height: picture.height,
        focus_x: picture.focus?.x ?? 0,
        focus_y: picture.focus?.y ?? 0,
        created_at: now.toISOString(),
      })),
    )
    .execute()
}

/** What posts that go had with them: rows now, files after commit. */
export async function forgetMediaOf(tx: Tx, statusIds: readonly Id[]): Promise<void> {
  if (statusIds.length === 0) return
  const gone = await sql<{ file_key: string | null; preview_key: string | null }>`
    delete from media where status_id = any(${[...statusIds]}::bigint[]) returning file_key, preview_key`.execute(tx.db)
  await dropFiles(tx, gone.rows)
}

export async function dropFiles(
  tx: Tx,
  rows: readonly { file_key: string | null; preview_key: string | null }[],
): Promise<void> {
  const keys = rows.flatMap((row) => [row.file_key, row.preview_key]).filter((key) => key !== null)
  if (keys.length > 0) await enqueue(tx, deleteFiles, { keys })
}
