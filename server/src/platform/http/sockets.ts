import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { WebSocketServer, type WebSocket } from 'ws'
import { Refusal } from '#lib/refusal'
import { describeError } from '#platform/log'
import { makeNetworkSet } from '#platform/net'
import { answerError } from './errors.ts'
import { parseForm } from './input.ts'
import { identifyListener, type Identify } from './listener.ts'
import type { Asked, LiveDoor, Wire, WireEnd } from './live.ts'
import type { UserViewer } from './route.ts'
import { SHUT_OUT, type Shared } from './shared.ts'

const PATH = '/api/v1/streaming'
const BEAT_MS = 30_000
const MAX_WORDS_BYTES = 8_192
/** A reader this far behind is let go: it comes back and reads what it missed (reliability R-40). */
export const MAX_BEHIND_BYTES = 1_048_576
const MAX_WORDS_PER_BEAT = 300
const CODES: Record<WireEnd, number> = { restart: 1012, over: 1008, policy: 1008 }
const LAST_WORD_MS = 1_000

/** Where a socket comes from, by the same rule as every other request (`trustProxy` of server.ts): the last address that no proxy of ours has. */
function addressOf({ socket, headers }: IncomingMessage, { ctx }: Shared): string {
  const ours = makeNetworkSet(ctx.config.trustedProxies)
  const named = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
  const way = [...named, socket.remoteAddress ?? '']
  return way.findLast((address) => !ours.has(address)) ?? way[0] ?? ''
}

/** WebSockets at the one address that apps know; they are closed before the server stops. */
export function addSockets(server: FastifyInstance, door: LiveDoor, shared: Shared): void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_WORDS_BYTES, perMessageDeflate: false })
  let isStopping = false
  server.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    if (shared.isShut?.(addressOf(request, shared))) return refuse(socket, 403, SHUT_OUT)
    const url = new URL(request.url ?? '/', 'http://any')
    if (isStopping || url.pathname.replace(/\/$/, '') !== PATH) return refuse(socket, 404, 'Record not found')
    const query = parseForm(url.search.slice(1))
    const identify = identifyListener(
      {
        headers: request.headers,
        cookies: server.parseCookie(request.headers.cookie ?? ''),
        query,
        host: request.headers.host ?? '',
      },
      shared.ctx.config,
      shared.authenticate,
    )
    identify()
      .then((viewer) => {
        if (!viewer) return refuse(socket, 401, 'Invalid access token')
        return sockets.handleUpgrade(request, socket, head, (ws) =>
          attend(ws, { viewer, identify, query }, door, shared),
        )
      })
      .catch((error: unknown) => {
        shared.ctx.log.error('a socket could not be opened', describeError(error))
        refuse(socket, 503, 'The server cannot answer now')
      })
  })
  server.addHook('preClose', async () => {
    isStopping = true
    for (const ws of sockets.clients) ws.close(CODES.restart)
    await waitForEnd(sockets)
    for (const ws of sockets.clients) ws.terminate()
  })
}

async function waitForEnd(sockets: WebSocketServer): Promise<void> {
  for (let waitedMs = 0; sockets.clients.size > 0 && waitedMs < LAST_WORD_MS; waitedMs += 20) {
    // oxlint-disable-next-line no-await-in-loop -- waits for others
    await new Promise((done) => setTimeout(done, 20))
  }
}

/** No upgrade: the reason stands in a header, since browsers show none of the body (mastodon-api 1.22). */
function refuse(socket: Duplex, status: 401 | 403 | 404 | 503, reason: string): void {
  const names = { 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 503: 'Service Unavailable' }
  socket.end(
    `HTTP/1.1 ${status} ${names[status]}\r\nConnection: close\r\nX-Error-Message: ${reason}\r\nContent-Length: 0\r\n\r\n`,
  )
}

type Opened = { viewer: UserViewer; identify: Identify; query: Asked }

function attend(ws: WebSocket, { viewer, identify, query }: Opened, door: LiveDoor, shared: Shared): void {
  const wire = makeWire(ws, viewer)
  ws.on('error', () => ws.terminate())
  let attended: ReturnType<LiveDoor['attend']>
  try {
    attended = door.attend(wire)
  } catch (error) {
    complainOf(wire, error)
    return wire.close('policy')
  }
  let words = 0
  ws.on('message', (data, isBinary) => {
    words += 1
    if (isBinary) return ws.close(1003)
    if (words > MAX_WORDS_PER_BEAT) return wire.close('policy')
    const asked = readWords((data as Buffer).toString('utf8'))
    if (asked) attended.hear(asked)
    else wire.complain('The message could not be read', 400)
  })
  const stopBeating = beat(ws, wire, shared.liveBeatMs ?? BEAT_MS, async () => {
    words = 0
    const again = await identify().catch((error: unknown) => {
      shared.ctx.log.warn('a listener could not be looked up again', describeError(error))
      return viewer
    })
    return again !== undefined
  })
  ws.on('close', () => {
    stopBeating()
    attended.ended()
  })
  if (typeof query.stream === 'string') attended.hear({ ...query, type: 'subscribe' })
}

/** Looks every half minute whether the other side is there, and whether its person may still listen. */
function beat(ws: WebSocket, wire: Wire, everyMs: number, mayStay: () => Promise<boolean>): () => void {
  let isAlive = true
  ws.on('pong', () => {
    isAlive = true
  })
  const timer = setInterval(() => {
    if (!isAlive) return ws.terminate()
    isAlive = false
    ws.ping()
    void mayStay().then((may) => may || wire.close('over'))
  }, everyMs)
  return () => clearInterval(timer)
}

function makeWire(ws: WebSocket, viewer: UserViewer): Wire {
  const say = (value: unknown) => {
    if (ws.readyState !== ws.OPEN) return
    if (ws.bufferedAmount > MAX_BEHIND_BYTES) return ws.terminate()
    ws.send(JSON.stringify(value))
  }
  return {
    viewer,
    send: (message) => say(message),
    complain: (error, status) => say({ error, status }),
    close: (why) => {
      ws.close(CODES[why])
      setTimeout(() => ws.terminate(), LAST_WORD_MS).unref()
    },
  }
}

export function complainOf(wire: Pick<Wire, 'complain'>, error: unknown): void {
  const answer = answerError(error)
  wire.complain(answer.body.error, error instanceof Refusal ? answer.status : 500)
}

function readWords(text: string): Asked | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Asked) : undefined
  } catch {
    return undefined
  }
}
