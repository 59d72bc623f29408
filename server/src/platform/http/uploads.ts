import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import { invalid } from '#lib/refusal'
import { parseForm } from './input.ts'
import type { UploadedFile } from './route.ts'

export type UploadRules = { maxBytes: number; fields: readonly string[] }
export type Multipart = { body: Record<string, unknown>; files: Record<string, UploadedFile>; clear(): Promise<void> }

const MAX_FILES = 4

/**
 * Reads a multipart body: fields nest as a form's do, files named by the rules go to a temporary folder, others are read
 * past. Refuses what is larger than the rules say (422: mastodon-api 1.7); nothing stays behind then.
 */
export async function readMultipart(request: FastifyRequest, rules: UploadRules | undefined): Promise<Multipart> {
  const pairs: string[] = []
  const files: Record<string, UploadedFile> = {}
  let folder: string | undefined
  const clear = async () => {
    if (folder) await rm(folder, { recursive: true, force: true })
  }
  try {
    for await (const part of request.parts({ limits: { files: MAX_FILES, fileSize: rules?.maxBytes ?? 1 } })) {
      if (part.type === 'field') {
        pairs.push(`${encodeURIComponent(part.fieldname)}=${encodeURIComponent(String(part.value))}`)
      } else if (rules?.fields.includes(part.fieldname) && !(part.fieldname in files)) {
        folder ??= await mkdtemp(join(tmpdir(), 'hamlet-upload-'))
        const path = join(folder, String(Object.keys(files).length))
        await pipeline(part.file, createWriteStream(path, { mode: 0o600 }))
        if (part.file.truncated)
          throw invalid(`Validation failed: ${part.fieldname} must have ${rules.maxBytes / 1_048_576} MB at most`)
        files[part.fieldname] = { path, filename: part.filename, bytes: (await stat(path)).size }
      } else {
        part.file.resume()
      }
    }
  } catch (error) {
    await clear()
    throw error
  }
  return { body: parseForm(pairs.join('&')), files, clear }
}
