import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { link, mkdir, rename, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import { Refusal } from '#lib/refusal'
import { openSnapshot, type Snapshot, type TableShape } from '#platform/db'
import { holdFiles, listKept, type Chosen } from './data-folder.ts'
import { MANIFEST, partName, SUMS, type Manifest } from './manifest.ts'
import { openTarWriter, type TarWriter, type Written } from './tar.ts'

export type BackupOptions = {
  dataDir: string
  databaseUrl: string
  /** The folder that gets the file. */
  to: string
  at: Date
  domain: string
  version: string
  isLocalOnly: boolean
  /** Which rows of a table are kept when only what is local is; a condition in SQL. */
  localRows?: (table: TableShape) => string | undefined
  tell?: (what: string, done: number, of: number) => void
}

export type MadeBackup = { file: string; bytes: number; manifest: Manifest }

/** Rows of this many bytes are packed together: small enough to be held, large enough to pack well. */
const PART_BYTES = 8 * 1024 ** 2
const SPARE_BYTES = 64 * 1024 ** 2

const pack = promisify(gzip)

/** Writes one file that holds the whole server as it was at one moment. It is there whole or not at all. */
export async function writeBackup(options: BackupOptions): Promise<MadeBackup> {
  const { dataDir, to, at } = options
  await mkdir(to, { recursive: true, mode: 0o700 })
  const stamp = at
    .toISOString()
    .replaceAll(/[-:]|\..*/g, '')
    .replace('T', '-')
  const name = `hamlet-${options.domain.replaceAll(':', '-')}-${stamp}${options.isLocalOnly ? '-local' : ''}`
  const draft = join(to, `.${stamp}-${randomBytes(4).toString('hex')}.part`)
  const hold = join(dataDir, `.backup-${randomBytes(4).toString('hex')}`)
  let snapshot: Snapshot | undefined
  try {
    // Files of posts are there before their rows, so what the snapshot names is held by one of the two rounds.
    await holdFiles(await listKept(dataDir, options.isLocalOnly), hold)
    snapshot = await openSnapshot(options.databaseUrl)
    await holdFiles(await listKept(dataDir, options.isLocalOnly), hold)
    const files = await listHeld(hold)
    await requireSpace(to, snapshot.rowBytes + files.reduce((sum, { size }) => sum + size, 0))
    const tar = await openTarWriter(draft, at)
    const manifest = await writeEntries(tar, snapshot, files, options)
    const file = await takeName(draft, join(to, name))
    await noteBackup(dataDir, { file, createdAt: at.toISOString() })
    return { file, bytes: manifest.bytes, manifest: manifest.manifest }
  } finally {
    await snapshot?.close()
    await rm(draft, { force: true })
    await rm(hold, { recursive: true, force: true })
  }
}

/** A link is made only where nothing is, so that of two backups in one second neither replaces the other. */
async function takeName(draft: string, wanted: string): Promise<string> {
  for (let count = 1; ; count += 1) {
    const file = `${wanted}${count === 1 ? '' : `-${count}`}.tar`
    // oxlint-disable-next-line no-await-in-loop -- tried until one is free
    if (await linkOrMove(draft, file)) return file
  }
}

async function linkOrMove(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    // Some file systems have no second names.
    if (existsSync(file)) return false
    await rename(draft, file)
    return true
  }
}

const LAST = '.last-backup'

/** When the last backup was made, and where: for whoever asks whether the server is looked after. */
export function readLastBackup(dataDir: string): { file: string; createdAt: string } | undefined {
  const path = join(dataDir, LAST)
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { file: string; createdAt: string }) : undefined
}

async function noteBackup(dataDir: string, last: { file: string; createdAt: string }): Promise<void> {
  const draft = join(dataDir, `${LAST}.new`)
  await writeFile(draft, JSON.stringify(last), { mode: 0o600 })
  await rename(draft, join(dataDir, LAST))
}

/** What is held has names of its own, below a folder whose name would be left out. */
const listHeld = (hold: string): Promise<Chosen[]> => listKept(hold, false)

async function requireSpace(folder: string, needed: number): Promise<void> {
  const disk = await statfs(folder)
  const free = disk.bavail * disk.bsize
  if (free >= needed + SPARE_BYTES) return
  const gigabytes = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(2)} GiB`
  throw new Refusal(
    'unavailable',
    `There is too little room in ${folder}: the backup may need ${gigabytes(needed)}, and ${gigabytes(free)} are free. --to names another folder.`,
  )
}

async function writeEntries(tar: TarWriter, snapshot: Snapshot, files: readonly Chosen[], options: BackupOptions) {
  const written: Written[] = []
  const tables: Manifest['tables'] = []
  for (const [index, table] of snapshot.tables.entries()) {
    const where = options.isLocalOnly ? options.localRows?.(table) : undefined
    tables.push(await writeTable(tar, snapshot, table, { where, written }))
    options.tell?.('tables', index + 1, snapshot.tables.length)
  }
  let [count, bytes, gone] = [0, 0, 0]
  for (const [index, { name, path }] of files.entries()) {
    const entry = await tar.addFile(`files/${name}`, path)
    if (entry) [count, bytes] = [count + 1, bytes + entry.size]
    else gone += 1
    if (entry) written.push(entry)
    if (index % 100 === 99 || index === files.length - 1) options.tell?.('files', index + 1, files.length)
  }
  // As `sha256sum --check` reads it, once the archive is unpacked.
  const sums = await tar.add(SUMS, Buffer.from(written.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('')))
  const manifest: Manifest = {
    format: 1,
    createdAt: options.at.toISOString(),
    hamlet: options.version,
    domain: options.domain,
    postgresql: snapshot.serverVersion,
    isLocalOnly: options.isLocalOnly,
    migrations: [...snapshot.migrations],
    tables,
    sequences: [...snapshot.sequences],
    files: { count, bytes, gone },
    sums: sums.sha256,
  }
  const last = await tar.add(MANIFEST, Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`))
  await tar.close()
  return { manifest, bytes: [...written, sums, last].reduce((sum, { size }) => sum + size, 0) }
}

async function writeTable(
  tar: TarWriter,
  snapshot: Snapshot,
  table: TableShape,
  { where, written }: { where: string | undefined; written: Written[] },
): Promise<Manifest['tables'][number]> {
  const hash = createHash('sha256')
  let gathered: Buffer[] = []
  let bytes = 0
  let parts = 0
  const flush = async () => {
    if (bytes === 0) return
    const packed = await pack(Buffer.concat(gathered), { level: constants.Z_BEST_SPEED })
    gathered = []
    bytes = 0
    written.push(await tar.add(partName(table.name, parts), packed))
    parts += 1
  }
  const take = async (rows: Buffer) => {
    hash.update(rows)
    gathered.push(rows)
    bytes += rows.length
    if (bytes >= PART_BYTES) await flush()
  }
  const rows = await snapshot.read(table, take, where)
  await flush()
  return { name: table.name, columns: table.columns, rows, sha256: hash.digest('hex'), parts }
}
