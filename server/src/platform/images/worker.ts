/**
 * The child that opens pictures. It is a process of its own: what a hostile picture breaks, breaks here, and the
 * server starts another. It answers one message with one message.
 */
import { readFile } from 'node:fs/promises'
import { encode } from 'blurhash'
import sharp, { type Sharp } from 'sharp'
import type { ImageAnswer, ImageTask } from './index.ts'

/** mastodon-limits.md: pictures above 33.2 megapixels are refused, moving ones above 0.92 a frame. */
const MOST_PIXELS = 33_177_600
const MOST_FRAME_PIXELS = 921_600
const MOST_FRAMES = 300
const OUTPUT = { jpeg: 'jpg', png: 'png', webp: 'webp', gif: 'gif', heif: 'webp' } as const
const HASH_EDGE = 32

// A picture is one task; the memory of the last one is not kept for the next.
sharp.cache(false)
sharp.concurrency(1)

process.on('message', (task: ImageTask) => {
  run(task).then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.({ fault: error instanceof Error ? error.message : String(error) }),
  )
})

async function run(task: ImageTask): Promise<ImageAnswer> {
  const input = await readFile(task.path)
  if (!looksLikePicture(input)) throw new Error('this is no picture of a kind that is taken')
  const {
    format,
    width,
    height,
    pages = 1,
    pageHeight,
  } = await sharp(input, { limitInputPixels: MOST_PIXELS }).metadata()
  const extension = OUTPUT[format as keyof typeof OUTPUT]
  if (!extension) throw new Error('this is no picture of a kind that is taken')
  const isMoving = pages > 1
  const framePixels = width * (pageHeight ?? height)
  if (isMoving && (framePixels > MOST_FRAME_PIXELS || pages > MOST_FRAMES))
    throw new Error('this moving picture is too large')
  const open = () => sharp(input, { limitInputPixels: MOST_PIXELS, failOn: 'error', animated: isMoving }).rotate()
  const made = await Promise.all(
    task.sizes.map(async (size) => {
      const shaped = size.crop
        ? open().resize(size.crop.width, size.crop.height, { fit: 'cover' })
        : open().resize(withinArea(await sizeOf(open()), size.mostPixels ?? MOST_PIXELS))
      const { data, info } = await shaped
        .toFormat(extension === 'jpg' ? 'jpeg' : extension, { quality: 88 })
        .toBuffer({ resolveWithObject: true })
      return { data: data.toString('base64'), width: info.width, height: info.pageHeight ?? info.height }
    }),
  )
  return { extension, sizes: made, blurhash: await hash(input) }
}

/** The kinds that are taken, by their first bytes; names and announced types prove nothing. */
function looksLikePicture(bytes: Buffer): boolean {
  const text = bytes.subarray(0, 16).toString('latin1')
  return (
    text.startsWith('\xff\xd8\xff') ||
    text.startsWith('\x89PNG\r\n\x1a\n') ||
    /^GIF8[79]a/.test(text) ||
    (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') ||
    /^....ftyp(?:avif|avis|heic|heix|mif1|msf1)/s.test(text)
  )
}

/** Turned as its camera says, a picture may be as wide as it was high. */
async function sizeOf(image: Sharp): Promise<{ width: number; height: number }> {
  const { autoOrient } = await image.metadata()
  return autoOrient
}

function withinArea({ width, height }: { width: number; height: number }, mostPixels: number): { width: number } {
  const scale = Math.min(1, Math.sqrt(mostPixels / (width * height)))
  return { width: Math.max(1, Math.round(width * scale)) }
}

async function hash(input: Buffer): Promise<string> {
  const { data, info } = await sharp(input, { limitInputPixels: MOST_PIXELS })
    .rotate()
    .resize(HASH_EDGE, HASH_EDGE, { fit: 'inside' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return encode(new Uint8ClampedArray(data), info.width, info.height, 4, 4)
}
