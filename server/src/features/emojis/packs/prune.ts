import type { Context } from '#platform/context'
import { defineJob, type Schedule } from '#platform/jobs'
import { dropPackFile, listPackFiles } from './store.ts'

const KEPT_MS = 7 * 24 * 3_600_000
/** A file that has just come may get its row in a moment. */
const NEW_MS = 3_600_000

/** Old packs go, and files that none names. */
export async function prunePacks(ctx: Context): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - KEPT_MS).toISOString()
  const files = await listPackFiles(ctx, NEW_MS)
  await ctx.db.deleteFrom('emoji_packs').where('created_at', '<', before).execute()
  const rows = await ctx.db.selectFrom('emoji_packs').select('stored_name').where('finished_at', 'is', null).execute()
  const named = new Set(rows.map((row) => row.stored_name))
  for (const name of files) if (!named.has(name)) await dropPackFile(ctx, name)
}

const prune = defineJob<Record<string, never>>({ name: 'emojis.prune-packs', class: 'slow', run: prunePacks })

export const packSchedules: Schedule[] = [{ job: prune, everySeconds: 24 * 3_600 }]
