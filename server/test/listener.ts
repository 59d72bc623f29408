import { WebSocket } from 'ws'

export type Spoken = { stream: string[]; event: string; payload: string }

/** A client at the socket, and everything it heard. */
export type Listener = AsyncDisposable & {
  socket: WebSocket
  heard: Spoken[]
  complaints: { error: string; status: number }[]
  say(words: unknown): void
  /** Waits for something heard, from the beginning on. */
  hear(event: string, fits?: (payload: any, spoken: Spoken) => boolean): Promise<any>
  complaint(): Promise<{ error: string; status: number }>
  /** The code that the socket was closed with. */
  closed: Promise<number>
}

const PATIENCE_MS = 5_000

export type Dial = { token?: string; query?: string; headers?: Record<string, string>; protocol?: string }

/** Opens a socket; throws with the status when the server refuses. */
export async function dial(base: string, { token, query = '', headers = {}, protocol }: Dial): Promise<Listener> {
  const all = token === undefined ? headers : { ...headers, authorization: `Bearer ${token}` }
  const url = `${base.replace('http', 'ws')}/api/v1/streaming${query}`
  const socket = new WebSocket(url, protocol === undefined ? [] : [protocol], { headers: all })
  const heard: Spoken[] = []
  const complaints: { error: string; status: number }[] = []
  socket.on('message', (data) => {
    const message = JSON.parse((data as Buffer).toString())
    if ('error' in message) complaints.push(message)
    else heard.push(message)
  })
  const closed = new Promise<number>((done) => socket.on('close', (code) => done(code)))
  await new Promise<void>((done, fail) => {
    socket.on('open', () => done())
    socket.on('error', () => {})
    socket.on('unexpected-response', (_request, response) =>
      fail(new Error(`${response.statusCode} ${String(response.headers['x-error-message'])}`)),
    )
  })
  return {
    socket,
    heard,
    complaints,
    closed,
    [Symbol.asyncDispose]: async () => {
      socket.close()
      await closed
    },
    say: (words) => socket.send(typeof words === 'string' ? words : JSON.stringify(words)),
    hear: (event, fits = () => true) =>
      until(
        () => {
          const found = heard.find((spoken) => spoken.event === event && fits(parse(spoken), spoken))
          return found && parse(found)
        },
        `${event} was not heard; heard: ${heard.map((spoken) => spoken.event).join(' ')}`,
      ),
    complaint: () => until(() => complaints.at(-1), 'no complaint'),
  }
}

function parse(spoken: Spoken): unknown {
  // Some events are their name alone.
  if (!('payload' in spoken)) return true
  return /^[[{]/.test(spoken.payload) ? JSON.parse(spoken.payload) : spoken.payload
}

export async function until<T>(look: () => T | undefined, otherwise: string): Promise<T> {
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += 10) {
    const found = look()
    if (found !== undefined) return found
    await new Promise((done) => setTimeout(done, 10))
  }
  throw new Error(otherwise)
}
