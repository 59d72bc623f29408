import { randomUUID } from 'node:crypto'
import { isIP, type Socket } from 'node:net'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { isLoopbackName } from '#lib/host'
import type { Config } from '#platform/config'

const TWO_YEARS_S = 63_072_000
/** Nothing here looks through a camera, listens, or asks where somebody is. */
const NO_SENSES = 'camera=(), microphone=(), geolocation=(), payment=(), usb=()'

/** Who sends the head of a request, or what is no file, more slowly than that wants to keep us waiting (reliability WB-24). */
export const PATIENCE = { headersTimeout: 10_000, connectionsCheckingInterval: 1000 }
const BODY_MS = 30_000
/** Files come over slow lines, too. */
export const UPLOAD_MS = 15 * 60_000

/** By this an answer is found in the log; it tells nothing, not even how many there were before. */
export const makeRequestId = (): string => randomUUID()

/** What every answer says, a refusal and an error too. */
function wallsOf(config: Config): Record<string, string> {
  const isSecure = config.url.startsWith('https:')
  return {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': NO_SENSES,
    ...(isSecure ? { 'Strict-Transport-Security': `max-age=${TWO_YEARS_S}` } : {}),
  }
}

export function addWalls(server: FastifyInstance, config: Config): void {
  const headers = wallsOf(config)
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(headers).header('X-Request-Id', request.id)
    if (isOwnName(config, request.hostname)) return
    // Somebody leads another name here: what is answered under it would look like that name's own (RFC 9110, 15.5.20).
    return reply.code(421).send({ error: `This server is called ${config.domain}` })
  })
}

/** What is no request at all gets an answer and no second try: what came behind it is not read (RFC 9112, 11.2). */
export function refuseUnreadable(config: Config) {
  const headers = Object.entries({ ...wallsOf(config), 'Content-Type': 'application/json; charset=utf-8' })
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const body = JSON.stringify({ error: 'The request could not be read' })
  return {
    clientErrorHandler: (error: Error & { code?: string }, socket: Socket) => {
      if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
      const status = STATUS_OF[error.code ?? ''] ?? '400 Bad Request'
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n${head}Content-Length: ${body.length}\r\n\r\n${body}`)
    },
    frameworkErrors: (_error: Error, _request: unknown, reply: FastifyReply) => {
      void reply.headers(wallsOf(config)).code(400).type('application/json; charset=utf-8').send(body)
    },
  }
}

const STATUS_OF: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

/** Under our own names, and under those that can only be a machine's: of a proxy, a container or a network at home. */
export function isOwnName(config: Config, name: string): boolean {
  const bare = name.toLowerCase().replaceAll(/^\[|\]$|\.$/g, '')
  const own = [config.url, `https://${config.domain}`].map((address) => new URL(address).hostname)
  if (own.includes(bare) || !bare.includes('.') || isIP(bare) !== 0 || isLoopbackName(bare)) return true
  return /\.(local|internal|lan|home\.arpa)$/.test(bare)
}

/** A body that is no file is here in time, or the line is cut: whoever sends a letter a second holds a place that others need. */
export function cutSlowBodies(server: FastifyInstance): void {
  server.addHook('preParsing', async (request) => {
    const { route } = request.routeOptions.config
    if (route?.upload || request.raw.complete) return
    const timer = setTimeout(() => {
      if (!request.raw.complete) request.raw.destroy()
    }, BODY_MS)
    timer.unref()
    request.raw.once('close', () => clearTimeout(timer))
    request.raw.once('end', () => clearTimeout(timer))
  })
}
