import { sql } from 'kysely'
import { writeAudit } from '#features/audit'
import { dropFiles, mediaLimits, requirePicture, sweepFiles } from '#features/media'
import type { Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import { makeBlobKey } from '#platform/blobs'
import { transact, type Context, type Tx } from '#platform/context'
import { defineJob, type Schedule } from '#platform/jobs'

/** Pictures that stand in place of ours: the one above the page about the server, and the sign of the app. */
const shapes = {
  thumbnail: { small: { width: 1200, height: 630 }, large: { width: 2400, height: 1260 } },
  icon: { small: { width: 192, height: 192 }, large: { width: 512, height: 512 } },
} as const
export type PictureName = keyof typeof shapes
export type SitePicture = { small_key: string; large_key: string; blurhash: string; description: string }
export type SitePictures = Partial<Record<PictureName, SitePicture>>

/** The kind of key under which they are kept. */
const KIND = 'site'
const MOST_BYTES = 8 * 1024 * 1024
export const mostBytes = MOST_BYTES
const LONGEST_DESCRIPTION = 200

export const isPictureName = (name: string): name is PictureName => Object.hasOwn(shapes, name)

/** Both, where the team has put one. One query. */
export async function readPictures(ctx: Context): Promise<SitePictures> {
  const rows = await ctx.db
    .selectFrom('site_pictures')
    .select(['name', 'small_key', 'large_key', 'blurhash', 'description'])
    .execute()
  return Object.fromEntries(rows.map(({ name, ...picture }) => [name, picture]))
}

type Wish = { path?: string | undefined; description?: string | undefined }

/** Puts a picture in place of ours, or says anew what the one that is there shows. */
export async function changePicture(ctx: Context, actorId: Id, name: PictureName, wish: Wish): Promise<void> {
  const description = readDescription(wish.description)
  const drawn = wish.path === undefined ? undefined : await draw(ctx, name, wish.path)
  try {
    await transact(ctx, (tx) => setPicture(tx, actorId, name, { drawn, description }))
  } catch (error) {
    // What no row names would lie there for a day.
    if (drawn) await Promise.all([ctx.blobs.delete(drawn.small_key), ctx.blobs.delete(drawn.large_key)])
    throw error
  }
}

/** Ours stands there again. */
export async function dropPicture(tx: Tx, actorId: Id, name: PictureName): Promise<void> {
  const before = (await lockPictures(tx))[name]
  if (!before) throw notFound()
  await tx.db.deleteFrom('site_pictures').where('name', '=', name).execute()
  await dropFiles(tx, [before.small_key, before.large_key])
  const details = { before: before.description, after: null }
  await writeAudit(tx, { actorId, action: 'settings.picture', targetType: 'settings', label: name, details })
}

type Drawn = Omit<SitePicture, 'description'>

async function draw(ctx: Context, name: PictureName, path: string): Promise<Drawn> {
  await requirePicture(path, MOST_BYTES)
  const { small, large } = shapes[name]
  const { files, blurhash } = await ctx.images.draw({
    path,
    maxPixels: mediaLimits.imagePixels,
    maxFramePixels: mediaLimits.imagePixels,
    shapes: { small: { cover: small }, large: { cover: large } },
  })
  if (!files.small || !files.large) throw new Error('A picture came back without its sizes')
  const small_key = makeBlobKey(KIND, files.small.extension)
  const large_key = makeBlobKey(KIND, files.large.extension)
  await ctx.blobs.put(small_key, files.small.content)
  await ctx.blobs.put(large_key, files.large.content)
  return { small_key, large_key, blurhash }
}

type Change = { drawn: Drawn | undefined; description: string | undefined }

async function setPicture(tx: Tx, actorId: Id, name: PictureName, { drawn, description }: Change): Promise<void> {
  const before = (await lockPictures(tx))[name]
  const picture = drawn ?? before
  if (!picture) throw invalid('There is no picture yet: send one')
  const after = { ...picture, description: description ?? before?.description ?? '' }
  if (!drawn && after.description === before?.description) return
  const { small_key, large_key, blurhash } = after
  const row = {
    small_key,
    large_key,
    blurhash,
    description: after.description,
    updated_at: tx.clock.now().toISOString(),
  }
  await tx.db
    .insertInto('site_pictures')
    .values({ name, ...row })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute()
  if (drawn && before) await dropFiles(tx, [before.small_key, before.large_key])
  const details = { before: before?.description ?? null, after: after.description, isNew: drawn !== undefined }
  await writeAudit(tx, { actorId, action: 'settings.picture', targetType: 'settings', label: name, details })
}

/** Two who change pictures at once do so one after the other: no file is left behind. */
async function lockPictures(tx: Tx): Promise<SitePictures> {
  await sql`lock table site_pictures in share row exclusive mode`.execute(tx.db)
  return readPictures(tx)
}

function readDescription(given: string | undefined): string | undefined {
  const words = given?.replaceAll('\0', '').toWellFormed().trim()
  if (words !== undefined && words.length > LONGEST_DESCRIPTION)
    throw invalid(`A description may have ${LONGEST_DESCRIPTION} characters at most`)
  return words
}

const sweep = defineJob<Record<string, never>>({
  name: 'instance.sweep-files',
  class: 'slow',
  run: async (ctx) => {
    await sweepFiles(ctx, [KIND], async (keys) => {
      const named = Object.values(await readPictures(ctx)).flatMap(({ small_key, large_key }) => [small_key, large_key])
      return named.filter((key) => keys.includes(key))
    })
  },
})

export const pictureSchedules: Schedule[] = [{ job: sweep, everySeconds: 24 * 3_600 }]
