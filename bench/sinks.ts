/* oxlint-disable unicorn/require-post-message-target-origin -- threads are no windows */
/** Many other servers in one thread: every port is a host of its own, and all take everything with 202. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'

const { hosts } = workerData as { hosts: number }
let taken = 0
const servers = await Promise.all(
  Array.from({ length: hosts }, async () => {
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        taken += 1
        response.writeHead(202).end()
      })
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    return server
  }),
)
parentPort?.on('message', () => parentPort?.postMessage(taken))
parentPort?.postMessage(servers.map((server) => (server.address() as AddressInfo).port))
