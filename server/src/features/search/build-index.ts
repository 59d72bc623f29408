import { sql } from 'kysely'
import type { Context } from '#platform/context'
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

/**
 * Builds every index that searching goes by anew, one after another, while the server works on: after damage, or when
 * many changes have made them large. Gives their names.
 */
export async function rebuildIndexes(ctx: Context, tell: (done: number, of: number) => void): Promise<string[]> {
  await buildIndex.run(ctx, {})
  const found = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_am m on m.oid = c.relam join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'i' and m.amname in ('gin', 'gist') order by c.relname`.execute(ctx.db)
  const names = found.rows.map(({ name }) => name)
  for (const [index, name] of names.entries()) {
    await sql`reindex index concurrently ${sql.ref(name)}`.execute(ctx.db)
    tell(index + 1, names.length)
  }
  return names
}

export const schedules: readonly Schedule[] = [{ job: buildIndex, everySeconds: 24 * 3_600 }]
