import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { Refusal } from '#lib/refusal'

export const migrationsFolder = join(import.meta.dirname, '../../../migrations')
export const LOCK = 7_241_970

/** One step of the schema, and the hash that names its content. */
export type Migration = { name: string; hash: string }
export type MigrationFile = Migration & { text: string }

type Applied = Map<string, string>

/**
 * Applies what is missing of `server/migrations`, each file in one transaction, under a lock that
 * makes other starting processes wait. A file that changed after it was applied is refused.
 * Returns the names of the files applied now.
 */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query(
      'create table if not exists migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())',
    )
    const applied = await listApplied(client)
    const done: string[] = []
    for (const file of migrationFiles()) {
      if (isApplied(applied, file.name, file.hash)) continue
      await applyFile(client, file)
      done.push(file.name)
    }
    return done
  } finally {
    await client.end()
  }
}

/** Names of migrations that this code knows and the database lacks. */
export async function missingMigrations(query: (text: string) => Promise<{ name: string }[]>): Promise<string[]> {
  const applied = new Set((await query('select name from migrations')).map((row) => row.name))
  return migrationFiles()
    .map((file) => file.name)
    .filter((name) => !applied.has(name))
}

/** All migrations in order, with the hash that names their content. */
export function migrationFiles(): MigrationFile[] {
  const names = readdirSync(migrationsFolder).filter((name) => name.endsWith('.sql'))
  return names.sort().map((name) => {
    const text = readFileSync(join(migrationsFolder, name), 'utf8')
    return { name, text, hash: createHash('sha256').update(text).digest('hex') }
  })
}

function isApplied(applied: Applied, name: string, hash: string): boolean {
  const known = applied.get(name)
  if (known !== undefined && known !== hash) {
    throw new Refusal(
      'conflict',
      `Migration ${name} was changed after it was applied. Restore the file; add a new one instead.`,
    )
  }
  return known !== undefined
}

async function listApplied(client: pg.Client): Promise<Applied> {
  const result = await client.query<{ name: string; hash: string }>('select name, hash from migrations')
  return new Map(result.rows.map((row) => [row.name, row.hash]))
}

async function applyFile(client: pg.Client, file: MigrationFile): Promise<void> {
  try {
    await client.query('begin')
    await client.query(file.text)
    await client.query('insert into migrations (name, hash) values ($1, $2)', [file.name, file.hash])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    throw new Refusal('unavailable', `Migration ${file.name} failed: ${(cause as Error).message}`, { cause })
  }
}
