import { encode } from 'blurhash'
import sharp, { type Metadata, type Sharp } from 'sharp'
import type { Drawn, DrawnFile, DrawTask, Extension, Problem, Shape } from './task.ts'

/** Only what browsers send and show; every other reader of the library stays shut, SVG and its relatives above all. */
const READERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((name) => `VipsForeignLoad${name}`)
const MAX_FRAMES = 1_000
/** Of all frames of a moving picture together: a GIF of so many takes twelve seconds to write. */
const MAX_MOTION_PIXELS = 67_108_864
/** A warning still gives a picture, an error may give half of one. */
const FAIL_ON = 'error'
const BLURHASH_PARTS = 4
const BLURHASH_SIDE = 32

export class Unreadable extends Error {
  readonly problem: Problem
  constructor(problem: Problem, cause?: unknown) {
    super(problem, { cause })
    this.problem = problem
  }
}

/** Settings of the library that hold for this whole process. */
export function prepareLibrary(): void {
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: READERS })
  sharp.cache(false)
  sharp.concurrency(1)
}

/** Draws every shape of a picture anew, upright and without a word of what stood beside its pixels. */
export async function draw(task: DrawTask): Promise<Drawn> {
  const facts = await readFacts(task)
  const isMoving = facts.frames > 1
  const base = await readPixels(task, Math.max(...Object.values(task.shapes).map(areaOf)))
  const files: Record<string, DrawnFile> = {}
  for (const [name, shape] of Object.entries(task.shapes)) {
    const isCopied = isMoving && 'within' in shape && shape.keepsMotion === true
    // oxlint-disable-next-line no-await-in-loop -- one after another, so that memory holds one
    files[name] = isCopied ? await drawMotion(task, facts) : await drawStill(base, facts, shape)
  }
  return { files, blurhash: await blur(base) }
}

type Facts = { format: 'jpeg' | 'png' | 'webp' | 'gif' | 'avif'; frames: number; hasAlpha: boolean }

async function readFacts(task: DrawTask): Promise<Facts> {
  const meta: Metadata = await sharp(task.path, { failOn: FAIL_ON, limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw new Unreadable('kind', cause)
    })
  const format = meta.format === 'heif' && meta.compression === 'av1' ? 'avif' : meta.format
  if (format !== 'jpeg' && format !== 'png' && format !== 'webp' && format !== 'gif' && format !== 'avif')
    throw new Unreadable('kind')
  const area = meta.width * meta.height
  const frames = format === 'gif' || format === 'webp' ? (meta.pages ?? 1) : 1
  const movesTooMuch =
    frames > 1 && (area > task.maxFramePixels || frames > MAX_FRAMES || area * frames > MAX_MOTION_PIXELS)
  if (area > task.maxPixels || (movesTooMuch && !task.mayStandStill)) throw new Unreadable('size')
  return { format, frames: movesTooMuch ? 1 : frames, hasAlpha: meta.hasAlpha }
}

type Pixels = { data: Buffer; raw: { width: number; height: number; channels: 1 | 2 | 3 | 4 } }

/** The picture once decoded: upright, in sRGB, and no larger than the largest shape needs. */
async function readPixels(task: DrawTask, area: number): Promise<Pixels> {
  const image = sharp(task.path, { failOn: FAIL_ON, limitInputPixels: task.maxPixels }).autoOrient()
  try {
    const { width, height } = (await image.metadata()).autoOrient
    const size = sizeWithin(width, height, area)
    const { data, info } = await image
      .resize({ ...size, fit: 'fill' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    return { data, raw: { width: info.width, height: info.height, channels: info.channels } }
  } catch (cause) {
    throw new Unreadable('broken', cause)
  }
}

async function drawStill(base: Pixels, facts: Facts, shape: Shape): Promise<DrawnFile> {
  const image = sharp(base.data, { raw: base.raw })
  const sized =
    'cover' in shape
      ? image.resize({ ...shape.cover, fit: 'cover' })
      : image.resize({ ...sizeWithin(base.raw.width, base.raw.height, shape.within), fit: 'fill' })
  const extension = extensionFor(facts, 'cover' in shape)
  const { data, info } = await encodeAs(sized, extension).toBuffer({ resolveWithObject: true })
  return { content: data, extension, width: info.width, height: info.height }
}

async function drawMotion(task: DrawTask, facts: Facts): Promise<DrawnFile> {
  const extension = facts.format === 'webp' ? 'webp' : 'gif'
  const image = sharp(task.path, { failOn: FAIL_ON, animated: true, limitInputPixels: MAX_MOTION_PIXELS })
  try {
    const { data, info } = await encodeAs(image, extension).toBuffer({ resolveWithObject: true })
    return { content: data, extension, width: info.width, height: info.pageHeight ?? info.height }
  } catch (cause) {
    throw new Unreadable('broken', cause)
  }
}

/** A photograph stays a JPEG; what may be seen through keeps a format that can say so. */
function extensionFor(facts: Facts, isFrame: boolean): Extension {
  if (facts.format === 'jpeg') return 'jpg'
  if (facts.format === 'png' && !isFrame) return 'png'
  if (facts.format === 'gif' && !isFrame) return 'png'
  return facts.hasAlpha || facts.format === 'webp' ? 'webp' : 'jpg'
}

function encodeAs(image: Sharp, extension: Extension): Sharp {
  if (extension === 'jpg') return image.jpeg({ quality: 88, progressive: true })
  if (extension === 'webp') return image.webp({ quality: 88 })
  if (extension === 'gif') return image.gif({ effort: 1 })
  return image.png({ compressionLevel: 8 })
}

/** A few letters from which an app paints the place of a picture that still loads (blurha.sh). */
async function blur(base: Pixels): Promise<string> {
  const { data, info } = await sharp(base.data, { raw: base.raw })
    .resize({ width: BLURHASH_SIDE, height: BLURHASH_SIDE, fit: 'fill' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return encode(new Uint8ClampedArray(data), info.width, info.height, BLURHASH_PARTS, BLURHASH_PARTS)
}

function areaOf(shape: Shape): number {
  // A frame is cut from a picture that may be much longer one way, so it asks for more than its own area.
  return 'within' in shape ? shape.within : shape.cover.width * shape.cover.height * 4
}

function sizeWithin(width: number, height: number, area: number): { width: number; height: number } {
  const scale = Math.min(1, Math.sqrt(area / (width * height)))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
