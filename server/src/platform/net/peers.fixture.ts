import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, expect } from 'vitest'
import { Refusal } from '#lib/refusal'
import { failureKind, makeNet, type Net, type NetOptions, type NetRequest } from '#platform/net'
import { alphaCertificate, alphaKey } from './certificate.fixture.ts'

export type Peer = { port: number; requests: IncomingMessage[]; connections: () => number }

export const plain: NetRequest = { method: 'GET', maxBytes: 100_000, timeoutMs: 5_000 }
export const ok: RequestListener = (_request, response) => response.end('ok')

/** Servers on the loopback that count who knocks (a refused address must not even open a socket), and clients for them. Called once per test file. */
export function makePeers() {
  const closers: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closers.splice(0).toReversed()) await close()
  })
  const startPeer = (listener: RequestListener, host = '127.0.0.1', port = 0) =>
    listen(createServer(listener), { host, port }, closers)
  /** Known as `alpha.test` to who trusts `alphaCertificate`. */
  const startTlsPeer = (listener: RequestListener) =>
    listen(
      createTlsServer({ key: alphaKey, cert: alphaCertificate }, listener),
      { host: '127.0.0.1', port: 0 },
      closers,
    )
  const openNet = (options: Partial<NetOptions> = {}): Net => {
    const net = makeNet({
      allowPrivateNetworks: ['127.0.0.1/32'],
      userAgent: 'Hamlet/test',
      resolve: () => Promise.resolve(['127.0.0.1']),
      ownHosts: ['own.example'],
      ...options,
    })
    closers.push(() => net.close())
    return net
  }
  return { startPeer, startTlsPeer, openNet }
}

async function listen(
  server: Server,
  at: { host: string; port: number },
  closers: (() => Promise<unknown>)[],
): Promise<Peer> {
  let connections = 0
  const requests: IncomingMessage[] = []
  server.on('connection', () => (connections += 1))
  server.on('request', (request: IncomingMessage) => requests.push(request))
  await new Promise<void>((resolve) => server.listen(at.port, at.host, resolve))
  closers.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return { port: (server.address() as AddressInfo).port, requests, connections: () => connections }
}

export async function refused(outcome: Promise<unknown>): Promise<Refusal> {
  const error: unknown = await outcome.then(
    () => new Error('was not refused'),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Refusal)
  return error as Refusal
}

export async function kindOf(outcome: Promise<unknown>): Promise<unknown> {
  const refusal = await refused(outcome)
  expect(refusal.reason).toBe('unavailable')
  return failureKind(refusal)
}
