import type { FastifyInstance } from 'fastify'
import { notFound } from '#lib/refusal'
import { isBlobKey, type Blobs } from '#platform/blobs'

const TYPES: Record<string, string> = {
  avif: 'image/avif',
  gif: 'image/gif',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
}

/** Uploaded files under `/media/`. A key never changes its content; what is no picture of ours is not shown as one. */
export function addFiles(server: FastifyInstance, blobs: Blobs): void {
  server.get('/media/*', async (request, reply) => {
    const key = (request.params as { '*': string })['*']
    const type = TYPES[key.slice(key.lastIndexOf('.') + 1)]
    const file = isBlobKey(key) && type !== undefined ? await blobs.get(key) : undefined
    if (!file) throw notFound()
    return reply
      .type(type ?? 'application/octet-stream')
      .header('Cache-Control', 'public, max-age=31536000, immutable')
      .header('Content-Security-Policy', "default-src 'none'; sandbox")
      .header('Cross-Origin-Resource-Policy', 'cross-origin')
      .send(file)
  })
}
