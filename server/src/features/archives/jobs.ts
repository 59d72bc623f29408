import { sql } from 'kysely'
import { defineJob, type Schedule } from '#platform/jobs'

const DAY_MS = 24 * 3_600_000

/** Files that somebody brought are kept a week, for the list of what failed; what was only looked at, an hour. */
export const pruneImports = defineJob<Record<string, never>>({
  name: 'archives.prune-imports',
  class: 'slow',
  run: async (ctx) => {
    const now = ctx.clock.now().getTime()
    const [week, hour] = [new Date(now - 7 * DAY_MS).toISOString(), new Date(now - DAY_MS / 24).toISOString()]
    await sql`delete from imports where (finished_at < ${week}) or (state = 'draft' and created_at < ${hour})`.execute(
      ctx.db,
    )
  },
})

export const schedules: Schedule[] = [{ job: pruneImports, everySeconds: 3_600 }]
