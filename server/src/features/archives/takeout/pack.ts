import { rename } from 'node:fs/promises'
import { renderActor } from '#features/accounts'
import { sendLetter } from '#features/letters'
import { writeOutbox } from '#features/statuses'
import { findUserOfAccount } from '#features/users'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { writeZip, type ZipEntry } from '#platform/zip'
import { exportCsv, exportFilters, exportNames, type ExportName } from '../exports.ts'
import { makeFolder, pathOf } from './folder.ts'
import { countFiles, findTakeout, listFiles, writeMarks } from './store.ts'

/** What every room says of a person, by the name of the room; asked one after another. */
export type Parts = (accountId: Id) => AsyncIterable<[name: string, part: Record<string, unknown>]>

const STEP = 25
/** Names as Mastodon gives its downloads. */
const NAMES: Record<ExportName, string> = {
  follows: 'following_accounts',
  lists: 'lists',
  mutes: 'muted_accounts',
  blocks: 'blocked_accounts',
  domain_blocks: 'blocked_domains',
  bookmarks: 'bookmarks',
}

/**
 * Writes everything of a person into one file: what they wrote as ActivityStreams, their pictures, their lists, and what
 * each room keeps of them. Piece by piece, however much it is; begun anew when it was interrupted. Then it is told by mail.
 */
export async function packTakeout(ctx: Context, takeoutId: Id, parts: Parts): Promise<void> {
  const takeout = await findTakeout(ctx, takeoutId)
  if (takeout?.state !== 'packing') return
  const { account_id: accountId, file_name: fileName } = takeout
  await makeFolder(ctx)
  const path = pathOf(ctx, fileName)
  const total = (await countFiles(ctx, accountId)) + exportNames.length
  await ctx.db.updateTable('takeouts').set({ total, done: 0 }).where('id', '=', takeoutId).execute()
  const note = (done: number) => ctx.db.updateTable('takeouts').set({ done }).where('id', '=', takeoutId).execute()
  const entries = listEntries(ctx, accountId, parts)
  const bytes = await writeZip(`${path}.part`, counted(entries, note), ctx.clock.now())
  await rename(`${path}.part`, path)
  await ctx.db
    .updateTable('takeouts')
    .set({ state: 'ready', bytes: String(bytes), done: total, total, ready_at: ctx.clock.now().toISOString() })
    .where('id', '=', takeoutId)
    .execute()
  const person = await findUserOfAccount(ctx, accountId)
  if (person) await sendLetter(ctx, person, 'archiveReady', { link: `${ctx.config.url}/settings/data#archive` })
}

async function* counted(entries: AsyncIterable<ZipEntry>, note: (done: number) => Promise<unknown>) {
  let done = 0
  for await (const entry of entries) {
    yield entry
    done += 1
    if (done % STEP === 0) await note(done)
  }
}

async function* listEntries(ctx: Context, accountId: Id, parts: Parts): AsyncGenerator<ZipEntry> {
  yield whole('README.txt', README)
  yield whole('actor.json', JSON.stringify((await renderActor(ctx, accountId)) ?? {}, null, 2))
  yield { name: 'outbox.json', read: () => writeOutbox(ctx, accountId) }
  yield { name: 'likes.json', read: () => writeMarks(ctx, accountId, 'favourites') }
  yield { name: 'bookmarks.json', read: () => writeMarks(ctx, accountId, 'bookmarks') }
  for (const name of exportNames) yield { name: `${NAMES[name]}.csv`, read: () => exportCsv(ctx, accountId, name) }
  yield whole('custom_filters.json', await exportFilters(ctx, accountId))
  for await (const [name, part] of parts(accountId)) yield whole(`hamlet/${name}.json`, JSON.stringify(part, null, 2))
  for await (const key of listFiles(ctx, accountId))
    yield { name: `media/${key}`, isCompressed: false, read: () => readFile(ctx, key) }
}

const whole = (name: string, text: string): ZipEntry => ({ name, read: () => pieces(text) })

async function* pieces(text: string): AsyncGenerator<string> {
  yield text
}

/** One picture at a time is in memory. What went meanwhile is an empty file. */
async function* readFile(ctx: Context, key: string): AsyncGenerator<Uint8Array> {
  const content = await ctx.blobs.get(key)
  if (content) yield content
}

const README = `This is everything that your server keeps of you.

actor.json           you, as other servers read it (ActivityPub)
outbox.json          what you wrote and boosted, the oldest first (ActivityStreams); pictures lie in media/
likes.json           addresses of posts that you favourited
bookmarks.json       addresses of posts that you kept
*.csv                whom you follow, muted, blocked, put in lists; servers that you blocked; bookmarks.
                     Hamlet, Mastodon and others import these files.
custom_filters.json  your filters
media/               your pictures
hamlet/              what each part of the server keeps of you, as JSON

Whoever has this file can read your private posts. Keep it well.
`
