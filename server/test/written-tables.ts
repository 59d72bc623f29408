import { sql } from 'kysely'
import type { Context } from '#platform/context'

/** Where the house writes by itself: its own work, and the counting of attempts. */
const OWN_WORK = ['jobs', 'attempts', 'schedules', 'job_schedules', 'admin_samples', 'admin_days', 'admin_answers']

/** What a reader of tables knew of them last: by how many statements each had been written, and what it read. */
type Known<T> = { written: Record<string, number>; read: Record<string, T> }

/**
 * Reads every table but those of the house's own work, none left out, and of those that were read before only such as
 * were written since: triggers of the test's own database tell which. `read` gives for some tables what is to be known
 * of each.
 */
export function makeTableReader<T>(
  read: (ctx: Context, tables: readonly string[]) => Promise<Record<string, T>>,
): (ctx: Context) => Promise<Record<string, T>> {
  const known = new WeakMap<Context, Known<T>>()
  return async (ctx) => {
    const last = known.get(ctx)
    if (!last) await watchWrites(ctx)
    const written = await countWrites(ctx)
    const tables = last
      ? Object.keys(written).filter((name) => written[name] !== last.written[name])
      : await listTables(ctx)
    const fresh = tables.length > 0 ? await read(ctx, tables) : {}
    const all = { ...last?.read, ...fresh }
    known.set(ctx, { written, read: all })
    return all
  }
}

/** Counts statements that write, those that are rolled back among them: that says too much at most. */
async function watchWrites(ctx: Context): Promise<void> {
  await sql`create schema if not exists test`.execute(ctx.db)
  await sql`create or replace function test.note_write() returns trigger language plpgsql as
    $$ begin perform nextval(format('test.%I', tg_argv[0])::regclass); return null; end $$`.execute(ctx.db)
  for (const name of await listTables(ctx)) {
    await sql`create sequence if not exists test.${sql.id(name)}`.execute(ctx.db)
    await sql`create or replace trigger test_write after insert or update or delete on ${sql.table(name)}
      for each statement execute function test.note_write(${sql.lit(name)})`.execute(ctx.db)
  }
}

async function countWrites(ctx: Context): Promise<Record<string, number>> {
  const found = await sql<{ name: string; n: number }>`
    select sequencename as name, coalesce(last_value, 0)::int as n from pg_sequences where schemaname = 'test'`.execute(
    ctx.db,
  )
  return Object.fromEntries(found.rows.map(({ name, n }) => [name, n]))
}

async function listTables(ctx: Context): Promise<string[]> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and not table_name = any(${OWN_WORK})`.execute(ctx.db)
  return tables.rows.map(({ name }) => name)
}
