import { createHash } from 'node:crypto'
import { Refusal } from '#lib/refusal'
import { readConfig, storeVariables, type Config } from '#platform/config'
import {
  describeServer,
  ensureDatabase,
  holdDatabase,
  isEmptyDatabase,
  migrate,
  openSnapshot,
  rebuildDatabase,
  startEmbedded,
  streamTable,
  type Snapshot,
} from '#platform/db'
import { print, requireFlag, type Arguments } from './command.ts'
import { tellProgress } from './progress.ts'

/** The embedded database and its rows go to another server; the old one stays where it is, untouched. */
export async function moveDatabase(args: Arguments): Promise<void> {
  const to = readTarget(requireFlag(args, 'to'))
  const config = readConfig()
  if (config.databaseUrl !== '')
    throw new Refusal('conflict', 'DATABASE_URL is set already: the embedded database is not in use here.')
  const isDry = args.flags['dry-run'] === true
  const version = await requireTarget(to, args.flags.replace === true)
  const embedded = await startEmbedded({ dataDir: config.dataDir })
  try {
    await ensureDatabase(embedded.url('postgres'), 'hamlet')
    const from = embedded.url('hamlet')
    const moved = await holdDatabase(from, true, () => copyAll(from, to, { args, isDry }))
    if (!isDry) storeVariables(config.dataDir, { DATABASE_URL: to })
    report(args, { ...moved, version, isDry, config })
  } finally {
    await embedded.leave()
  }
}

type Moved = { tables: number; rows: number; megabytes: number }

async function copyAll(from: string, to: string, { args, isDry }: { args: Arguments; isDry: boolean }): Promise<Moved> {
  const snapshot = await openSnapshot(from)
  try {
    const { tables, migrations, sequences, rowBytes } = snapshot
    if (tables.length === 0) throw new Refusal('notFound', 'The embedded database is empty: there is nothing to move.')
    const size = { tables: tables.length, megabytes: Math.ceil(rowBytes / 1e6) }
    if (isDry) return { ...size, rows: 0 }
    const tell = tellProgress(args)
    let done = 0
    const content = {
      migrations,
      tables,
      sequences,
      skipNumbers: 0,
      read: (table: (typeof tables)[number]) => streamTable(snapshot, table),
    }
    const counts = await holdDatabase(to, true, () =>
      rebuildDatabase(to, content, {
        replaces: args.flags.replace === true,
        tell: () => tell('tables', (done += 1), tables.length),
      }),
    )
    await compare(snapshot, to)
    await migrate(to)
    return { ...size, rows: [...counts.values()].reduce((sum, rows) => sum + rows, 0) }
  } finally {
    await snapshot.close()
  }
}

/** Both are read whole once more: every row must be there, as it was. */
async function compare(from: Snapshot, to: string): Promise<void> {
  const target = await openSnapshot(to)
  try {
    for (const table of from.tables) {
      const [here, there] = [createHash('sha256'), createHash('sha256')]
      // oxlint-disable-next-line no-await-in-loop -- one table after another, on one connection to each
      const was = await from.read(table, async (rows) => void here.update(rows))
      // oxlint-disable-next-line no-await-in-loop -- see above
      const is = await target.read(table, async (rows) => void there.update(rows))
      if (was !== is || here.digest('hex') !== there.digest('hex'))
        throw new Refusal('unavailable', `The table ${table.name} did not arrive as it was: ${is} rows of ${was}.`)
    }
  } finally {
    await target.close()
  }
}

function readTarget(text: string): string {
  // A socket has no host, which other readers of addresses do not take.
  if (!/^postgres(?:ql)?:\/\/[^/]*\/[^/?\s]+(?:\?\S*)?$/.test(text))
    throw new Refusal('invalid', '--to is not an address such as postgres://hamlet:password@db.example/hamlet.')
  return text
}

const OLDEST = 150_000

/** The other server is looked at before anything is done: it must answer, be new enough, and have room for us. */
async function requireTarget(to: string, replaces: boolean): Promise<string> {
  const target = await openTarget(to)
  if (target.version < OLDEST)
    throw new Refusal('invalid', `The other server is PostgreSQL ${target.name}. It must be 15 or newer.`)
  if (target.encoding !== 'UTF8')
    throw new Refusal('invalid', `The other database is in ${target.encoding}. Make it with "encoding 'UTF8'".`)
  if (!target.hasTrigrams)
    throw new Refusal(
      'invalid',
      'The other server lacks the extension pg_trgm (often in a package postgresql-contrib).',
    )
  if (!replaces && !(await isEmptyDatabase(to)))
    throw new Refusal('conflict', 'The other database already holds something. With --replace that goes.')
  return target.name
}

async function openTarget(to: string) {
  try {
    return await describeServer(to)
  } catch (cause) {
    throw new Refusal('unavailable', `The other database does not answer: ${(cause as Error).message}.`, { cause })
  }
}

type Told = Moved & { version: string; isDry: boolean; config: Config }

function report(args: Arguments, { tables, rows, megabytes, version, isDry, config }: Told): void {
  const facts = { tables, rows, megabytes, postgresql: version, moved: !isDry }
  const lines = isDry
    ? [`${tables} tables of about ${megabytes} MB would move to PostgreSQL ${version}. Nothing was done.`]
    : [
        `${rows} rows of ${tables} tables are in PostgreSQL ${version} now, and are what they were.`,
        `hamlet.env in ${config.dataDir} names the new database: the next start uses it. An environment that sets`,
        'DATABASE_URL itself wins over it. The old one stays in the folder pg: remove it once all is well.',
      ]
  print(args, facts, lines)
}
