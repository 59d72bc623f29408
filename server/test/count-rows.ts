import { sql } from 'kysely'
import type { Context } from '#platform/context'
import { makeTableReader } from './written-tables.ts'

const countTables = makeTableReader(async (ctx: Context, tables) => {
  const counts = tables.map((name) => sql`select ${sql.lit(name)} as name, count(*)::int as n from ${sql.table(name)}`)
  const found = await sql<{ name: string; n: number }>`${sql.join(counts, sql` union all `)}`.execute(ctx.db)
  return Object.fromEntries(found.rows.map(({ name, n }) => [name, n]))
})

/** How many rows each table holds, tables without any left out. */
export async function countRows(ctx: Context): Promise<Record<string, number>> {
  const counts = await countTables(ctx)
  return Object.fromEntries(Object.entries(counts).filter(([, n]) => n > 0))
}
