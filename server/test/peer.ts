import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { signRequest } from '../src/federation/signatures/index.ts'

/** Another server, as small as it can be: it shows its people and posts, writes down what it is sent, and signs what it says. */
export type Peer = AsyncDisposable & {
  host: string
  url: string
  /** Every request that came, in order. */
  requests: { method: string; path: string; body: string }[]
  /** Documents by path; an actor is made with its handle and key. */
  documents: Map<string, unknown>
  addActor(name: string): { id: string; key: KeyObject }
  /** What it answers who brings something, 202 until told otherwise; 0 hangs up without a word. */
  answer: number
  /** Signs any bytes and sends them; gives the status. */
  sendRaw(inbox: string, body: Buffer, as: { id: string; key: KeyObject }, change?: Forgery): Promise<number>
  send(inbox: string, activity: unknown, as: { id: string; key: KeyObject }, change?: Forgery): Promise<number>
}

export type Forgery = {
  date?: Date
  /** Sent in place of what was signed. */
  body?: string
  keyId?: string
  /** Signed in place of where it is sent. */
  signedUrl?: string
  /** Sent in place of what was signed. */
  headers?: Record<string, string>
  drop?: readonly string[]
}

export async function startPeer(): Promise<Peer> {
  const documents = new Map<string, unknown>()
  const requests: Peer['requests'] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const path = request.url ?? '/'
      requests.push({ method: request.method ?? '', path, body })
      const document = documents.get(path)
      if (request.method === 'POST' && peer.answer === 0) return void request.socket.destroy()
      if (request.method === 'POST') return void response.writeHead(peer.answer).end()
      if (!document) return void response.writeHead(404).end()
      const type = path.startsWith('/.well-known/') ? 'application/jrd+json' : 'application/activity+json'
      response.writeHead(200, { 'content-type': type }).end(JSON.stringify(document))
    })
  })
  // A connection that is closed at the moment in which it is used again is no answer of this peer.
  server.keepAliveTimeout = 120_000
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const host = `localhost:${(server.address() as AddressInfo).port}`
  const url = `http://${host}`
  const peer: Peer = {
    host,
    url,
    requests,
    documents,
    answer: 202,
    addActor: (name) => addActor(documents, host, name),
    sendRaw: sendSigned,
    send: (inbox, activity, as, change) => sendSigned(inbox, Buffer.from(JSON.stringify(activity)), as, change),
    [Symbol.asyncDispose]: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
  return peer
}

function addActor(documents: Map<string, unknown>, host: string, name: string): { id: string; key: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const id = `http://${host}/users/${name}`
  documents.set(`/users/${name}`, {
    '@context': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1'],
    id,
    type: 'Person',
    preferredUsername: name,
    inbox: `${id}/inbox`,
    outbox: `${id}/outbox`,
    followers: `${id}/followers`,
    publicKey: { id: `${id}#main-key`, owner: id, publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }) },
  })
  documents.set(`/.well-known/webfinger?resource=${encodeURIComponent(`acct:${name}@${host}`)}`, {
    subject: `acct:${name}@${host}`,
    links: [{ rel: 'self', type: 'application/activity+json', href: id }],
  })
  return { id, key: privateKey }
}

async function sendSigned(
  inbox: string,
  body: Buffer,
  as: { id: string; key: KeyObject },
  change: Forgery = {},
): Promise<number> {
  const signed = await signRequest({
    method: 'POST',
    url: change.signedUrl ?? inbox,
    body,
    keyId: change.keyId ?? `${as.id}#main-key`,
    privateKey: as.key,
    date: change.date ?? new Date(),
    headers: { 'content-type': 'application/activity+json' },
  })
  const headers: Record<string, string> = { 'content-type': 'application/activity+json', ...signed, ...change.headers }
  for (const name of change.drop ?? []) delete headers[name]
  const response = await fetch(inbox, { method: 'POST', headers, body: change.body ?? new Uint8Array(body) })
  return response.status
}
