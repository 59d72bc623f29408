import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeBlobKey } from '#platform/blobs'
import type { Context } from '#platform/context'
import { emojiPicture, mediaLimits } from './limits.ts'
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

/**
 * Draws an emoji anew and keeps it; gives its keys. One that moves has a still picture beside it, any other has null.
 * Whoever writes the keys down owns the files. Refuses what is no picture, and more than 256 KB.
 */
export async function keepEmojiPicture(ctx: Context, source: string | Uint8Array): Promise<EmojiKeys> {
  return typeof source === 'string' ? keepEmojiFile(ctx, source) : asFile(source, (path) => keepEmojiFile(ctx, path))
}

type EmojiKeys = { originalKey: string; staticKey: string | null }

async function keepEmojiFile(ctx: Context, path: string): Promise<EmojiKeys> {
  await requirePicture(path, emojiPicture.bytes)
  const { imagePixels: maxPixels, framePixels: maxFramePixels } = mediaLimits
  const within = emojiPicture.pixels
  const shapes = { original: { within, keepsMotion: true }, still: { within } }
  const { files } = await ctx.images.draw({ path, maxPixels, maxFramePixels, shapes })
  const { original, still } = files
  if (!original || !still) throw new Error('An emoji came back without its pictures')
  const originalKey = makeBlobKey('emoji', original.extension)
  await ctx.blobs.put(originalKey, original.content)
  if (original.content.equals(still.content)) return { originalKey, staticKey: null }
  const staticKey = makeBlobKey('emoji', still.extension)
  await ctx.blobs.put(staticKey, still.content)
  return { originalKey, staticKey }
}
