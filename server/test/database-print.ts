import { sql } from 'kysely'
import type { Context } from '#platform/context'

/** Where the house writes by itself, whoever asks for what: its own work, and its own numbers. */
const OWN_WORK = ['jobs', 'attempts', 'schedules', 'job_schedules', 'admin_samples', 'admin_days', 'admin_answers']

/** A print of all that a database holds, table by table: two that are alike mean that no row was changed between them. */
export async function printDatabase(ctx: Context): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and not table_name = any(${OWN_WORK})`.execute(ctx.db)
  const prints = tables.rows.map(
    ({ name }) =>
      sql`select ${sql.lit(name)} as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as print
        from ${sql.table(name)} t`,
  )
  const found = await sql<{ name: string; print: string }>`${sql.join(prints, sql` union all `)}`.execute(ctx.db)
  return Object.fromEntries(found.rows.map(({ name, print }) => [name, print]))
}

/** The tables in which two prints differ. */
export function differingTables(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys({ ...before, ...after })
    .filter((name) => before[name] !== after[name])
    .toSorted()
}
