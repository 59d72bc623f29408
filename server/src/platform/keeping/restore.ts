import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '#lib/refusal'
import { findMark, holdDatabase, isEmptyDatabase, rebuildDatabase } from '#platform/db'
import type { Backup } from './read.ts'

export type RestoreOptions = {
  dataDir: string
  databaseUrl: string
  replaces: boolean
  /** Numbers between the last one in the backup and the next that is given out. */
  skipNumbers: number
  /** Statements at the end, in the same transaction. */
  finish?: readonly string[]
  tell?: (what: string, done: number, of: number) => void
}

export type Restored = { tables: number; rows: number; files: number }

const folderOf = (dataDir: string) => join(dataDir, '.restoring')
/** Between the last number in the backup and the next: others may have seen some of these since. */
export const SKIPPED_NUMBERS = 100_000

/**
 * Makes a server what it was. Files are laid beside those that are there, then the database is rebuilt in one
 * transaction that carries a mark, then the files take their places. A restore that is cut off leaves all as it was,
 * or is finished by `finishRestore` at the next start.
 */
export async function restoreBackup(backup: Backup, options: RestoreOptions): Promise<Restored> {
  const { dataDir, databaseUrl } = options
  await finishRestore(dataDir, databaseUrl)
  return holdDatabase(databaseUrl, true, async () => {
    if (!options.replaces) await requireNothing(dataDir, databaseUrl)
    const folder = folderOf(dataDir)
    rmSync(folder, { recursive: true, force: true })
    try {
      const restored = await layBeside(backup, folder, options)
      moveIn(dataDir, folder)
      rmSync(folder, { recursive: true, force: true })
      return restored
    } catch (error) {
      // Where the transaction went through and only the moving failed, the next start goes on with it.
      if (!(await isDone(folder, databaseUrl).catch(() => true))) rmSync(folder, { recursive: true, force: true })
      throw error
    }
  })
}

async function layBeside(backup: Backup, folder: string, options: RestoreOptions): Promise<Restored> {
  const { dataDir, databaseUrl, replaces, skipNumbers, finish = [] } = options
  const fresh = join(folder, 'new')
  mkdirSync(fresh, { recursive: true, mode: 0o700 })
  const files = await backup.unpackFiles(fresh)
  keepOwnDatabase(dataDir, fresh)
  const mark = `restored ${randomBytes(12).toString('hex')}`
  writeFileSync(join(folder, 'mark'), mark, { mode: 0o600, flush: true })
  const { tables, sequences, migrations } = backup.manifest
  const read = ({ name }: { name: string }) => backup.readTable(name)
  let [done, all] = [0, 0]
  const tell = (name: string, rows: number) => {
    const told = tables.find((table) => table.name === name)?.rows
    if (told !== rows) throw new Refusal('invalid', `The table ${name} should have ${told} rows, not ${rows}.`)
    ;[done, all] = [done + 1, all + rows]
    options.tell?.('tables', done, tables.length)
  }
  await rebuildDatabase(
    databaseUrl,
    { migrations, tables, sequences, skipNumbers, read },
    { replaces, mark, finish, tell },
  )
  return { tables: tables.length, rows: all, files }
}

/** Ends a restore that was cut off after its database was there: puts its files in their places. */
export async function finishRestore(dataDir: string, databaseUrl: string): Promise<void> {
  const folder = folderOf(dataDir)
  if (!existsSync(folder)) return
  await holdDatabase(databaseUrl, false, async () => {
    if (!existsSync(folder) || !(await isDone(folder, databaseUrl))) return
    moveIn(dataDir, folder)
    rmSync(folder, { recursive: true, force: true })
  })
}

async function isDone(folder: string, databaseUrl: string): Promise<boolean> {
  const file = join(folder, 'mark')
  return existsSync(file) && (await findMark(databaseUrl)) === readFileSync(file, 'utf8')
}

/** Each step may be the last before a crash: what is moved already is not there to be moved again. */
function moveIn(dataDir: string, folder: string): void {
  const old = join(folder, 'old')
  mkdirSync(old, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(join(folder, 'new'))) {
    if (existsSync(join(dataDir, name))) {
      rmSync(join(old, name), { recursive: true, force: true })
      renameSync(join(dataDir, name), join(old, name))
    }
    renameSync(join(folder, 'new', name), join(dataDir, name))
  }
}

async function requireNothing(dataDir: string, databaseUrl: string): Promise<void> {
  const holds = ['media', 'secrets', 'hamlet.env'].find((name) => existsSync(join(dataDir, name)))
  if (holds !== undefined)
    throw new Refusal(
      'conflict',
      `There is ${holds} in ${dataDir} already. With --replace it goes, and the backup comes.`,
    )
  if (!(await isEmptyDatabase(databaseUrl)))
    throw new Refusal(
      'conflict',
      'The database already holds something. With --replace that goes, and the backup comes.',
    )
}

/** Which database is used is a matter of this machine: a backup from elsewhere does not change it. */
function keepOwnDatabase(dataDir: string, restored: string): void {
  const linesOf = (folder: string) => {
    const file = join(folder, 'hamlet.env')
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  }
  const isDatabase = (line: string) => line.trim().startsWith('DATABASE_URL=')
  const lines = linesOf(restored).filter((line) => !isDatabase(line) && line !== '')
  const own = linesOf(dataDir).filter(isDatabase)
  if (lines.length + own.length > 0)
    writeFileSync(join(restored, 'hamlet.env'), [...lines, ...own, ''].join('\n'), { mode: 0o600 })
}
