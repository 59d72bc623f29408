import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import { invalid, Refusal } from '#lib/refusal'
import { parseForm } from './input.ts'
import type { UploadedFile } from './route.ts'

export type UploadRules = { maxBytes: number; fields: readonly string[] }
export type Multipart = { body: Record<string, unknown>; files: Record<string, UploadedFile>; clear(): Promise<void> }

const MAX_FILES = 4
/** All fields together, in letters; what is larger is sent as a file. */
const MAX_FIELDS = 2_097_152

/**
 * Reads a multipart body: fields nest as a form's do, files named by the rules go to a temporary folder, others are read
 * past. Refuses what is larger than the rules say (422: mastodon-api 1.7); nothing stays behind then. `admit` is told the
 * fields so far before the first file is read, and refuses whoever may not send one.
 */
export async function readMultipart(
  request: FastifyRequest,
  rules: UploadRules | undefined,
  admit: (fields: Record<string, unknown>) => Promise<unknown>,
): Promise<Multipart> {
  const pairs: string[] = []
  const files: Record<string, UploadedFile> = {}
  let folder: string | undefined
  let letters = 0
  let isAdmitted = false
  const clear = async () => {
    if (folder) await rm(folder, { recursive: true, force: true })
  }
  try {
    for await (const part of request.parts({ limits: { files: MAX_FILES, fileSize: rules?.maxBytes ?? 1 } })) {
      if (part.type === 'field') {
        const pair = `${encodeURIComponent(part.fieldname)}=${encodeURIComponent(String(part.value))}`
        letters += pair.length
        if (letters > MAX_FIELDS) throw new Refusal('tooLarge', 'The request is too large')
        pairs.push(pair)
        continue
      }
      if (!isAdmitted) await admit(parseForm(pairs.join('&')))
      isAdmitted = true
      if (rules?.fields.includes(part.fieldname) && !(part.fieldname in files)) {
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
