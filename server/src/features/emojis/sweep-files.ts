import { sql } from 'kysely'
import { sweepFiles } from '#features/media'
import type { Context } from '#platform/context'
import { defineJob, type Schedule } from '#platform/jobs'

/** The kind of key under which pictures of our own emoji are kept. */
const KINDS = ['emoji']

const sweep = defineJob<Record<string, never>>({
  name: 'emojis.sweep-files',
  class: 'slow',
  run: async (ctx) => void (await sweepEmojiFiles(ctx)),
})

/** Deletes pictures that no emoji has. */
export async function sweepEmojiFiles(ctx: Context): Promise<number> {
  return sweepFiles(ctx, KINDS, (keys) => findNamedKeys(ctx, keys))
}

async function findNamedKeys(ctx: Context, keys: readonly string[]): Promise<string[]> {
  const wanted = [...keys]
  const found = await sql<{ key: string }>`
    select original_key as key from custom_emojis where original_key = any(${wanted})
    union all select static_key from custom_emojis where static_key = any(${wanted})`.execute(ctx.db)
  return found.rows.map((row) => row.key)
}

export const schedules: Schedule[] = [{ job: sweep, everySeconds: 24 * 3_600 }]
