import { Refusal, invalid } from '#lib/refusal'
import { makeId, type Id } from '#lib/id'
import { makeBlobKey } from '#platform/blobs'
import type { Context } from '#platform/context'
import type { UploadedFile } from '#platform/http'

/** mastodon-limits.md: 16 MB a picture, 1500 characters of description; kept at most at 8.3 megapixels. */
export const MOST_BYTES = 16 * 1024 * 1024
export const LONGEST_DESCRIPTION = 1500
const KEPT_PIXELS = 8_294_400
const PREVIEW_PIXELS = 230_400

export const MEDIA_TYPES: Record<string, string> = {
  avif: 'image/avif',
  gif: 'image/gif',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
}

export type Details = { description?: string | null; focus?: string | undefined }

/** `x,y` from -1 to 1: where a crop should look. */
export function readFocus(text: string | undefined): { focus_x: number; focus_y: number } | undefined {
  if (text === undefined || text === '') return undefined
  const [x, y, ...rest] = text.split(',').map(Number)
  const fits = (value: number | undefined): value is number => value !== undefined && Math.abs(value) <= 1
  if (!fits(x) || !fits(y) || rest.length > 0)
    throw invalid('Validation failed: Focus must be two numbers from -1 to 1')
  return { focus_x: x, focus_y: y }
}

export function readDescription(text: string): string | null {
  const trimmed = text.trim()
  if (Array.from(trimmed).length > LONGEST_DESCRIPTION)
    throw invalid(`Validation failed: Description may have ${LONGEST_DESCRIPTION} characters at most`)
  return trimmed === '' ? null : trimmed
}

/**
 * Takes a picture in: written anew without what it knew of its maker, with a preview. Files first, row last, so that
 * no row ever points at nothing; files that a crash leaves without a row cost only space.
 */
export async function uploadPicture(ctx: Context, accountId: Id, file: UploadedFile, details: Details): Promise<Id> {
  const description = readDescription(details.description ?? '')
  const focus = readFocus(details.focus)
  if (file.bytes > MOST_BYTES) throw new Refusal('invalid', 'Validation failed: File must be less than 16 MB')
  const made = await ctx.images.process(file.path, [{ mostPixels: KEPT_PIXELS }, { mostPixels: PREVIEW_PIXELS }])
  const [whole, preview] = made.sizes
  if (!whole || !preview) throw new Error('A picture came back without its sizes')
  const [file_key, preview_key] = [makeBlobKey('pictures', made.extension), makeBlobKey('previews', made.extension)]
  await ctx.blobs.put(file_key, whole.content)
  await ctx.blobs.put(preview_key, preview.content)
  const now = ctx.clock.now()
  const id = makeId(now.getTime())
  await ctx.db
    .insertInto('media')
    .values({
      id,
      account_id: accountId,
      media_type: MEDIA_TYPES[made.extension] ?? 'application/octet-stream',
      file_key,
      preview_key,
      description,
      ...focus,
      width: whole.width,
      height: whole.height,
      preview_width: preview.width,
      preview_height: preview.height,
      blurhash: made.blurhash,
      created_at: now.toISOString(),
    })
    .execute()
  return id
}

/** A picture cut to one size, for avatars and headers; gives its key. */
export async function keepCut(
  ctx: Context,
  file: UploadedFile,
  kind: 'avatars' | 'headers',
  crop: { width: number; height: number },
): Promise<string> {
  if (file.bytes > MOST_BYTES) throw new Refusal('invalid', 'Validation failed: File must be less than 16 MB')
  const made = await ctx.images.process(file.path, [{ crop }])
  const key = makeBlobKey(kind, made.extension)
  await ctx.blobs.put(key, made.sizes[0]?.content ?? Buffer.alloc(0))
  return key
}
