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

export async function upload(
  town: TestTown,
  token: string,
  parts: Record<string, string | Buffer> = {},
): Promise<Answer> {
  const file = parts.file ?? (await makePicture())
  return town.call('POST', '/api/v2/media', { token, parts: { ...parts, file } })
}
