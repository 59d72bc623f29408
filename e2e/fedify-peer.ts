import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  createFederation,
  generateCryptoKeyPair,
  InProcessMessageQueue,
  MemoryKvStore,
  type Context,
  type Federation,
} from '@fedify/fedify'
import {
  Accept,
  Activity,
  Announce,
  Create,
  Delete,
  Follow,
  Like,
  Note,
  Person,
  Reject,
  Undo,
  Update,
} from '@fedify/vocab'

export const NAME = 'femke'

/** A server that is not ours: Fedify's inbox, signatures and vocabulary, with one person who follows back nobody. */
export type FedifyPeer = {
  url: string
  context: Context<void>
  /** What its inbox accepted, parsed by its own vocabulary, in order. */
  received: Activity[]
  /** Notes that it shows at their own addresses. */
  notes: Map<string, Note>
  stop(): Promise<void>
}

/** Every kind of activity that a town may send. */
const KINDS = [Accept, Announce, Create, Delete, Follow, Like, Reject, Undo, Update]

export async function startFedifyPeer(): Promise<FedifyPeer> {
  const received: Activity[] = []
  const notes = new Map<string, Note>()
  const server = createServer((request, response) => void answer(federation, request, response))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  const federation = await makeFederation(url, received, notes)
  const stopping = new AbortController()
  void federation.startQueue(undefined, { signal: stopping.signal })
  return {
    url,
    context: federation.createContext(new URL(url), undefined),
    received,
    notes,
    stop: async () => {
      stopping.abort()
      server.closeAllConnections()
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}

async function makeFederation(url: string, received: Activity[], notes: Map<string, Note>): Promise<Federation<void>> {
  const federation = createFederation<void>({
    kv: new MemoryKvStore(),
    queue: new InProcessMessageQueue(),
    origin: url,
    allowPrivateAddress: true,
    manuallyStartQueue: true,
  })
  const keys = [await generateCryptoKeyPair('RSASSA-PKCS1-v1_5')]
  federation
    .setActorDispatcher('/people/{identifier}', async (context, identifier) => {
      if (identifier !== NAME) return null
      const [pair] = await context.getActorKeyPairs(identifier)
      return new Person({
        id: context.getActorUri(identifier),
        preferredUsername: identifier,
        name: 'Femke of elsewhere',
        inbox: context.getInboxUri(identifier),
        endpoints: null,
        publicKey: pair?.cryptographicKey ?? null,
        url: context.getActorUri(identifier),
      })
    })
    .setKeyPairsDispatcher(() => keys)
  federation.setObjectDispatcher(Note, '/notes/{id}', (_context, { id }) => notes.get(id) ?? null)
  const inbox = federation.setInboxListeners('/people/{identifier}/inbox', '/inbox')
  for (const kind of KINDS) inbox.on(kind, (_context, activity) => void received.push(activity))
  return federation
}

async function answer(federation: Federation<void>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const method = request.method ?? 'GET'
  const asked = new Request(`http://${request.headers.host}${request.url}`, {
    method,
    headers: request.headers as Record<string, string>,
    ...(method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(Buffer.concat(chunks)) }),
  })
  const told = await federation.fetch(asked, { contextData: undefined })
  response.writeHead(told.status, Object.fromEntries(told.headers))
  response.end(Buffer.from(await told.arrayBuffer()))
}
