import { sql } from 'kysely'
import type { Context } from '#platform/context'
import { defineJob, type Schedule } from '#platform/jobs'
import { dropArchive, listArchives } from './takeout/folder.ts'

const HOUR_MS = 3_600_000
const WEEK_MS = 7 * 24 * HOUR_MS

/** Files that somebody brought, and archives of people, are kept a week; what was only looked at, an hour. */
export const prune = defineJob<Record<string, never>>({
  name: 'archives.prune',
  class: 'slow',
  run: async (ctx) => {
    const now = ctx.clock.now().getTime()
    const [week, hour] = [new Date(now - WEEK_MS).toISOString(), new Date(now - HOUR_MS).toISOString()]
    await sql`delete from imports where (finished_at < ${week}) or (state = 'draft' and created_at < ${hour})`.execute(
      ctx.db,
    )
    await sql`delete from post_imports where state = 'draft' and created_at < ${hour}`.execute(ctx.db)
    await sql`delete from takeouts where created_at < ${week}`.execute(ctx.db)
    await sweepArchives(ctx)
  },
})

/** Archives that no row names go; one that is being written just now has a row. */
async function sweepArchives(ctx: Context): Promise<void> {
  const names = await listArchives(ctx)
  const bare = names.map((name) => name.replace(/\.part$/, ''))
  const held = await sql<{ file_name: string }>`
    select file_name from takeouts where file_name = any(${bare}::text[])`.execute(ctx.db)
  const brought = await sql<{ name: string }>`
    select stored_name as name from post_imports where stored_name = any(${bare}::text[]) and state in ('draft', 'running')`.execute(
    ctx.db,
  )
  const known = new Set([...held.rows.map((row) => row.file_name), ...brought.rows.map((row) => row.name)])
  for (const name of new Set(bare)) {
    // oxlint-disable-next-line no-await-in-loop -- few, and once in an hour
    if (!known.has(name)) await dropArchive(ctx, name)
  }
}

export const schedules: Schedule[] = [{ job: prune, everySeconds: 3_600 }]
