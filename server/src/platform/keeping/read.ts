import { createHash } from 'node:crypto'
import { mkdirSync, openSync, closeSync, writeSync, fsyncSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Refusal } from '#lib/refusal'
import { MANIFEST, partName, readManifest, SUMS, type Manifest } from './manifest.ts'
import { listEntries, readEntry, type Entry } from './tar.ts'

export type Backup = {
  manifest: Manifest
  /** The rows of a table, each part compared with its hash before it is handed on. */
  readTable(name: string): AsyncGenerator<Buffer>
  /** Writes all files below a folder; gives their number. */
  unpackFiles(folder: string): Promise<number>
  /** One of the kept files, whole; undefined when it is not there. */
  readFile(name: string): Promise<Buffer | undefined>
  close(): Promise<void>
}

const unpack = promisify(gunzip)
const FILES = 'files/'
/** Far more than a part can be, so that a made-up one cannot eat the memory. */
const MOST_BYTES = 256 * 1024 ** 2

export async function openBackup(path: string): Promise<Backup> {
  const file = await open(path).catch((cause: NodeJS.ErrnoException) => {
    throw new Refusal('notFound', `${path} cannot be read: ${cause.message}`, { cause })
  })
  try {
    const entries = new Map((await listEntries(file)).map((entry) => [entry.name, entry]))
    const manifestEntry = entries.get(MANIFEST)
    if (!manifestEntry) throw new Refusal('invalid', 'There is no manifest in this file: it is not a whole backup.')
    const manifest = readManifest((await whole(file, manifestEntry)).toString('utf8'))
    const sums = await readSums(file, entries.get(SUMS), manifest)
    const read = (entry: Entry) => readChecked(file, entry, sums)
    return {
      manifest,
      readTable: (name) => readTable(read, entries, manifest, name),
      unpackFiles: (folder) => unpackFiles(file, [...entries.values()], sums, folder),
      readFile: async (name) => {
        const entry = entries.get(`${FILES}${name}`)
        return entry && read(entry)
      },
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

type Sums = ReadonlyMap<string, string>

async function readSums(file: FileHandle, entry: Entry | undefined, manifest: Manifest): Promise<Sums> {
  const content = entry ? await whole(file, entry) : Buffer.alloc(0)
  if (sha256(content) !== manifest.sums) throw damaged(SUMS)
  const lines = content.toString('utf8').split('\n').filter(Boolean)
  return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]))
}

async function* readTable(
  read: (entry: Entry) => Promise<Buffer>,
  entries: ReadonlyMap<string, Entry>,
  manifest: Manifest,
  name: string,
): AsyncGenerator<Buffer> {
  const parts = manifest.tables.find((table) => table.name === name)?.parts ?? 0
  for (let index = 0; index < parts; index += 1) {
    const entry = entries.get(partName(name, index))
    if (!entry) throw damaged(partName(name, index))
    yield await unpack(await read(entry), { maxOutputLength: MOST_BYTES })
  }
}

async function readChecked(file: FileHandle, entry: Entry, sums: Sums): Promise<Buffer> {
  const content = await whole(file, entry)
  if (sha256(content) !== sums.get(entry.name)) throw damaged(entry.name)
  return content
}

async function unpackFiles(file: FileHandle, entries: readonly Entry[], sums: Sums, folder: string): Promise<number> {
  const files = entries.filter(({ name }) => name.startsWith(FILES))
  for (const entry of files) {
    const name = entry.name.slice(FILES.length)
    // A name that climbs out of the folder is none of ours.
    if (normalize(name) !== name || name.startsWith('/') || name.startsWith('..')) throw damaged(entry.name)
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const target = openSync(path, 'wx', 0o600)
    const hash = createHash('sha256')
    try {
      for await (const piece of readEntry(file, entry)) {
        hash.update(piece)
        writeSync(target, piece)
      }
      fsyncSync(target)
    } finally {
      closeSync(target)
    }
    if (hash.digest('hex') !== sums.get(entry.name)) throw damaged(entry.name)
  }
  return files.length
}

async function whole(file: FileHandle, entry: Entry): Promise<Buffer> {
  if (entry.size > MOST_BYTES && entry.name !== SUMS) throw damaged(entry.name)
  const pieces: Buffer[] = []
  for await (const piece of readEntry(file, entry)) pieces.push(piece)
  return Buffer.concat(pieces)
}

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex')
const damaged = (name: string) =>
  new Refusal('invalid', `${name} in this backup is damaged or missing. Nothing was changed; take another backup.`)
