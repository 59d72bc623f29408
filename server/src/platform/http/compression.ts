import compress from '@fastify/compress'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { constants } from 'node:zlib'

/** Below this the head of a compressed body costs more than it saves. */
const LEAST_BYTES = 1024
/** Answers are made for one reader each: a quick pass takes most of what there is to take. */
const QUALITY = 4

/** Text that is answered is sent compressed to who accepts it (RFC 9110, 12.5.3); streams of events never wait for a block. */
export async function addCompression(server: FastifyInstance): Promise<void> {
  await server.register(compress, {
    threshold: LEAST_BYTES,
    encodings: ['br', 'gzip'],
    customTypes: /^(?:text\/(?!event-stream)|application\/(?:[\w.-]+\+)?json|image\/svg\+xml)/,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } },
    zlibOptions: { level: QUALITY },
    globalDecompression: false,
  })
}

export type BuiltFile = { headers: Record<string, string>; body: Buffer; brotli?: Buffer | undefined }

/** A built file was compressed as far as it goes when it was built. */
export function sendBuiltFile(request: FastifyRequest, reply: FastifyReply, file: BuiltFile): FastifyReply {
  // Other sites show our pictures: the one of somebody who has none, and the icon.
  reply.headers(file.headers).header('Cross-Origin-Resource-Policy', 'cross-origin')
  if (!file.brotli) return reply.send(file.body)
  reply.header('Vary', 'Accept-Encoding')
  const accepts = /(?:^|[,\s])br(?:[,;\s]|$)/.test(request.headers['accept-encoding'] ?? '')
  return accepts ? reply.header('Content-Encoding', 'br').send(file.brotli) : reply.send(file.body)
}
