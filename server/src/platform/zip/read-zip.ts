import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { openPromise, type Entry, type ZipFile } from 'yauzl'
import { invalid } from '#lib/refusal'

export type ZipLimits = { maxEntries: number; maxEntryBytes: number; maxRatio: number }

/** An archive from outside, opened: what it names, and each of its files when asked for. */
export type OpenZip = AsyncDisposable & {
  names: ReadonlySet<string>
  /** The content of a file, which must be no larger than this; undefined where there is none of the name. */
  read(name: string, maxBytes: number): Promise<Buffer | undefined>
  /** The same into a file of ours. False where there is none of the name, or it is too large. */
  extract(name: string, path: string): Promise<boolean>
}

/**
 * Opens an archive that somebody sent. Nothing of it is unpacked by that. Refuses what is no archive, has too many files,
 * files that claim to be huge or to grow a thousandfold, and names that lead out of it (yauzl refuses those by itself);
 * what is read is held against the size that it claims, so that no bomb goes off.
 */
export async function openZip(path: string, limits: ZipLimits): Promise<OpenZip> {
  const zip = await open(path)
  const entries = new Map<string, Entry>()
  try {
    if (zip.entryCount > limits.maxEntries) throw invalid(`The archive has more than ${limits.maxEntries} files`)
    for await (const entry of zip.eachEntry()) {
      const isBomb = entry.uncompressedSize > Math.max(1, entry.compressedSize) * limits.maxRatio
      if (entry.uncompressedSize > limits.maxEntryBytes || isBomb)
        throw invalid('The archive has a file that is too large')
      if (entry.isEncrypted()) throw invalid('The archive is encrypted')
      if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry)
    }
  } catch (cause) {
    zip.close()
    throw cause instanceof Error && cause.name === 'Refusal' ? cause : notZip(cause)
  }
  return {
    names: new Set(entries.keys()),
    read: async (name, maxBytes) => {
      const entry = entries.get(name)
      if (!entry) return undefined
      if (entry.uncompressedSize > maxBytes) throw invalid(`${name} is too large`)
      const pieces: Buffer[] = []
      for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer)
      return Buffer.concat(pieces)
    },
    extract: async (name, target) => {
      const entry = entries.get(name)
      if (!entry) return false
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target, { mode: 0o600 }))
      return true
    },
    [Symbol.asyncDispose]: async () => zip.close(),
  }
}

async function open(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true })
  } catch (cause) {
    throw notZip(cause)
  }
}

const notZip = (_cause: unknown) => invalid('The file is no archive that can be read')
