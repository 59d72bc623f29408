import { randomBytes } from 'node:crypto'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { uploadMedia } from '#features/media'
import { deleteStatus, importStatus } from '#features/statuses'
import { makeId, type Id } from '#lib/id'
import { invalid, Refusal } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { defineJob, enqueue, type JobKind } from '#platform/jobs'
import type { OpenZip } from '#platform/zip'
import { dropArchive, makeFolder, pathOf } from '../takeout/folder.ts'
import { openArchive, readArchive, type OldPost } from './read-archive.ts'
import { findPostImport, type PostImportFacts } from './store.ts'

const DAY_MS = 24 * 3_600_000
/** A preview holds for so long, and what was brought can be taken back for so long. */
const CONFIRM_MS = 3_600_000
const UNDO_MS = 30 * DAY_MS

/** Looks into an archive and keeps it for a while; nothing is brought yet. */
export async function startPostImport(
  ctx: Context,
  accountId: Id,
  file: { path: string; filename: string },
): Promise<Id> {
  await using zip = await openArchive(file.path)
  const now = ctx.clock.now()
  const { actor, posts, left } = await readArchive(zip, now)
  if (posts.length === 0) throw invalid('There is no post in the archive that can be brought')
  const known = await countKnown(ctx, accountId, posts)
  const pictures = posts.reduce((sum, post) => sum + post.pictures.length, 0)
  const span = { oldest: posts[0]?.published.toISOString(), newest: posts.at(-1)?.published.toISOString() }
  const stored = `${randomBytes(24).toString('hex')}.zip`
  await makeFolder(ctx)
  await copyFile(file.path, pathOf(ctx, stored))
  return transact(ctx, async (tx) => {
    const open =
      await sql`select 1 from post_imports where account_id = ${accountId} and state in ('running', 'undoing')`.execute(
        tx.db,
      )
    if (open.rows.length > 0) throw invalid('Wait until the other archive is done')
    // One preview at a time; of presses at one moment each gets its answer.
    const before = new Date(now.getTime() - 60_000).toISOString()
    await sql`delete from post_imports where account_id = ${accountId} and state = 'draft' and created_at < ${before}`.execute(
      tx.db,
    )
    const id = makeId(now.getTime())
    await tx.db
      .insertInto('post_imports')
      .values({
        id,
        account_id: accountId,
        file_name: file.filename.replaceAll(/[^\w. -]/g, '').slice(0, 120) || 'archive.zip',
        stored_name: stored,
        preview: JSON.stringify({ actor, posts: posts.length, pictures, known, ...left, ...span }),
        created_at: now.toISOString(),
      })
      .execute()
    return id
  })
}

async function countKnown(ctx: Context, accountId: Id, posts: readonly OldPost[]): Promise<number> {
  const uris = posts.map(({ uri }) => uri)
  const found = await sql<{ count: number }>`
    select count(*)::int as count from imported_posts where account_id = ${accountId} and original_uri = any(${uris}::text[])`.execute(
    ctx.db,
  )
  return found.rows[0]?.count ?? 0
}

/** Begins what was looked at. Pressed twice it begins once. */
export async function confirmPostImport(tx: Tx, one: PostImportFacts): Promise<void> {
  const now = tx.clock.now().getTime()
  if (one.state === 'draft' && now - Date.parse(one.created_at) > CONFIRM_MS)
    throw new Refusal('gone', 'This preview is too old. Choose the file again.')
  const begun = await tx.db
    .updateTable('post_imports')
    .set({ state: 'running' })
    .where('id', '=', one.id)
    .where('state', '=', 'draft')
    .returning('id')
    .executeTakeFirst()
  if (begun) await enqueue(tx, bringPosts, { importId: one.id, accountId: one.account_id })
}

type Payload = { importId: Id; accountId: Id }
const orderingKey = ({ accountId }: Payload) => `posts:${accountId}`

