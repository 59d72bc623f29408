/** Files that people uploaded or that were fetched, by key. On this machine's disk; the same few functions fit an object store. */
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export type Blobs = {
  /** Keeps a file. It is there whole or not at all. */
  put(key: string, content: Uint8Array): Promise<void>
  /** Also what is withheld: for the house itself, never for who asks by an address. */
  get(key: string): Promise<Buffer | undefined>
  /** What stands under a public address now. */
  getPublic(key: string): Promise<Buffer | undefined>
  /** Takes a file from its public address, for a while; twice is once, and nothing where it is not there. */
  withhold(key: string): Promise<void>
  release(key: string): Promise<void>
  /** Quietly does nothing when it is not there. */
  delete(key: string): Promise<void>
  /**
   * Deletes files of a kind that were written before a moment and that nobody holds, with drafts of writes that never
   * ended. `findHeld` is asked about a few hundred keys at a time. Gives how many files went.
   */
  sweep(
    kind: string,
    before: Date,
    findHeld: (keys: readonly string[]) => Promise<ReadonlySet<string>>,
  ): Promise<number>
  /** The public address of a key. */
  url(key: string): string
}

/** `kind/ab/<32 random characters>.ext`: nobody finds a file by guessing. */
export function makeBlobKey(kind: string, extension: string): string {
  const name = randomBytes(24).toString('hex')
  return `${kind}/${name.slice(0, 2)}/${name}.${extension}`
}

const KEY = /^[a-z0-9-]+(?:\/[a-z0-9-]+)*\.[a-z0-9]{1,8}$/

/** True for what `makeBlobKey` can have made: no dots, no climbing, no hidden files. */
export function isBlobKey(text: string): boolean {
  return text.length <= 200 && KEY.test(text)
}

/** Where files lie that are under no address for now. */
const WITHHELD = 'withheld'

async function readOrNone(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}

async function moveIfThere(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  await rename(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}

/** With `isDry`, a sweep only counts. */
export function openBlobs(options: { folder: string; baseUrl: string; isDry?: boolean }): Blobs {
  const pathOf = (key: string) => {
    if (!isBlobKey(key)) throw new Error(`"${key}" is no key of a file`)
    return join(options.folder, key)
  }
  const asideOf = (key: string) => pathOf(`${WITHHELD}/${key}`)
  return {
    put: async (key, content) => {
      const path = pathOf(key)
      const draft = `${path}.${randomBytes(6).toString('hex')}.part`
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await writeFile(draft, content, { mode: 0o600, flush: true })
      await rename(draft, path)
    },
    get: async (key) => (await readOrNone(pathOf(key))) ?? readOrNone(asideOf(key)),
    getPublic: async (key) => (key.startsWith(`${WITHHELD}/`) ? undefined : readOrNone(pathOf(key))),
    withhold: (key) => moveIfThere(pathOf(key), asideOf(key)),
    release: (key) => moveIfThere(asideOf(key), pathOf(key)),
    delete: async (key) => {
      await Promise.all([pathOf(key), asideOf(key)].map((path) => rm(path, { force: true })))
    },
    sweep: async (kind, before, findHeld) => {
      let gone = 0
      for (const root of [options.folder, join(options.folder, WITHHELD)])
        // oxlint-disable-next-line no-await-in-loop -- one folder after another, so that few keys are held at once
        for (const part of await listNames(join(root, kind))) {
          // oxlint-disable-next-line no-await-in-loop -- as above
          const old = await listOld(root, `${kind}/${part}`, before)
          // oxlint-disable-next-line no-await-in-loop -- as above
          const held = await findHeld(old.filter(isBlobKey))
          const lost = old.filter((key) => !held.has(key))
          // oxlint-disable-next-line no-await-in-loop -- as above
          if (!options.isDry) await Promise.all(lost.map((key) => rm(join(root, key), { force: true })))
          gone += lost.length
        }
      return gone
    },
    url: (key) => `${options.baseUrl}/media/${key}`,
  }
}

async function listNames(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
    throw error
  })
}

/** Files below a folder, drafts too, that were written before a moment. What goes while we look is not there. */
async function listOld(root: string, folder: string, before: Date): Promise<string[]> {
  const keys = (await listNames(join(root, folder))).map((name) => `${folder}/${name}`)
  const facts = await Promise.all(keys.map((key) => stat(join(root, key)).catch(() => undefined)))
  return keys.filter((_key, index) => {
    const found = facts[index]
    return found !== undefined && found.isFile() && found.mtime < before
  })
}
