import type { FastifyInstance, FastifyReply } from 'fastify'
import { notFound } from '#lib/refusal'
import { isBlobKey, type Blobs } from '#platform/blobs'

const TYPES: Record<string, string> = {
  avif: 'image/avif',
  gif: 'image/gif',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
}

const FOR_EVER = 'public, max-age=31536000, immutable'

/** A picture as a route answers it: its kind is told by its ending. */
export type ServedFile = {
  extension: string
  content: Uint8Array
  /** Seconds for which it may be shown again without asking; for ever when the address never changes its content. */
  maxAgeS?: number | undefined
}

/** Uploaded files under `/media/`. A key never changes its content; what is no picture of ours is not shown as one. */
export function addFiles(server: FastifyInstance, blobs: Blobs): void {
  server.get('/media/*', async (request, reply) => {
    const key = (request.params as { '*': string })['*']
    const extension = key.slice(key.lastIndexOf('.') + 1)
    const content = isBlobKey(key) && extension in TYPES ? await blobs.getPublic(key) : undefined
    if (!content) throw notFound()
    return sendFile(reply, { extension, content })
  })
}

/** Shown as a picture and as nothing else, on every page that wants to. */
export function sendFile(reply: FastifyReply, { extension, content, maxAgeS }: ServedFile): FastifyReply {
  const type = TYPES[extension]
  if (type === undefined) throw new Error(`A file that ends in .${extension} is no picture`)
  return reply
    .type(type)
    .header('Cache-Control', maxAgeS === undefined ? FOR_EVER : `public, max-age=${maxAgeS}`)
    .header('Content-Security-Policy', "default-src 'none'; sandbox")
    .header('Cross-Origin-Resource-Policy', 'cross-origin')
    .send(content)
}
