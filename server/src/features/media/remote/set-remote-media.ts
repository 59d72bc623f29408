import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { insertMedia } from '../insert-media.ts'
import { deleteMedia } from '../jobs.ts'

export type RemotePicture = {
  url: string
  contentType: string
  description: string | null
  blurhash: string | null
  width: number | null
  height: number | null
  focus?: { x: number; y: number } | undefined
}

/**
 * The pictures of a post from elsewhere: described here, fetched when somebody looks. Of an edited post those that
 * stay keep their rows, so that they need not be fetched again; the others go.
 */
export async function setRemoteMedia(
  tx: Tx,
  accountId: Id,
  statusId: Id,
  pictures: readonly RemotePicture[],
): Promise<void> {
  const before = await tx.db
    .selectFrom('media')
    .select(['id', 'remote_url'])
    .where('status_id', '=', statusId)
    .execute()
  const stays = new Set<Id>()
  for (const [index, picture] of pictures.entries()) {
    const known = before.find((row) => row.remote_url === picture.url && !stays.has(row.id))
    if (known) await describeAgain(tx, known.id, index + 1, picture)
    else await insertMedia(tx, rowOf(tx, { accountId, statusId, position: index + 1 }, picture))
    if (known) stays.add(known.id)
  }
  const gone = before.map((row) => row.id).filter((id) => !stays.has(id))
  await deleteMedia(tx, gone)
}

type Place = { accountId: Id; statusId: Id; position: number }

function rowOf(tx: Tx, { accountId, statusId, position }: Place, picture: RemotePicture) {
  return {
    account_id: accountId,
    status_id: statusId,
    position,
    type: picture.contentType.startsWith('image/') ? 'image' : 'unknown',
    content_type: picture.contentType,
    remote_url: picture.url,
    description: picture.description,
    blurhash: picture.blurhash,
    width: picture.width,
    height: picture.height,
    focus_x: picture.focus?.x ?? 0,
    focus_y: picture.focus?.y ?? 0,
    created_at: tx.clock.now().toISOString(),
  }
}

/** Sizes and a blur that were found when it was fetched are of the same file, and stay. */
async function describeAgain(tx: Tx, id: Id, position: number, picture: RemotePicture): Promise<void> {
  await tx.db
    .updateTable('media')
    .set((eb) => ({
      position,
      description: picture.description,
      focus_x: picture.focus?.x ?? 0,
      focus_y: picture.focus?.y ?? 0,
      blurhash: eb.fn.coalesce(sql<string | null>`${picture.blurhash}`, 'blurhash'),
    }))
    .where('id', '=', id)
    .execute()
}
