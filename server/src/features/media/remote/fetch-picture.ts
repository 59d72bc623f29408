import { Refusal } from '#lib/refusal'
import { makeBlobKey } from '#platform/blobs'
import { transact, type Context } from '#platform/context'
import type { Drawn, Shape } from '#platform/images'
import { defineJob } from '#platform/jobs'
import { failureKind, requireOk } from '#platform/net'
import { asFile } from '../keep-picture.ts'
import { emojiPicture, keptPixels, mediaLimits } from '../limits.ts'
import { requirePicture } from '../read-upload.ts'
import type { PictureKind } from './address.ts'
import { findPicture, hasShutHost, isHostDown, type PictureRow } from './store.ts'
import { keepDrawn, postpone, restAfter } from './settle-picture.ts'

/** Sizes as for what people upload here (mastodon-limits 2 and 3). */
const FORMS: Record<PictureKind, { maxBytes: number; shapes: Record<string, Shape> }> = {
  attachment: {
    maxBytes: mediaLimits.imageBytes,
    shapes: { original: { within: keptPixels.original, keepsMotion: true }, small: { within: keptPixels.small } },
  },
  avatar: { maxBytes: 8_388_608, shapes: { original: { cover: { width: 400, height: 400 } } } },
  header: { maxBytes: 8_388_608, shapes: { original: { cover: { width: 1500, height: 500 } } } },
  emoji: {
    maxBytes: emojiPicture.bytes,
    shapes: { original: { within: emojiPicture.pixels, keepsMotion: true }, small: { within: emojiPicture.pixels } },
  },
  card: { maxBytes: 8_388_608, shapes: { original: { within: keptPixels.small } } },
}

/** True for kinds of which something is kept beside the original. */
export function hasSmall(kind: PictureKind): boolean {
  return 'small' in FORMS[kind].shapes
}

/** For everything together, redirects too: who waits for the picture has given up by then. */
const FETCH_MS = 10_000

/**
 * Fetches a picture from its own server and keeps what was drawn anew from it. A failure of that server is no failure
 * of the job: it is written down, with the time before which nobody asks again.
 */
export const fetchPicture = defineJob<{ signature: string }>({
  name: 'media.fetch-picture',
  class: 'fetch',
  maxAttempts: 3,
  run: async (ctx, { signature }) => {
    const picture = await findPicture(ctx, signature)
    if (!picture || picture.original_key !== null) return
    if (await hasShutHost(ctx, [picture.host, picture.account_host])) return
    if (await isHostDown(ctx, picture.host)) await postpone(ctx, picture)
    else await tryOnce(ctx, picture)
    ctx.streams.publish(pictureChannel(signature), {})
  },
})

/** Heard by whoever waits for the outcome of a fetch. */
export function pictureChannel(signature: string): string {
  return `media.picture:${signature}`
}

async function tryOnce(ctx: Context, picture: PictureRow): Promise<void> {
  let drawn: Drawn
  try {
    drawn = await drawPicture(ctx, picture)
  } catch (error) {
    const problem = problemOf(error)
    if (problem === undefined) throw error
    await restAfter(ctx, picture, problem)
    return
  }
  await keepFiles(ctx, picture, drawn)
}

async function drawPicture(ctx: Context, { kind, url }: PictureRow): Promise<Drawn> {
  const { maxBytes, shapes } = FORMS[kind]
  const answer = await ctx.net.request(url, {
    method: 'GET',
    accept: 'image/avif,image/webp,image/png,image/jpeg,image/gif',
    maxBytes,
    timeoutMs: FETCH_MS,
    allowTypes: ['image/*'],
  })
  // Headers lie: what it is, its bytes say.
  return asFile(requireOk(answer).body, async (path) => {
    await requirePicture(path, maxBytes)
    const { imagePixels: maxPixels, framePixels: maxFramePixels } = mediaLimits
    return ctx.images.draw({ path, maxPixels, maxFramePixels, mayStandStill: true, shapes })
  })
}

/** What was wrong with the picture or its server; undefined for what is wrong here, such as too much work at once. */
function problemOf(error: unknown): string | undefined {
  return failureKind(error) ?? (error instanceof Refusal && error.reason === 'invalid' ? 'broken' : undefined)
}

async function keepFiles(ctx: Context, picture: PictureRow, { files, blurhash }: Drawn): Promise<void> {
  const { original, small } = files
  if (!original) throw new Error('A picture came back without its sizes')
  const kept = {
    original: { ...original, key: makeBlobKey('cached', original.extension) },
    small: small && { ...small, key: makeBlobKey('cached', small.extension) },
    blurhash,
  }
  const all = [kept.original, ...(kept.small ? [kept.small] : [])]
  let isKept = false
  try {
    for (const file of all) await ctx.blobs.put(file.key, file.content)
    isKept = await transact(ctx, (tx) => keepDrawn(tx, picture, kept))
  } finally {
    // Its post or account may have gone meanwhile, or another process been quicker.
    if (!isKept) await Promise.all(all.map((file) => ctx.blobs.delete(file.key).catch(() => {})))
  }
}
