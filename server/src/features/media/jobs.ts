import { sql } from 'kysely'
import type { Id } from '#lib/id'
import { transact, type Context, type Tx } from '#platform/context'
import { defineJob, type Schedule } from '#platform/jobs'
import { deleteFiles, dropFiles, fileSchedules } from './files.ts'
import { settleFiles } from './withhold.ts'
import { evictSchedules } from './remote/evict-pictures.ts'
import { fetchPicture } from './remote/fetch-picture.ts'
import { forgetPictures } from './remote/forget-pictures.ts'

const KEPT_MS = 24 * 3_600_000
const CHUNK = 200

/** Uploads that no post holds are kept a day (mastodon-api 1.7). */
const pruneLoose = defineJob<Record<string, never>>({ name: 'media.prune', class: 'slow', run: pruneLooseMedia })

export async function pruneLooseMedia(ctx: Context): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - KEPT_MS).toISOString()
  let gone: number
  do gone = await transact(ctx, (tx) => pruneChunk(tx, before))
  while (gone === CHUNK)
}

async function pruneChunk(tx: Tx, before: string): Promise<number> {
  const old = await tx.db
    .selectFrom('media')
    .select('id')
    .where('loose_since', '<', before)
    .where('status_id', 'is', null)
    .orderBy('loose_since')
    .limit(CHUNK)
    .forUpdate()
    .skipLocked()
    .execute()
  await deleteMedia(
    tx,
    old.map((row) => row.id),
  )
  return old.length
}

/** Deletes rows, and their files after commit; what was kept of pictures from elsewhere too. */
export async function deleteMedia(tx: Tx, ids: readonly Id[]): Promise<void> {
  if (ids.length === 0) return
  const gone = await tx.db
    .deleteFrom('media')
    .where('id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .returning(['original_key', 'small_key', 'remote_url'])
    .execute()
  await dropFiles(
    tx,
    gone.flatMap((row) => [row.original_key, row.small_key]),
  )
  if (gone.some((row) => row.remote_url !== null))
    await forgetPictures(tx, sql`kind = 'attachment' and subject_id = any(${[...ids]}::bigint[])`)
}

export const jobs = [deleteFiles, settleFiles, fetchPicture]
export const schedules: Schedule[] = [{ job: pruneLoose, everySeconds: 3_600 }, ...fileSchedules, ...evictSchedules]
