import { sql } from 'kysely'
import type { Context } from '#platform/context'

/** Where the house writes by itself: its own work, and the counting of attempts. */
const OWN_WORK = ['jobs', 'attempts', 'schedules', 'job_schedules', 'admin_samples', 'admin_days']

type Counted = { writes: string; counts: Record<string, number> }
const known = new WeakMap<Context, Counted>()

/**
 * How many rows each table holds, tables without any left out. Where nothing was inserted or deleted since the last
 * count, which triggers of the test's own database tell, that count still holds.
 */
export async function countRows(ctx: Context): Promise<Record<string, number>> {
  const last = known.get(ctx)
  if (!last) await watchWrites(ctx)
  const writes = await readWrites(ctx)
  if (last?.writes === writes) return last.counts
  const counts = await countAnew(ctx)
  known.set(ctx, { writes, counts })
  return counts
}

/** A sequence counts statements, also those that are rolled back: it says too much at most. */
async function watchWrites(ctx: Context): Promise<void> {
  await sql`create sequence if not exists test_writes`.execute(ctx.db)
  await sql`create or replace function note_test_write() returns trigger language plpgsql as
    $$ begin perform nextval('test_writes'); return null; end $$`.execute(ctx.db)
  for (const name of await listTables(ctx))
    await sql`create or replace trigger test_write after insert or delete on ${sql.table(name)}
      for each statement execute function note_test_write()`.execute(ctx.db)
}

async function readWrites(ctx: Context): Promise<string> {
  const found = await sql<{ writes: string }>`select last_value::text || is_called as writes from test_writes`.execute(
    ctx.db,
  )
  return found.rows[0]?.writes ?? ''
}

async function listTables(ctx: Context): Promise<string[]> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and not table_name = any(${OWN_WORK})`.execute(ctx.db)
  return tables.rows.map(({ name }) => name)
}

async function countAnew(ctx: Context): Promise<Record<string, number>> {
  const counts = (await listTables(ctx)).map(
    (name) => sql`select ${sql.lit(name)} as name, count(*)::int as n from ${sql.table(name)}`,
  )
  const found = await sql<{ name: string; n: number }>`${sql.join(counts, sql` union all `)}`.execute(ctx.db)
  return Object.fromEntries(found.rows.filter(({ n }) => n > 0).map(({ name, n }) => [name, n]))
}
