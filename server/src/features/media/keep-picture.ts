import { makeBlobKey } from '#platform/blobs'
import type { Context } from '#platform/context'
import { mediaLimits } from './limits.ts'
import { requirePicture } from './read-upload.ts'

export type Frame = { kind: string; width: number; height: number; maxBytes: number }

/** Cuts a picture to a frame and keeps it; gives its key. Whoever writes the key down owns the file. */
export async function keepPicture(ctx: Context, path: string, frame: Frame): Promise<string> {
  await requirePicture(path, frame.maxBytes)
  const { width, height } = frame
  const { files } = await ctx.images.draw({
    path,
    maxPixels: mediaLimits.imagePixels,
    maxFramePixels: mediaLimits.imagePixels,
    shapes: { picture: { cover: { width, height } } },
  })
  if (!files.picture) throw new Error('A picture came back without its size')
  const key = makeBlobKey(frame.kind, files.picture.extension)
  await ctx.blobs.put(key, files.picture.content)
  return key
}
