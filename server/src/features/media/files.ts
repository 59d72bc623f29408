import { sql } from 'kysely'
import type { Context, Tx } from '#platform/context'
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

/** Long enough for any picture that is being taken in right now to get its row. */
const UNNAMED_KEPT_MS = 24 * 3_600_000

/**
 * Deletes files of these kinds that no row names: a process that dies between writing a file and its row leaves one.
 * Gives how many went.
 */
export async function sweepFiles(
  ctx: Context,
  kinds: readonly string[],
  findNamed: (keys: readonly string[]) => Promise<readonly string[]>,
): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - UNNAMED_KEPT_MS)
  let gone = 0
  for (const kind of kinds) gone += await ctx.blobs.sweep(kind, before, async (keys) => new Set(await findNamed(keys)))
  if (gone > 0) ctx.log.info('files that nothing names were deleted', { kinds, gone })
  return gone
}

/** Of these keys, those that a row of this room names. One query. */
async function findNamedKeys(ctx: Context, keys: readonly string[]): Promise<string[]> {
  const wanted = [...keys]
  const found = await sql<{ key: string }>`
    select original_key as key from media where original_key = any(${wanted})
    union all select small_key from media where small_key = any(${wanted})
    union all select original_key from remote_pictures where original_key = any(${wanted})
    union all select small_key from remote_pictures where small_key = any(${wanted})`.execute(ctx.db)
  return found.rows.map((row) => row.key)
}

/** The kinds of key that this room makes for its own rows. */
const OWN_KINDS = ['original', 'small', 'cached']

const sweepOwnFiles = defineJob<Record<string, never>>({
  name: 'media.sweep-files',
  class: 'slow',
  run: async (ctx) => void (await sweepMediaFiles(ctx)),
})

export async function sweepMediaFiles(ctx: Context): Promise<number> {
  return sweepFiles(ctx, OWN_KINDS, (keys) => findNamedKeys(ctx, keys))
}

export const fileSchedules: Schedule[] = [{ job: sweepOwnFiles, everySeconds: 24 * 3_600 }]
