import { sql } from 'kysely'
import type { Context } from '#platform/context'
import { makeTableReader } from './written-tables.ts'

/** A print of all that a database holds, table by table: two that are alike mean that no row was changed between them. */
export const printDatabase = makeTableReader(async (ctx: Context, tables) => {
  const prints = tables.map(
    (name) =>
      sql`select ${sql.lit(name)} as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as print
        from ${sql.table(name)} t`,
  )
  const found = await sql<{ name: string; print: string }>`${sql.join(prints, sql` union all `)}`.execute(ctx.db)
  return Object.fromEntries(found.rows.map(({ name, print }) => [name, print]))
})

/** The tables in which two prints differ. */
export function differingTables(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys({ ...before, ...after })
    .filter((name) => before[name] !== after[name])
    .toSorted()
}
