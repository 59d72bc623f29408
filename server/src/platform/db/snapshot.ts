import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import pg from 'pg'
import { copyOut } from './copy.ts'
import type { Migration } from './migrate.ts'

export type TableShape = { name: string; columns: string[] }
export type Sequence = { name: string; last: string }

/** The whole database as it was at one moment, while everybody else goes on writing. */
export type Snapshot = {
  serverVersion: string
  tables: readonly TableShape[]
  sequences: readonly Sequence[]
  migrations: readonly Migration[]
  /** Bytes of all rows, without indexes. */
  rowBytes: number
  /** Hands on the rows of a table as COPY writes them; gives their number. */
  read(table: TableShape, take: (rows: Buffer) => Promise<void>, where?: string): Promise<number>
  close(): Promise<void>
}

/** The same rows are the same text on every server, whatever its settings are. */
export const SAME_TEXT = `
  set client_encoding = 'UTF8'; set timezone = 'UTC'; set datestyle = 'ISO, MDY'; set intervalstyle = 'postgres';
  set bytea_output = 'hex'; set extra_float_digits = 1; set search_path = public; set statement_timeout = 0;
  set lock_timeout = 0; set idle_in_transaction_session_timeout = 0`

export async function openSnapshot(url: string): Promise<Snapshot> {
  const client = await connect(url)
  try {
    await client.query('begin isolation level repeatable read read only')
    const version = await client.query<{ version: string }>(`select current_setting('server_version') as version`)
    const migrations = await client.query<Migration>('select name, hash from migrations order by name')
    return {
      serverVersion: version.rows[0]?.version ?? '',
      tables: await listTables(client),
      sequences: await listSequences(client),
      migrations: migrations.rows,
      rowBytes: await countBytes(client),
      read: (table, take, where) => copyOut(client, copyStatement(table, where), take),
      close: () => client.end(),
    }
  } catch (error) {
    await client.end()
    throw error
  }
}

/** A connection on which rows are written as text in one way. */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'hamlet keeping' })
  client.on('error', () => {})
  await client.connect()
  await client.query(SAME_TEXT)
  return client
}

export const quoted = (name: string): string => pg.escapeIdentifier(name)

export function columnsOf(table: TableShape): string {
  return `${quoted(table.name)} (${table.columns.map(quoted).join(', ')})`
}

function copyStatement(table: TableShape, where?: string): string {
  if (where === undefined) return `copy ${columnsOf(table)} to stdout`
  return `copy (select ${table.columns.map(quoted).join(', ')} from ${quoted(table.name)} where ${where}) to stdout`
}

/** Tables with the columns that hold something of their own: what is computed from others comes back by itself. */
export async function listTables(client: pg.Client): Promise<TableShape[]> {
  const found = await client.query<TableShape>(`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where n.nspname = 'public' and c.relkind = 'r' group by c.relname order by c.relname`)
  return found.rows
}

async function listSequences(client: pg.Client): Promise<Sequence[]> {
  const found = await client.query<Sequence>(`
    select sequencename::text as name, last_value::text as last from pg_sequences
    where schemaname = 'public' and last_value is not null order by sequencename`)
  return found.rows
}

async function countBytes(client: pg.Client): Promise<number> {
  const found = await client.query<{ bytes: string }>(`
    select coalesce(sum(pg_table_size(c.oid)), 0)::text as bytes from pg_class c
    join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r'`)
  return Number(found.rows[0]?.bytes ?? 0)
}

/** The rows of a table as they come, for whoever writes them elsewhere: the database waits until a piece is taken. */
export async function* streamTable(snapshot: Snapshot, table: TableShape): AsyncGenerator<Buffer> {
  const pieces = new PassThrough({ highWaterMark: 1 })
  const give = async (rows: Buffer) => {
    if (!pieces.write(rows)) await once(pieces, 'drain')
  }
  const reading = snapshot.read(table, give).then(
    () => pieces.end(),
    (error: Error) => pieces.destroy(error),
  )
  yield* pieces as AsyncIterable<Buffer>
  await reading
}

/** What another server is, before anything is asked of it. */
export async function describeServer(url: string) {
  const client = await connect(url)
  try {
    const found = await client.query<{ version: number; name: string; encoding: string; hasTrigrams: boolean }>(`
      select current_setting('server_version_num')::int as version, current_setting('server_version') as name,
        current_setting('server_encoding') as encoding,
        exists (select 1 from pg_available_extensions where name = 'pg_trgm') as "hasTrigrams"`)
    return found.rows[0] as NonNullable<(typeof found.rows)[0]>
  } finally {
    await client.end()
  }
}
