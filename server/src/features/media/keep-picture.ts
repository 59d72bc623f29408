import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeBlobKey } from '#platform/blobs'
import type { Context } from '#platform/context'
import { mediaLimits } from './limits.ts'
import { requirePicture } from './read-upload.ts'

export type Frame = { kind: string; width: number; height: number; maxBytes: number }

/** Cuts a picture, given as a file's path or as bytes, to a frame and keeps it; gives its key. Whoever writes the key down owns the file. */
export async function keepPicture(ctx: Context, source: string | Uint8Array, frame: Frame): Promise<string> {
  return typeof source === 'string'
    ? keepFile(ctx, source, frame)
    : asFile(source, (path) => keepFile(ctx, path, frame))
}

/** Bytes that did not come as a file lie in one for as long as they are read. */
export async function asFile<T>(content: Uint8Array, work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'hamlet-picture-'))
  try {
    const path = join(folder, 'file')
    await writeFile(path, content, { mode: 0o600 })
    return await work(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function keepFile(ctx: Context, path: string, frame: Frame): Promise<string> {
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
