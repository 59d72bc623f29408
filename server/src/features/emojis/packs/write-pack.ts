import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import { writeZip, type ZipEntry } from '#platform/zip'
import { listLocalEmojis, type EmojiRow } from '../store.ts'

/** Our emoji as an archive, all or those of a category, with a list that says what each is called and where it belongs. */
export async function writePack(ctx: Context, category: string | undefined): Promise<AsyncIterable<unknown>> {
  const rows = (await listLocalEmojis(ctx)).filter((row) => category === undefined || row.category === category)
  if (rows.length === 0) throw notFound()
  const folder = await mkdtemp(join(tmpdir(), 'hamlet-pack-'))
  try {
    const path = join(folder, 'pack.zip')
    await writeZip(path, entriesOf(ctx, rows), ctx.clock.now())
    // The file is open, so that it goes with its last reader.
    return (await open(path)).createReadStream()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const fileOf = (row: EmojiRow): string => `${row.shortcode}${extname(row.original_key ?? '')}`

async function* entriesOf(ctx: Context, rows: readonly EmojiRow[]): AsyncGenerator<ZipEntry> {
  const emojis = rows.map((row) => ({
    downloaded: true,
    fileName: fileOf(row),
    emoji: { name: row.shortcode, category: row.category, aliases: [] },
  }))
  const list = { metaVersion: 2, host: ctx.config.domain, exportedAt: ctx.clock.now().toISOString(), emojis }
  yield {
    name: 'meta.json',
    read: async function* () {
      yield JSON.stringify(list, undefined, 2)
    },
  }
  for (const row of rows) {
    // oxlint-disable-next-line no-await-in-loop -- one picture in memory at a time
    const picture = row.original_key === null ? undefined : await ctx.blobs.get(row.original_key)
    if (!picture) continue
    yield {
      name: fileOf(row),
      isCompressed: false,
      read: async function* () {
        yield picture
      },
    }
  }
}
