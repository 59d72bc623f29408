import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as forward, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer, request as ask } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { authority, certificate, key } from './front-certificate.ts'

export type FrontAnswer = { status: number; headers: IncomingMessage['headers']; text: string }

/** A reverse proxy with TLS before towns that have names: `alpha.test` and `beta.test`, without ports as on the internet. */
export type Front = AsyncDisposable & {
  port: number
  /** For HAMLET_EXTRA_CA. */
  authorityFile: string
  /** Leads a name to the port where its town listens. */
  lead(name: string, port: number): void
  /** Host and address of every request, in order: `POST alpha.test /inbox`. */
  passed: string[]
  /** Asks as somebody out there does, by name and through TLS. */
  ask(method: string, url: string, options?: { headers?: Record<string, string>; body?: string }): Promise<FrontAnswer>
}

export async function startFront(): Promise<Front> {
  const ports = new Map<string, number>()
  const passed: string[] = []
  const server = createServer({ key, cert: certificate }, (request, response) => {
    const host = request.headers.host ?? ''
    passed.push(`${request.method} ${host} ${request.url}`)
    passOn(request, response, ports.get(host))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const folder = mkdtempSync(join(tmpdir(), 'hamlet-front-'))
  const authorityFile = join(folder, 'authority.pem')
  writeFileSync(authorityFile, authority)
  return {
    port,
    authorityFile,
    passed,
    lead: (name, to) => void ports.set(name, to),
    ask: (method, url, options = {}) => askThrough(port, method, new URL(url), options),
    [Symbol.asyncDispose]: async () => {
      rmSync(folder, { recursive: true })
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

/** What a proxy adds replaces what a visitor claims. */
function passOn(request: IncomingMessage, response: ServerResponse, port: number | undefined): void {
  if (port === undefined) return void response.writeHead(502).end()
  const headers = {
    ...request.headers,
    'x-forwarded-for': String(request.headers['x-test-visitor'] ?? '203.0.113.9'),
    'x-forwarded-proto': 'https',
    'x-forwarded-host': request.headers.host,
  }
  const onward = forward({ port, host: '127.0.0.1', method: request.method, path: request.url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  onward.on('error', () => response.writeHead(502).end())
  request.pipe(onward)
}

function askThrough(
  port: number,
  method: string,
  url: URL,
  { headers = {}, body }: { headers?: Record<string, string>; body?: string },
): Promise<FrontAnswer> {
  return new Promise((done, fail) => {
    const target = { host: '127.0.0.1', port, servername: url.hostname, path: url.pathname + url.search, ca: authority }
    const sent = ask({ ...target, method, headers: { host: url.host, ...headers } }, (answer) => {
      let text = ''
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()))
      answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers, text }))
    })
    sent.on('error', fail)
    sent.end(body)
  })
}
