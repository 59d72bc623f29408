import { sql } from 'kysely'
import { defineJob, type Schedule } from '#platform/jobs'

/**
 * Sees to it that the index of runs is there (migration search-runs): a town that had many posts gets it here, while it
 * works on; until then such searches are slow. What a crash left half built is built anew.
 */
export const buildIndex = defineJob<Record<string, never>>({
  name: 'search.build-index',
  class: 'slow',
  run: async (ctx) => {
    const half = await sql`select 1 from pg_index where indexrelid = to_regclass('statuses_runs') and not indisvalid
      and not exists (select 1 from pg_stat_progress_create_index)`.execute(ctx.db)
    if (half.rows.length > 0) await sql`drop index concurrently if exists statuses_runs`.execute(ctx.db)
    await sql`create index concurrently if not exists statuses_runs on statuses
      using gin (search_runs(spoiler_text || ' ' || content))
      where reblog_of_id is null and search_has_runs(spoiler_text || ' ' || content)`.execute(ctx.db)
  },
})

export const schedules: readonly Schedule[] = [{ job: buildIndex, everySeconds: 24 * 3_600 }]
