import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { Refusal } from '#lib/refusal'

/** What lies in an archive: POSIX ustar, so that any `tar` opens it without us. */
export type Entry = { name: string; size: number; offset: number }
export type Written = { name: string; size: number; sha256: string }

const BLOCK = 512
const PIECE = 1024 ** 2

export type TarWriter = {
  add(name: string, content: Buffer): Promise<Written>
  /** Adds a file as long as it is now; undefined when it is gone. */
  addFile(name: string, path: string): Promise<Written | undefined>
  /** Marks the end, and waits until the disk has everything. */
  close(): Promise<void>
}

export async function openTarWriter(path: string, at: Date): Promise<TarWriter> {
  const file = await open(path, 'wx', 0o600)
  let queue: Promise<unknown> = Promise.resolve()
  // Entries must not mix, whoever adds them.
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const turn = queue.then(act)
    queue = turn.catch(() => {})
    return turn
  }
  const pad = (size: number) => file.write(Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK))
  return {
    add: (name, content) =>
      inTurn(async () => {
        await writeAll(file, Buffer.concat([header(name, content.length, at), content]))
        await pad(content.length)
        return { name, size: content.length, sha256: createHash('sha256').update(content).digest('hex') }
      }),
    addFile: (name, path) =>
      inTurn(async () => {
        const source = await open(path).catch(undefinedIfGone)
        if (!source) return undefined
        try {
          const { size } = await source.stat()
          await writeAll(file, header(name, size, at))
          const sha256 = await copyExactly(source, file, size)
          await pad(size)
          return { name, size, sha256 }
        } finally {
          await source.close()
        }
      }),
    close: () =>
      inTurn(async () => {
        await writeAll(file, Buffer.alloc(2 * BLOCK))
        await file.sync()
        await file.close()
      }),
  }
}

/** Every entry with its place, from the headers alone. */
export async function listEntries(file: FileHandle): Promise<Entry[]> {
  const { size: whole } = await file.stat()
  const entries: Entry[] = []
  for (let at = 0; at + BLOCK <= whole;) {
    const block = await readExactly(file, at, BLOCK)
    if (block.every((byte) => byte === 0)) return entries
    const entry = readHeader(block)
    entries.push({ ...entry, offset: at + BLOCK })
    at += BLOCK + Math.ceil(entry.size / BLOCK) * BLOCK
  }
  throw new Refusal('invalid', 'This file ends too early: it is not a whole backup.')
}

/** The bytes of an entry, a piece at a time. */
export async function* readEntry(file: FileHandle, entry: Entry): AsyncGenerator<Buffer> {
  for (let read = 0; read < entry.size;) {
    const piece = await readExactly(file, entry.offset + read, Math.min(PIECE, entry.size - read))
    read += piece.length
    yield piece
  }
}

async function copyExactly(from: FileHandle, to: FileHandle, size: number): Promise<string> {
  const hash = createHash('sha256')
  for (let read = 0; read < size;) {
    const piece = await readExactly(from, read, Math.min(PIECE, size - read))
    hash.update(piece)
    await writeAll(to, piece)
    read += piece.length
  }
  return hash.digest('hex')
}

async function readExactly(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  for (let read = 0; read < length;) {
    const { bytesRead } = await file.read(buffer, read, length - read, position + read)
    if (bytesRead === 0) throw new Refusal('invalid', 'A file ended too early while it was read.')
    read += bytesRead
  }
  return buffer
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let written = 0; written < bytes.length;)
    written += (await file.write(bytes, written, bytes.length - written)).bytesWritten
}

function header(name: string, size: number, at: Date): Buffer {
  const block = Buffer.alloc(BLOCK)
  const [prefix, rest] = splitName(name)
  block.write(rest, 0, 100, 'utf8')
  block.write('0000600\0', 100)
  block.write('0000000\0', 108)
  block.write('0000000\0', 116)
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  block.write(
    `${Math.floor(at.getTime() / 1000)
      .toString(8)
      .padStart(11, '0')}\0`,
    136,
  )
  block.write('        ', 148)
  block.write('0', 156)
  block.write('ustar\x0000', 257)
  block.write(prefix, 345, 155, 'utf8')
  block.write(`${checksum(block).toString(8).padStart(6, '0')}\0 `, 148)
  return block
}

/** A name of more than 100 bytes is cut at a slash into two fields. */
function splitName(name: string): [string, string] {
  const bytes = Buffer.byteLength(name)
  if (bytes <= 100) return ['', name]
  for (let cut = name.indexOf('/'); cut > 0; cut = name.indexOf('/', cut + 1)) {
    const [prefix, rest] = [name.slice(0, cut), name.slice(cut + 1)]
    if (Buffer.byteLength(prefix) <= 155 && Buffer.byteLength(rest) <= 100) return [prefix, rest]
  }
  throw new Refusal('invalid', `The name ${name} is too long for an archive.`)
}

function readHeader(block: Buffer): { name: string; size: number } {
  const told = Number.parseInt(textAt(block, 148, 8), 8)
  const copy = Buffer.from(block)
  copy.write('        ', 148)
  const isFile = block[156] === 0x30 || block[156] === 0
  if (told !== checksum(copy) || !isFile) throw new Refusal('invalid', 'This file is damaged, or is not a backup.')
  const prefix = textAt(block, 345, 155)
  const rest = textAt(block, 0, 100)
  return { name: prefix ? `${prefix}/${rest}` : rest, size: Number.parseInt(textAt(block, 124, 12), 8) }
}

function textAt(block: Buffer, offset: number, length: number): string {
  const field = block.subarray(offset, offset + length)
  const end = field.indexOf(0)
  return field.subarray(0, end === -1 ? length : end).toString('utf8')
}

function checksum(block: Buffer): number {
  return block.reduce((sum, byte) => sum + byte, 0)
}

function undefinedIfGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
