import { open } from 'node:fs/promises'
import { KIND_BYTES, readFileKind } from '#lib/file-kind'
import { invalid } from '#lib/refusal'

/** Refuses by content what is no picture, in words that say what to do; names and declared types are not looked at. */
export async function requirePicture(path: string, maxBytes: number): Promise<void> {
  const { head, bytes } = await readHead(path)
  if (bytes === 0) throw invalid('Validation failed: File is empty')
  const kind = readFileKind(head)
  if (kind === 'moving')
    throw invalid('Validation failed: File is a video or a sound; only images are taken here so far')
  if (kind === 'heic')
    throw invalid('Validation failed: File is HEIC, which cannot be read here. Save it as JPEG, PNG or WebP.')
  if (kind === 'unknown')
    throw invalid('Validation failed: File is not a picture. JPEG, PNG, GIF, WebP and AVIF are taken here.')
  if (bytes > maxBytes) throw invalid(`Validation failed: File must have ${maxBytes / 1_048_576} MB at most`)
}

async function readHead(path: string): Promise<{ head: Buffer; bytes: number }> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(KIND_BYTES), 0, KIND_BYTES, 0)
    return { head: buffer.subarray(0, bytesRead), bytes: (await file.stat()).size }
  } finally {
    await file.close()
  }
}
