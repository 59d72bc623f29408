import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { failure } from './failures.ts'

/** What we ask for; anything else that arrives is refused, above all several layers (reliability-and-security.md SF-21). */
export const ACCEPT_ENCODING = 'gzip, deflate, br'

const INFLATERS: Record<string, () => Transform> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/** Reads a body whole. Bytes are counted as they come off the wire and again as they come out of the inflater; the stream is cut at the cap. */
export async function readBody(body: Readable, encoding: string | undefined, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  const collect = async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) chunks.push(chunk)
  }
  const inflater = makeInflater(body, encoding)
  await (inflater
    ? pipeline(body, cap(maxBytes), inflater, cap(maxBytes), collect)
    : pipeline(body, cap(maxBytes), collect))
  return Buffer.concat(chunks)
}

/** Packed bytes that may arrive before the first of them is unpacked. */
const AHEAD = 1_000_000

/**
 * Reads a body up to the cap and lets go of the rest: what matters of a page stands at its beginning. Bytes off the wire
 * have a cap of their own, so that what inflates to nothing ends, too.
 */
export async function readStart(body: Readable, encoding: string | undefined, maxBytes: number): Promise<Buffer> {
  const inflater = makeInflater(body, encoding)
  const chunks: Buffer[] = []
  let bytes = 0
  const collect = async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes >= maxBytes) return
    }
  }
  try {
    await (inflater ? pipeline(body, cap(maxBytes + AHEAD), inflater, collect) : pipeline(body, collect))
  } catch (error) {
    if (bytes < maxBytes) throw error
  }
  drop(body)
  return Buffer.concat(chunks).subarray(0, maxBytes)
}

/** Undefined for what comes as it is. */
function makeInflater(body: Readable, encoding: string | undefined): Transform | undefined {
  const name = (encoding ?? '').trim().toLowerCase()
  if (name === '' || name === 'identity') return undefined
  const make = Object.hasOwn(INFLATERS, name) ? INFLATERS[name] : undefined
  if (make) return make()
  drop(body)
  throw failure('type')
}

/** The start of an error page: its size or its breaking off must not hide the status that came with it. */
export async function readErrorBody(body: Readable, encoding: string | undefined, maxBytes: number): Promise<Buffer> {
  try {
    return await readBody(body, encoding, maxBytes)
  } catch {
    return Buffer.alloc(0)
  }
}

/** Lets go of a body that nobody will read, and of its connection. */
export function drop(body: Readable): void {
  body.on('error', () => undefined)
  body.destroy()
}

function cap(maxBytes: number): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > maxBytes) done(failure('tooLarge'))
      else done(null, chunk)
    },
  })
}
