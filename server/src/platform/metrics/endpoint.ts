import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Refusal } from '#lib/refusal'
import { describeError, type Log } from '#platform/log'
import type { Metrics } from './registry.ts'

export type MetricsEndpoint = { port: number; close(): Promise<void> }

const LOOPBACK = '127.0.0.1'

/**
 * Serves `/metrics` to this machine only. Port 0 takes any that is free.
 * Refused when the port is taken.
 */
export async function serveMetrics(metrics: Metrics, port: number, log: Log): Promise<MetricsEndpoint> {
  const server = createServer((request, response) => {
    answer(metrics, request, response).catch((error: unknown) => {
      log.error('metrics could not be shown', describeError(error))
      response.destroy()
    })
  })
  await new Promise<void>((done, fail) => {
    server.once('error', (cause) =>
      fail(new Refusal('unavailable', `HAMLET_METRICS_PORT ${port} cannot be opened: ${cause.message}.`, { cause })),
    )
    server.listen(port, LOOPBACK, done)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

async function answer(metrics: Metrics, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (!isRead || request.url?.split('?')[0] !== '/metrics') {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is only /metrics here.\n')
    return
  }
  const page = await metrics.render()
  response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }).end(page)
}
