import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TlsFiles } from './files.ts'

export type Port80 = { port: number; close(): Promise<void> }

const CHALLENGE = /^\/\.well-known\/acme-challenge\/([\w-]{1,200})$/

/** The unencrypted port: answers what an authority asks, and sends everybody else to the public address. */
export async function openPort80(files: TlsFiles, at: { host: string; port: number; url: string }): Promise<Port80> {
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    const token = CHALLENGE.exec(path)?.[1]
    if (token !== undefined) {
      const answer = files.challenge.find(token)
      response.writeHead(answer === undefined ? 404 : 200, { 'Content-Type': 'text/plain' }).end(answer ?? '')
      return
    }
    // To our own name, whatever name was asked for: nobody is led elsewhere by a header.
    const target = new URL(at.url)
    const isPath = path.startsWith('/')
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    response.writeHead(isRead ? 301 : 308, { Location: `${target.origin}${isPath ? path : '/'}` }).end()
  })
  server.headersTimeout = 10_000
  server.requestTimeout = 10_000
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(at.port, at.host, done)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
