import { sql } from 'kysely'
import type { Context } from '#platform/context'

/** Where the house writes by itself: its own work, and the counting of attempts. */
const OWN_WORK = ['jobs', 'attempts', 'schedules', 'job_schedules']

type Counted = { snapshot: string; counts: Record<string, number> }
const known = new WeakMap<Context, Counted>()

/**
 * How many rows each table holds, tables without any left out. Where no transaction has written anything since the last
 * count, which the database's own snapshot tells, that count still holds.
 */
export async function countRows(ctx: Context): Promise<Record<string, number>> {
  const last = known.get(ctx)
  const snapshot = await readSnapshot(ctx)
  if (last?.snapshot === snapshot) return last.counts
  const counts = await countAnew(ctx)
  known.set(ctx, { snapshot, counts })
  return counts
}

async function readSnapshot(ctx: Context): Promise<string> {
  const found = await sql<{ snapshot: string }>`select pg_current_snapshot()::text as snapshot`.execute(ctx.db)
  return found.rows[0]?.snapshot ?? ''
}

async function countAnew(ctx: Context): Promise<Record<string, number>> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and not table_name = any(${OWN_WORK})`.execute(ctx.db)
  const counts = tables.rows.map(
    ({ name }) => sql`select ${sql.lit(name)} as name, count(*)::int as n from ${sql.table(name)}`,
  )
  const found = await sql<{ name: string; n: number }>`${sql.join(counts, sql` union all `)}`.execute(ctx.db)
  return Object.fromEntries(found.rows.filter(({ n }) => n > 0).map(({ name, n }) => [name, n]))
}
