import { sql } from 'kysely'
import type { Id } from '#lib/id'
import { transact, type Context, type Tx } from '#platform/context'
import { defineJob, enqueue, type Schedule } from '#platform/jobs'

/** Files go after the rows that name them are gone for good, so that no row is left without its file. */
export const deleteFiles = defineJob<{ keys: string[] }>({
  name: 'media.delete-files',
  class: 'slow',
  run: async (ctx, { keys }) => {
    for (const key of keys) await ctx.blobs.delete(key)
  },
})

/** Lets files go once this transaction is durable. */
export async function dropFiles(tx: Tx, keys: readonly (string | null)[]): Promise<void> {
  const named = keys.filter((key) => key !== null)
  if (named.length > 0) await enqueue(tx, deleteFiles, { keys: named })
}

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

/** Deletes rows, and their files after commit. */
export async function deleteMedia(tx: Tx, ids: readonly Id[]): Promise<void> {
  if (ids.length === 0) return
  const gone = await tx.db
    .deleteFrom('media')
    .where('id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .returning(['original_key', 'small_key'])
    .execute()
  await dropFiles(
    tx,
    gone.flatMap((row) => [row.original_key, row.small_key]),
  )
}

export const jobs = [deleteFiles]
export const schedules: Schedule[] = [{ job: pruneLoose, everySeconds: 3_600 }]
