import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { Refusal } from '#lib/refusal'
import { copyIn } from './copy.ts'
import { LOCK, migrationFiles, type Migration, type MigrationFile } from './migrate.ts'
import { columnsOf, connect, listTables, quoted, type Sequence, type TableShape } from './snapshot.ts'

export type Content = {
  migrations: readonly Migration[]
  tables: readonly TableShape[]
  sequences: readonly Sequence[]
  /** The rows of a table as COPY wrote them. */
  read(table: TableShape): AsyncIterable<Buffer>
  /** Every number that is given out next is this much higher, so that none is given out twice. */
  skipNumbers: number
}

export type RebuildOptions = {
  /** What is in the database goes; otherwise a database that holds something is refused. */
  replaces: boolean
  /** Statements at the very end, within the transaction. */
  finish?: readonly string[]
  /** Kept with the database: whoever finds it knows that this very rebuild is done. */
  mark?: string
  tell?: (table: string, rows: number) => void
}

/**
 * Makes a database what a snapshot was, in one transaction: whatever goes wrong, it is as before. Tables come from our
 * own migrations, as far as the snapshot had them; indexes and references are made after the rows, which is quicker,
 * and proves that every reference leads somewhere. Runs within `holdDatabase`. Gives the rows by table.
 */
export async function rebuildDatabase(url: string, content: Content, options: RebuildOptions) {
  const files = requireKnownMigrations(content.migrations)
  const client = await connect(url)
  try {
    await client.query('begin')
    await makeRoom(client, options.replaces)
    for (const file of files) await client.query(file.text)
    const later = await takeDownIndexes(client)
    const counts = await fill(client, content, options)
    await client.query(`set local maintenance_work_mem = '256MB'`)
    for (const statement of later) await client.query(statement)
    for (const { name, last } of content.sequences)
      await client.query('select setval($1::text::regclass, $2::bigint)', [
        quoted(name),
        String(BigInt(last) + BigInt(content.skipNumbers)),
      ])
    for (const statement of options.finish ?? []) await client.query(statement)
    await client.query(`comment on table migrations is ${options.mark ? `'${options.mark}'` : 'null'}`)
    await client.query('analyze')
    await client.query('commit')
    return counts
  } finally {
    await client.end()
  }
}

/** The mark that the last rebuild left; undefined in a database that has none, or no tables. */
export async function findMark(url: string): Promise<string | undefined> {
  const client = await connect(url)
  try {
    const found = await client.query<{ mark: string | null }>(
      `select obj_description(to_regclass('public.migrations'), 'pg_class') as mark`,
    )
    return found.rows[0]?.mark ?? undefined
  } finally {
    await client.end()
  }
}

/**
 * Runs with the lock that every starting process waits for. With `isAlone`, refused where others use the database
 * already: a server, or a command.
 */
export async function holdDatabase<T>(url: string, isAlone: boolean, run: () => Promise<T>): Promise<T> {
  const client = await connect(url)
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    if (isAlone && (await isShared(client)))
      throw new Refusal('conflict', 'The database is in use. Stop the server, and every command, and try again.')
    return await run()
  } finally {
    await client.end()
  }
}

/** What has just hung up is still seen for a moment. */
const PARTING_MS = 2_000

async function isShared(client: pg.Client): Promise<boolean> {
  for (const deadline = performance.now() + PARTING_MS; ; await sleep(50)) {
    const others = await client.query(`select 1 from pg_stat_activity where datname = current_database()
      and backend_type = 'client backend' and pid <> pg_backend_pid()`)
    if (others.rowCount === 0 || performance.now() > deadline) return others.rowCount !== 0
  }
}

/** Whether there is any table. */
export async function isEmptyDatabase(url: string): Promise<boolean> {
  const client = await connect(url)
  try {
    return (await listTables(client)).length === 0
  } finally {
    await client.end()
  }
}

/** A snapshot of a newer server has tables that this one cannot make. */
function requireKnownMigrations(wanted: readonly Migration[]): MigrationFile[] {
  const known = new Map(migrationFiles().map((file) => [file.name, file]))
  return wanted.map(({ name, hash }) => {
    const file = known.get(name)
    if (!file)
      throw new Refusal('conflict', `This is of a newer Hamlet (${name} is unknown here). Update this one first.`)
    if (file.hash !== hash) throw new Refusal('conflict', `Migration ${name} is not what it was when this was made.`)
    return file
  })
}

async function makeRoom(client: pg.Client, replaces: boolean): Promise<void> {
  const tables = await listTables(client)
  if (tables.length > 0 && !replaces)
    throw new Refusal('conflict', 'The database already holds something. With --replace that goes, and this comes.')
  for (const { name } of tables) await client.query(`drop table ${quoted(name)} cascade`)
  const functions = await client.query<{ name: string }>(`
    select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and not exists (
      select 1 from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')`)
  for (const { name } of functions.rows) await client.query(`drop function if exists ${name} cascade`)
  await client.query(
    'create table migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())',
  )
}

/** Drops what makes writing slow, and gives the statements that bring it back. */
async function takeDownIndexes(client: pg.Client): Promise<string[]> {
  const references = await client.query<{ drop: string; make: string }>(`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as make
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by conname`)
  const indexes = await client.query<{ drop: string; make: string }>(`
    select format('drop index %s', i.indexrelid::regclass) as drop, pg_get_indexdef(i.indexrelid) as make
    from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relnamespace = 'public'::regnamespace
      and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid) order by c.relname`)
  for (const { drop } of [...references.rows, ...indexes.rows]) await client.query(drop)
  return [...indexes.rows, ...references.rows].map(({ make }) => make)
}

async function fill(client: pg.Client, content: Content, { tell }: RebuildOptions): Promise<Map<string, number>> {
  const own = await listTables(client)
  await client.query(`truncate ${own.map(({ name }) => quoted(name)).join(', ')}`)
  const counts = new Map<string, number>()
  for (const table of content.tables) {
    const here = own.find(({ name }) => name === table.name)
    if (!here || table.columns.some((column) => !here.columns.includes(column)))
      throw new Refusal('invalid', `The table ${table.name} does not fit the migrations that this says it had.`)
    const rows = await copyIn(client, `copy ${columnsOf(table)} from stdin`, content.read(table))
    counts.set(table.name, rows)
    tell?.(table.name, rows)
  }
  return counts
}
