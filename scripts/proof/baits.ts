import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { read } from '../api.ts'
import { actOf, createOf, noteBy, type Cast } from './forgeries.ts'

/** An address of this machine that the towns have no leave to reach, like any inside a network of their operator. */
const PRIVATE_ADDRESS = '127.0.0.9'

/** A service that stands where only neighbours may come, and counts who comes. */
export type Canary = AsyncDisposable & { port: number; connections(): number }

export async function startCanary(): Promise<Canary> {
  let connections = 0
  const server = createServer((_request, response) => response.end('private'))
  server.on('connection', () => (connections += 1))
  await listen(server, PRIVATE_ADDRESS)
  const { port } = server.address() as AddressInfo
  // It counts nothing that nobody can reach: its own question shows that it would.
  await fetch(`http://${PRIVATE_ADDRESS}:${port}/`).then((response) => response.text())
  const own = connections
  if (own === 0) throw new Error('The canary does not hear')
  return { port, connections: () => connections - own, [Symbol.asyncDispose]: () => close(server) }
}

/** A server that the towns may reach, and that sends everybody on to the private one. */
export async function startRedirector(to: string): Promise<AsyncDisposable & { url: string }> {
  const server = createServer((_request, response) => response.writeHead(302, { location: to }).end())
  await listen(server, '127.0.0.1')
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () => close(server),
  }
}

const listen = (server: Server, host: string) =>
  new Promise<void>((done, fail) => server.once('error', fail).listen(0, host, done))
const close = (server: Server) =>
  new Promise<void>((done) => {
    server.closeAllConnections()
    server.close(() => done())
  })

/** The same address as it may be spelt: parsers differ, the machine behind it does not (reliability-and-security.md SF). */
function spellings(port: number): string[] {
  return [
    `http://${PRIVATE_ADDRESS}:${port}`,
    `https://${PRIVATE_ADDRESS}:${port}`,
    `http://2130706441:${port}`,
    `http://0x7f000009:${port}`,
    `http://127.9:${port}`,
    `http://[::ffff:127.0.0.9]:${port}`,
    `http://[::127.0.0.9]:${port}`,
  ]
}

/** Everything that could make the town ask the private service; gives how much it was. Whatever follows is awaited by the caller. */
export async function layBaits(cast: Cast, canary: Canary, redirector: string): Promise<number> {
  const { peer, bram, mallory, victim } = cast
  const inbox = `${victim.url}/inbox`
  const places = [...spellings(canary.port), redirector]
  let laid = 0
  const bait = async (activity: unknown, change = {}) => {
    await peer.send(inbox, activity, bram, change)
    laid += 1
  }
  for (const [index, place] of places.entries()) {
    const target = `${place}/${index}`
    await bait(createOf(bram, noteBy(bram, victim)), { keyId: `${target}#main-key` })
    await bait(createOf(bram, noteBy(bram, victim, { inReplyTo: target })))
    await bait(createOf(bram, noteBy(bram, victim, { tag: [{ type: 'Mention', href: target, name: '@x' }] })))
    await bait({ ...createOf(bram, noteBy(bram, victim)), object: target })
    await bait(actOf(bram, 'Announce', target))
    await read(victim, `/api/v2/search?resolve=true&q=${encodeURIComponent(target)}`)
    await read(victim, `/api/v2/search?resolve=true&q=${encodeURIComponent(`@x@${new URL(place).host}`)}`)
    laid += 2
  }
  laid += await layInboxBait(cast, spellings(canary.port)[0] as string)
  await bait(actOf(mallory, 'Like', `${redirector}/like`))
  return laid
}

/** Somebody whose inbox is the private service follows: the answer would be sent there, signed. */
async function layInboxBait({ peer, victim }: Cast, place: string): Promise<number> {
  const lure = peer.addActor('lure')
  const document = peer.documents.get('/users/lure') as Record<string, unknown>
  peer.documents.set('/users/lure', {
    ...document,
    inbox: `${place}/inbox`,
    endpoints: { sharedInbox: `${place}/inbox` },
  })
  await peer.send(`${victim.url}/inbox`, actOf(lure, 'Follow', victim.uri), lure)
  return 1
}
