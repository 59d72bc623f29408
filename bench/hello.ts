/* oxlint-disable unicorn/require-post-message-target-origin -- threads are no windows */
/** The least that a server can do: what every figure over HTTP is compared with. Runs in a thread of its own. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parentPort } from 'node:worker_threads'

const server = createServer((_request, response) => response.end('hello'))
server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port))
