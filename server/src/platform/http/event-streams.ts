import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '#lib/refusal'
import { describeError } from '#platform/log'
import { identifyListener } from './listener.ts'
import type { Asked, LiveDoor, Wire } from './live.ts'
import type { UserViewer } from './route.ts'
import type { Shared } from './shared.ts'
import { MAX_BEHIND_BYTES } from './sockets.ts'

const BEAT_MS = 15_000
/** Every second beat asks whether the person may still listen. */
const BEATS_PER_LOOK = 2

/** Server-sent events: one stream at each of its addresses (mastodon-api 1.22). */
export function addEventStreams(server: FastifyInstance, door: LiveDoor, shared: Shared): void {
  const open = new Set<() => void>()
  const beatMs = shared.liveBeatMs ?? BEAT_MS
  server.get('/api/v1/streaming/health', async (_request, reply) => reply.type('text/plain; charset=utf-8').send('OK'))
  for (const [path, stream] of Object.entries(door.paths)) {
    server.route({
      method: 'GET',
      url: path,
      exposeHeadRoute: false,
      handler: async (request, reply) => {
        const identify = identifyListener(
          {
            headers: request.headers,
            cookies: request.cookies,
            query: request.query as Asked,
            host: request.host,
          },
          shared.ctx.config,
          shared.authenticate,
        )
        const viewer = await identify()
        if (!viewer) throw new Refusal('unauthorized', 'Invalid access token')
        const line = openLine(reply, viewer)
        const attended = door.attend(line.wire)
        request.raw.once('close', () => attended.ended())
        try {
          await door.subscribe(line.wire, { ...(request.query as Asked), stream })
        } catch (error) {
          attended.ended()
          throw error
        }
        const isAllowed = () => identify().catch((error: unknown) => keepOn(error, viewer, shared))
        carry(request, reply, { line, open, beatMs, isAllowed: async () => (await isAllowed()) !== undefined })
      },
    })
  }
  server.addHook('preClose', async () => {
    for (const end of open) end()
  })
}

function keepOn(error: unknown, viewer: UserViewer, { ctx }: Shared): UserViewer {
  ctx.log.warn('a listener could not be looked up again', describeError(error))
  return viewer
}

type Line = { wire: Wire; write(text: string): void; begin(): void }

/** What is said before the answer has begun waits for it. */
function openLine(reply: FastifyReply, viewer: UserViewer): Line {
  const { raw } = reply
  let waiting: string[] | undefined = []
  const write = (text: string) => {
    if (waiting) return void waiting.push(text)
    if (raw.destroyed || raw.writableEnded) return
    if (raw.writableLength > MAX_BEHIND_BYTES) raw.destroy()
    else raw.write(text)
  }
  return {
    write,
    begin: () => {
      const texts = waiting ?? []
      waiting = undefined
      for (const text of texts) write(text)
    },
    wire: {
      viewer,
      send: ({ event, payload }) => write(`event: ${event}\ndata: ${payload ?? ''}\n\n`),
      complain: () => {},
      close: () => raw.end(),
    },
  }
}

type Carried = { line: Line; open: Set<() => void>; beatMs: number; isAllowed: () => Promise<boolean> }

function carry(request: FastifyRequest, reply: FastifyReply, { line, open, beatMs, isAllowed }: Carried): void {
  reply.hijack()
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'private, no-store',
    'X-Accel-Buffering': 'no',
  })
  reply.raw.write(':)\n\n')
  line.begin()
  let beats = 0
  const timer = setInterval(() => {
    beats += 1
    line.write(':thump\n\n')
    if (beats % BEATS_PER_LOOK === 0) void isAllowed().then((may) => may || line.wire.close('over'))
  }, beatMs)
  const end = () => line.wire.close('restart')
  open.add(end)
  request.raw.once('close', () => {
    clearInterval(timer)
    open.delete(end)
  })
}
