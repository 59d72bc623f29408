import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeZip, type ZipEntry } from '#platform/zip'
import { makePicture } from './pictures.ts'

export const OLD_ACTOR = 'https://old.example/users/me'
const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

/** One post of an archive; `more` stands in the note. */
export function oldPost(n: number, more: Record<string, unknown> = {}) {
  const id = `${OLD_ACTOR}/statuses/${n}`
  const published = new Date(Date.UTC(2020, 0, 1 + n)).toISOString()
  const note = { id, type: 'Note', attributedTo: OLD_ACTOR, published, url: `https://old.example/@me/${n}` }
  const object = { ...note, content: `<p>old words ${n}</p>`, to: [PUBLIC], cc: [`${OLD_ACTOR}/followers`], ...more }
  return { id: `${id}/activity`, type: 'Create', actor: OLD_ACTOR, published, object }
}

/** An archive as Mastodon packs it; other files stand beside, or in place of, the usual ones. */
export async function makeArchive(
  items: readonly unknown[] = [oldPost(1)],
  others: Record<string, string | Buffer> = {},
): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'hamlet-archive-'))
  const files: Record<string, string | Buffer> = {
    'actor.json': JSON.stringify({ id: OLD_ACTOR, type: 'Person' }),
    'outbox.json': JSON.stringify({ type: 'OrderedCollection', orderedItems: items }),
    'media_attachments/files/1/original/boats.jpg': await makePicture(),
    ...others,
  }
  async function* entries(): AsyncGenerator<ZipEntry> {
    for (const [name, content] of Object.entries(files))
      yield {
        name,
        read: async function* () {
          yield content
        },
      }
  }
  try {
    const path = join(folder, 'archive.zip')
    await writeZip(path, entries(), new Date('2026-01-01'))
    return readFileSync(path)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
