/** Files that people uploaded or that were fetched, by key. On this machine's disk; the same four functions fit an object store. */
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export type Blobs = {
  /** Keeps a file. It is there whole or not at all. */
  put(key: string, content: Uint8Array): Promise<void>
  get(key: string): Promise<Buffer | undefined>
  /** Quietly does nothing when it is not there. */
  delete(key: string): Promise<void>
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

export function openBlobs(options: { folder: string; baseUrl: string }): Blobs {
  const pathOf = (key: string) => {
    if (!isBlobKey(key)) throw new Error(`"${key}" is no key of a file`)
    return join(options.folder, key)
  }
  return {
    put: async (key, content) => {
      const path = pathOf(key)
      const draft = `${path}.${randomBytes(6).toString('hex')}.part`
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await writeFile(draft, content, { mode: 0o600, flush: true })
      await rename(draft, path)
    },
    get: (key) =>
      readFile(pathOf(key)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined
        throw error
      }),
    delete: (key) => rm(pathOf(key), { force: true }),
    url: (key) => `${options.baseUrl}/media/${key}`,
  }
}
