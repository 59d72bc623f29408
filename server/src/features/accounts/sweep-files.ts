import { sql } from 'kysely'
import { sweepFiles } from '#features/media'
import type { Context } from '#platform/context'
import { defineJob, type Schedule } from '#platform/jobs'

/** The kinds of key under which faces and covers of people here are kept. */
const KINDS = ['avatar', 'header']

const sweep = defineJob<Record<string, never>>({
  name: 'accounts.sweep-files',
  class: 'slow',
  run: async (ctx) => void (await sweepAccountFiles(ctx)),
})

/** Deletes faces and covers that no account has. */
export async function sweepAccountFiles(ctx: Context): Promise<number> {
  return sweepFiles(ctx, KINDS, (keys) => findNamedKeys(ctx, keys))
}

async function findNamedKeys(ctx: Context, keys: readonly string[]): Promise<string[]> {
  const wanted = [...keys]
  const found = await sql<{ key: string }>`
    select avatar_key as key from accounts where avatar_key = any(${wanted})
    union all select header_key from accounts where header_key = any(${wanted})`.execute(ctx.db)
  return found.rows.map((row) => row.key)
}

export const schedules: Schedule[] = [{ job: sweep, everySeconds: 24 * 3_600 }]
