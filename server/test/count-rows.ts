import { sql } from 'kysely'
import type { Context } from '#platform/context'

/** Where the house writes by itself: its own work, and the counting of attempts. */
const OWN_WORK = ['jobs', 'attempts', 'schedules', 'job_schedules']

/** How many rows each table holds, tables without any left out. */
export async function countRows(ctx: Context): Promise<Record<string, number>> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and not table_name = any(${OWN_WORK})`.execute(ctx.db)
  const counts = tables.rows.map(
    ({ name }) => sql`select ${sql.lit(name)} as name, count(*)::int as n from ${sql.table(name)}`,
  )
  const found = await sql<{ name: string; n: number }>`${sql.join(counts, sql` union all `)}`.execute(ctx.db)
  return Object.fromEntries(found.rows.filter(({ n }) => n > 0).map(({ name, n }) => [name, n]))
}
