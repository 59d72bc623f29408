import { open } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { invalid } from '#lib/refusal'
import { openTar, openZip, type OpenZip } from '#platform/zip'

/** What of an archive is taken for pictures; what each really is, its bytes say. */
const PICTURES = new Set(['.avif', '.gif', '.jpeg', '.jpg', '.png', '.webp'])
const MOST = 1_000
const LIST_BYTES = 2_097_152
export const PACK_BYTES = 67_108_864
const limits = { maxEntries: 2 * MOST, maxEntryBytes: PACK_BYTES, maxRatio: 1_000 }

export type PackEntry = { name: string; shortcode: string; category: string | null }
export type OpenPack = Pick<OpenZip, 'names' | 'read'> & { close(): Promise<void> }

/** A pack as people pass them on: zip, or tar and gzip. */
export async function openPack(path: string): Promise<OpenPack> {
  const file = await open(path)
  const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0)
  await file.close()
  if (buffer[0] === 0x1f && buffer[1] === 0x8b) {
    const tar = await openTar(path, { ...limits, maxBytes: 2 * PACK_BYTES })
    return { ...tar, close: async () => {} }
  }
  const zip = await openZip(path, limits)
  return {
    names: zip.names,
    read: (name, maxBytes) => zip.read(name, maxBytes),
    close: async () => zip[Symbol.asyncDispose](),
  }
}

/** The pictures of a pack in the order of their names, called as its own list says, or else as their files. */
export async function readEntries(pack: OpenPack, category: string | null): Promise<PackEntry[]> {
  const listed = await readList(pack)
  const names = [...pack.names].filter(isPicture).toSorted()
  if (names.length === 0) throw invalid('There is no picture in the archive')
  if (names.length > MOST) throw invalid(`The archive has more than ${MOST} pictures`)
  return names.map((name) => {
    const own = listed.get(basename(name))
    const shortcode = own?.name ?? basename(name, extname(name))
    return { name, shortcode: shortcode.replaceAll(/\W+/g, '_'), category: category ?? own?.category ?? null }
  })
}

/** Not what some machines leave beside a file. */
const isPicture = (name: string): boolean =>
  PICTURES.has(extname(name).toLowerCase()) && !basename(name).startsWith('.') && !name.startsWith('__MACOSX/')

type Listed = Map<string, { name: string; category: string | null }>

/** What Misskey (`meta.json`) and Pleroma (`pack.json`) write beside the pictures. What is no such list says nothing. */
async function readList(pack: OpenPack): Promise<Listed> {
  const listed: Listed = new Map()
  const find = (file: string) => [...pack.names].find((name) => basename(name) === file)
  const [meta, files] = [find('meta.json'), find('pack.json')]
  if (meta) {
    const { emojis } = (await readJson(pack, meta)) as { emojis?: unknown }
    for (const one of Array.isArray(emojis) ? emojis : []) {
      const { fileName, emoji } = (one ?? {}) as { fileName?: unknown; emoji?: Record<string, unknown> }
      if (typeof fileName === 'string' && typeof emoji?.name === 'string')
        listed.set(fileName, {
          name: emoji.name,
          category: typeof emoji.category === 'string' ? emoji.category : null,
        })
    }
  } else if (files) {
    const { files: named } = (await readJson(pack, files)) as { files?: unknown }
    for (const [name, file] of Object.entries(named ?? {}))
      if (typeof file === 'string') listed.set(basename(file), { name, category: null })
  }
  return listed
}

async function readJson(pack: OpenPack, name: string): Promise<object> {
  try {
    const content: unknown = JSON.parse((await pack.read(name, LIST_BYTES))?.toString('utf8') ?? '')
    return typeof content === 'object' && content !== null ? content : {}
  } catch {
    throw invalid(`${basename(name)} cannot be read`)
  }
}
