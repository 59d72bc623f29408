import sharp from 'sharp'
import type { Answer, TestTown } from '#test/test-town'

/** A real photograph of noise: nothing of it can be guessed away by an encoder. */
export async function makePicture(
  format: 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' = 'jpeg',
  size: { width: number; height: number } = { width: 64, height: 48 },
): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
  const image = sharp({ create: { ...size, channels: 3, background: '#808080', noise } })
  return image.toFormat(format).toBuffer()
}

type Parts = Record<string, string | Buffer>

/** Sends multipart, as apps do: buffers go as files under a name that means nothing. */
export async function sendParts(
  town: TestTown,
  token: string,
  [method, path]: [string, string],
  parts: Parts,
): Promise<Answer> {
  const body = new FormData()
  for (const [name, value] of Object.entries(parts)) {
    if (typeof value === 'string') body.set(name, value)
    else body.set(name, new Blob([new Uint8Array(value)], { type: 'image/jpeg' }), 'picture.jpg')
  }
  const response = await fetch(`${town.address}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    body,
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) }
}

export async function upload(town: TestTown, token: string, parts: Partial<Parts> = {}): Promise<Answer> {
  const file = parts.file ?? (await makePicture())
  return sendParts(town, token, ['POST', '/api/v2/media'], { ...(parts as Parts), file })
}
