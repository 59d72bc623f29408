import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { invalid } from '#lib/refusal'
import type { OpenZip, ZipLimits } from './read-zip.ts'

const BLOCK = 512
const unpack = promisify(gunzip)

export type TarLimits = Pick<ZipLimits, 'maxEntries' | 'maxEntryBytes'> & { maxBytes: number }

/** An archive as tar and gzip make it (ustar), read into memory: no more than `maxBytes` of it. Names are never paths of ours. */
export async function openTar(path: string, limits: TarLimits): Promise<Pick<OpenZip, 'names' | 'read'>> {
  let content: Buffer
  try {
    content = await unpack(await readFile(path), { maxOutputLength: limits.maxBytes })
  } catch {
    throw invalid('The file is no archive that can be read, or it is too large')
  }
  const entries = readEntries(content, limits)
  return {
    names: new Set(entries.keys()),
    read: async (name, maxBytes) => {
      const entry = entries.get(name)
      if (entry && entry.length > maxBytes) throw invalid(`${name} is too large`)
      return entry
    },
  }
}

function readEntries(content: Buffer, { maxEntries, maxEntryBytes }: TarLimits): Map<string, Buffer> {
  const entries = new Map<string, Buffer>()
  for (let at = 0; at + BLOCK <= content.length && content[at] !== 0;) {
    const head = content.subarray(at, at + BLOCK)
    const size = Number.parseInt(textOf(head, 124, 12).trim() || '0', 8)
    const isWhole = textOf(head, 257, 5) === 'ustar' && size >= 0 && at + BLOCK + size <= content.length
    if (!isWhole) throw invalid('The archive is damaged')
    const prefix = textOf(head, 345, 155)
    const kind = textOf(head, 156, 1)
    if (kind === '' || kind === '0') {
      if (size > maxEntryBytes) throw invalid('The archive has a file that is too large')
      const name = `${prefix === '' ? '' : `${prefix}/`}${textOf(head, 0, 100)}`
      entries.set(name, content.subarray(at + BLOCK, at + BLOCK + size))
      if (entries.size > maxEntries) throw invalid(`The archive has more than ${maxEntries} files`)
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
  return entries
}

function textOf(head: Buffer, from: number, length: number): string {
  const text = head.toString('utf8', from, from + length)
  const end = text.indexOf('\0')
  return end < 0 ? text : text.slice(0, end)
}
