import type { Id } from '#lib/id'
import { makeBlobKey } from '#platform/blobs'
import type { Context } from '#platform/context'
import { readDetails, type Details } from './details.ts'
import { insertMedia } from './insert-media.ts'
import { keptPixels, mediaLimits } from './limits.ts'
import { requirePicture } from './read-upload.ts'
import { readDigest } from './recall-description.ts'

const CONTENT_TYPES = { jpg: 'image/jpeg', png: 'image/png', webp: 'image/webp', gif: 'image/gif' } as const

/** Takes a picture in: drawn anew, kept in two sizes, and loose until a post holds it. */
export async function uploadMedia(ctx: Context, accountId: Id, path: string, details: Details): Promise<Id> {
  const { description = null, focus = { x: 0, y: 0 } } = readDetails(details)
  await requirePicture(path, mediaLimits.imageBytes)
  const { files, blurhash } = await ctx.images.draw({
    path,
    maxPixels: mediaLimits.imagePixels,
    maxFramePixels: mediaLimits.framePixels,
    shapes: { original: { within: keptPixels.original, keepsMotion: true }, small: { within: keptPixels.small } },
  })
  const { original, small } = files
  if (!original || !small) throw new Error('A picture came back without its sizes')
  const keys = { original: makeBlobKey('original', original.extension), small: makeBlobKey('small', small.extension) }
  try {
    await ctx.blobs.put(keys.original, original.content)
    await ctx.blobs.put(keys.small, small.content)
    const at = ctx.clock.now().toISOString()
    return await insertMedia(ctx, {
      account_id: accountId,
      type: 'image',
      original_key: keys.original,
      small_key: keys.small,
      content_type: CONTENT_TYPES[original.extension],
      bytes: original.content.length + small.content.length,
      width: original.width,
      height: original.height,
      small_width: small.width,
      small_height: small.height,
      focus_x: focus.x,
      focus_y: focus.y,
      description,
      blurhash,
      digest: await readDigest(path),
      created_at: at,
      loose_since: at,
    })
  } catch (error) {
    // What no row names would lie there for ever.
    await Promise.all(Object.values(keys).map((key) => ctx.blobs.delete(key).catch(() => {})))
    throw error
  }
}
