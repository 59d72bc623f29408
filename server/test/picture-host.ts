import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

type Answerer = (response: ServerResponse, request: IncomingMessage) => void

/** A server that has pictures and nothing else, well or badly behaved, and counts who asks. */
export type PictureHost = AsyncDisposable & {
  host: string
  url: string
  /** Every request that came, in order. */
  asked: { path: string; headers: IncomingMessage['headers'] }[]
  /** Connections that were opened, answered or not. */
  connections: { count: number }
  /** While true, connections are cut as soon as they are opened. */
  isDead: boolean
  /** Puts something at a path of its own; gives its address. */
  put(answer: Buffer | Answerer, type?: string): string
  countAsked(url: string): number
}

export async function startPictureHost(): Promise<PictureHost> {
  const answers = new Map<string, Answerer>()
  const asked: PictureHost['asked'] = []
  const connections = { count: 0 }
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    asked.push({ path, headers: request.headers })
    const answer = answers.get(path)
    if (answer) answer(response, request)
    else response.writeHead(404).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const host = `localhost:${(server.address() as AddressInfo).port}`
  const self: PictureHost = {
    host,
    url: `http://${host}`,
    asked,
    connections,
    isDead: false,
    put: (answer, type = 'image/jpeg') => {
      const path = `/${answers.size + 1}`
      const send: Answerer = (response) => response.writeHead(200, { 'content-type': type }).end(answer)
      answers.set(path, typeof answer === 'function' ? answer : send)
      return `http://${host}${path}`
    },
    countAsked: (url) => asked.filter(({ path }) => path === new URL(url).pathname).length,
    [Symbol.asyncDispose]: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
  server.on('connection', (socket: Socket) => {
    connections.count += 1
    if (self.isDead) socket.destroy()
  })
  return self
}
