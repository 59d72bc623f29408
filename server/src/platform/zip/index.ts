/** Archives in the zip format, in and out, and those of tar and gzip in: one entry after another, none of them ever whole in memory. The only place that knows yazl and yauzl. */
import { createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'

export { openZip, type OpenZip, type ZipLimits } from './read-zip.ts'
export { openTar, type TarLimits } from './read-tar.ts'

export type ZipEntry = {
  name: string
  /** Pieces of it, asked for when its turn comes. */
  read: () => AsyncIterable<string | Uint8Array>
  /** Whether it gets smaller by it: pictures do not. */
  isCompressed?: boolean
}

/** Writes an archive that only we can read; gives its size. Entries are asked for one at a time. Where one fails, nothing of the archive is left. */
export async function writeZip(path: string, entries: AsyncIterable<ZipEntry>, mtime: Date): Promise<number> {
  const zip = new ZipFile()
  const output = zip.outputStream as Readable
  const written = pipeline(output, createWriteStream(path, { mode: 0o600, flush: true }))
  // Whoever waits for an entry hears of it, too.
  written.catch(() => undefined)
  const failed = written.then(() => new Promise<never>(() => {}))
  try {
    for await (const { name, read, isCompressed = true } of entries) {
      const content = Readable.from(bytesOf(read()), { objectMode: false })
      const ended = new Promise<void>((done, fail) => content.once('close', done).once('error', fail))
      zip.addReadStream(content, name, { mtime, mode: 0o100_600, compress: isCompressed })
      await Promise.race([ended, failed])
    }
    zip.end()
    await written
  } catch (cause) {
    output.destroy()
    await written.catch(() => undefined)
    await rm(path, { force: true })
    throw cause
  }
  return (await stat(path)).size
}

async function* bytesOf(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield Buffer.from(piece as string)
}