/** Brings the posts of an archive, each in a transaction that notes it: what interrupts this brings none of them twice. */
export const bringPosts: JobKind<Payload> = defineJob<Payload>({
  name: 'archives.bring-posts',
  class: 'slow',
  orderingKey,
  run: async (ctx, { importId, accountId }) => {
    const one = await findPostImport(ctx, importId)
    if (one?.state !== 'running') return
    await using zip = await openArchive(pathOf(ctx, one.stored_name))
    const { posts } = await readArchive(zip, ctx.clock.now())
    for (const post of posts) {
      // oxlint-disable-next-line no-await-in-loop -- one after another, the oldest first
      const state = (await findPostImport(ctx, importId))?.state
      if (state !== 'running') return
      // oxlint-disable-next-line no-await-in-loop -- as above
      await bringOne(ctx, { importId, accountId, zip }, post)
    }
    const finished = { state: 'finished', finished_at: ctx.clock.now().toISOString() }
    await ctx.db.updateTable('post_imports').set(finished).where('id', '=', importId).execute()
    await dropArchive(ctx, one.stored_name)
  },
})

type Bringing = Payload & { zip: OpenZip }

async function bringOne(ctx: Context, { importId, accountId, zip }: Bringing, post: OldPost): Promise<void> {
  const known = await ctx.db
    .selectFrom('imported_posts')
    .select('original_uri')
    .where('account_id', '=', accountId)
    .where('original_uri', '=', post.uri)
    .executeTakeFirst()
  if (known) return
  const mediaIds = await bringPictures(ctx, accountId, zip, post)
  await transact(ctx, async (tx) => {
    const id = await importStatus(tx, accountId, {
      originalUrl: post.note.url,
      published: post.published,
      content: post.content,
      text: post.text,
      spoilerText: post.note.warning,
      visibility: post.visibility,
      sensitive: post.note.isSensitive,
      language: post.note.language,
      mediaIds,
    })
    await tx.db
      .insertInto('imported_posts')
      .values({ account_id: accountId, original_uri: post.uri, import_id: importId, status_id: id })
      .execute()
  })
}

/** Pictures go the way of every upload; what is none is left out. */
async function bringPictures(ctx: Context, accountId: Id, zip: OpenZip, { pictures }: OldPost): Promise<Id[]> {
  if (pictures.length === 0) return []
  const folder = await mkdtemp(join(tmpdir(), 'hamlet-old-'))
  const ids: Id[] = []
  try {
    for (const [index, { name, description }] of pictures.entries()) {
      const path = join(folder, String(index))
      // oxlint-disable-next-line no-await-in-loop -- one picture at a time is on its way
      if (await zip.extract(name, path)) {
        // oxlint-disable-next-line no-await-in-loop -- as above
        const id = await uploadMedia(ctx, accountId, path, { description }).catch(refusalOnly)
        if (id) ids.push(id)
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return ids
}

function refusalOnly(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error
}

/** Lets a draft go, or takes back what was brought, which can be done for thirty days. Pressed twice it is done once. */
export async function undoPostImport(tx: Tx, one: PostImportFacts): Promise<void> {
  if (one.state === 'draft') {
    await tx.db.deleteFrom('post_imports').where('id', '=', one.id).execute()
    tx.afterCommit(() => dropArchive(tx, one.stored_name))
    return
  }
  if (tx.clock.now().getTime() - Date.parse(one.created_at) > UNDO_MS)
    throw new Refusal('gone', 'That was too long ago to be taken back')
  const undoing = await tx.db
    .updateTable('post_imports')
    .set({ state: 'undoing' })
    .where('id', '=', one.id)
    .where('state', 'in', ['running', 'finished'])
    .returning('id')
    .executeTakeFirst()
  if (undoing) await enqueue(tx, takePostsBack, { importId: one.id, accountId: one.account_id })
}

export const takePostsBack: JobKind<Payload> = defineJob<Payload>({
  name: 'archives.take-posts-back',
  class: 'slow',
  orderingKey,
  run: async (ctx, { importId, accountId }) => {
    const one = await findPostImport(ctx, importId)
    if (one?.state !== 'undoing') return
    const rows = await ctx.db
      .selectFrom('imported_posts')
      .select(['original_uri', 'status_id'])
      .where('import_id', '=', importId)
      .execute()
    for (const { original_uri: uri, status_id: id } of rows)
      // oxlint-disable-next-line no-await-in-loop -- each in its own transaction, one after another
      await transact(ctx, async (tx) => {
        // What its author deleted meanwhile is gone, as it should be.
        if (id !== null) await deleteStatus(tx, accountId, id).catch(refusalOnly)
        await tx.db
          .deleteFrom('imported_posts')
          .where('account_id', '=', accountId)
          .where('original_uri', '=', uri)
          .execute()
      })
    await ctx.db.updateTable('post_imports').set({ state: 'undone' }).where('id', '=', importId).execute()
    await dropArchive(ctx, one.stored_name)
  },
})
