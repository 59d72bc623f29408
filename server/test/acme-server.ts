import { createHash, createPublicKey, generateKeyPairSync, randomBytes, verify, type JsonWebKey } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { makeCertificate, publicKeyOf } from '#platform/tls'

/** A certificate authority of the tests: the part of RFC 8555 that a client with HTTP-01 needs, and as strict as that says. */
export type AcmeServer = AsyncDisposable & {
  directory: string
  /** The certificate of the authority, for whoever is to trust it. */
  authority: string
  /** Names of every order, in turn. */
  orders: string[][]
  accounts(): number
  /** Where the names of the tests have their port 80. */
  lead(port: number): void
  /** The next orders are refused, or certificates live only so long. */
  behave(how: { refuses?: boolean; days?: number }): void
}

type Jws = { payload: Record<string, unknown> | undefined; accountUrl: string; jwk: JsonWebKey }
type Order = { names: string[]; status: string; tokens: string[]; certificate?: string }

const DAY_MS = 24 * 3_600_000

export async function startAcmeServer(now: () => Date = () => new Date()): Promise<AcmeServer> {
  const root = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const dates = { from: new Date(now().getTime() - DAY_MS), until: new Date(now().getTime() + 3650 * DAY_MS) }
  const name = 'Hamlet test authority'
  const signWith = root.privateKey
  const authority = makeCertificate({
    names: [name],
    publicKey: publicKeyOf(signWith),
    ...dates,
    issuer: name,
    signWith,
    isAuthority: true,
  })
  const nonces = new Set<string>()
  const accounts = new Map<string, JsonWebKey>()
  const orders: Order[] = []
  let port80 = 0
  let behaviour = { refuses: false, days: 90 }
  let base = ''
  const issue = (names: string[], publicKey: Buffer) =>
    makeCertificate({
      names,
      publicKey,
      from: new Date(now().getTime() - 3_600_000),
      until: new Date(now().getTime() + behaviour.days * DAY_MS),
      issuer: name,
      signWith,
    })

  const show = (index: number, order = orders[index] as Order) => ({
    status: order.status,
    identifiers: order.names.map((value) => ({ type: 'dns', value })),
    authorizations: order.names.map((_name, at) => `${base}/authz/${index}-${at}`),
    finalize: `${base}/finalize/${index}`,
    ...(order.certificate ? { certificate: `${base}/cert/${index}` } : {}),
  })
  const showChallenge = (index: number, at: number) => {
    const order = orders[index] as Order
    const status = order.status === 'pending' ? 'pending' : 'valid'
    return { type: 'http-01', url: `${base}/chall/${index}-${at}`, status, token: order.tokens[at] }
  }

  const handlers: Record<string, (jws: Jws, id: string, response: ServerResponse) => Promise<object | string>> = {
    'new-account': async ({ jwk, payload }, _id, response) => {
      if (payload?.termsOfServiceAgreed !== true) throw new Error('userActionRequired')
      const kid = `${base}/account/${thumbprint(jwk)}`
      response.statusCode = accounts.has(kid) ? 200 : 201
      accounts.set(kid, jwk)
      response.setHeader('Location', kid)
      return { status: 'valid' }
    },
    account: async () => ({ status: 'valid' }),
    'new-order': async ({ payload }, _id, response) => {
      if (behaviour.refuses) throw new Error('rateLimited')
      const names = ((payload?.identifiers ?? []) as { value: string }[]).map(({ value }) => value)
      orders.push({ names, status: 'pending', tokens: names.map(() => randomBytes(16).toString('base64url')) })
      response.statusCode = 201
      response.setHeader('Location', `${base}/order/${orders.length - 1}`)
      return show(orders.length - 1)
    },
    order: async (_jws, id) => show(Number(id)),
    authz: async (_jws, id) => {
      const [index, at] = id.split('-').map(Number) as [number, number]
      const order = orders[index] as Order
      const status = order.status === 'pending' ? 'pending' : 'valid'
      const other = { type: 'dns-01', url: `${base}/none`, status, token: 'x' }
      return {
        status,
        identifier: { type: 'dns', value: order.names[at] },
        challenges: [other, showChallenge(index, at)],
      }
    },
    chall: async ({ jwk }, id) => {
      const [index, at] = id.split('-').map(Number) as [number, number]
      const order = orders[index] as Order
      const token = order.tokens[at] as string
      const path = `/.well-known/acme-challenge/${token}`
      const answer = await fetch(`http://127.0.0.1:${port80}${path}`, { redirect: 'manual' })
      if ((await answer.text()) !== `${token}.${thumbprint(jwk)}`) throw new Error('unauthorized')
      if (at === order.names.length - 1) order.status = 'ready'
      return showChallenge(index, at)
    },
    finalize: async ({ payload }, id) => {
      const order = orders[Number(id)] as Order
      if (order.status !== 'ready') throw new Error('orderNotReady')
      const request = Buffer.from(String(payload?.csr), 'base64url')
      for (const one of order.names) if (!request.includes(one)) throw new Error('badCSR')
      order.certificate = `${issue(order.names, keyOfRequest(request))}${authority}`
      order.status = 'valid'
      return show(Number(id))
    },
    cert: async (_jws, id) => (orders[Number(id)] as Order).certificate ?? '',
  }

  const server = createServer((request, response) => {
    const nonce = randomBytes(12).toString('base64url')
    nonces.add(nonce)
    response.setHeader('Replay-Nonce', nonce)
    void answer(request, response).catch((error: Error) => {
      response.writeHead(error.message === 'badNonce' ? 400 : 403, { 'Content-Type': 'application/problem+json' })
      response.end(JSON.stringify({ type: `urn:ietf:params:acme:error:${error.message}`, detail: error.message }))
    })
  })
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const [, kind = '', id = ''] = (request.url ?? '').split('/')
    if (kind === 'directory') {
      const at = (path: string) => `${base}/${path}`
      const all = { newNonce: at('new-nonce'), newAccount: at('new-account'), newOrder: at('new-order') }
      response.setHeader('Content-Type', 'application/json')
      return response.end(JSON.stringify({ ...all, meta: { termsOfService: at('terms') } }))
    }
    if (kind === 'new-nonce') return response.end()
    const handler = handlers[kind]
    if (!handler) throw new Error('malformed')
    const jws = readJws(await readBody(request), { url: `${base}${request.url}`, nonces, accounts })
    const said = await handler(jws, id, response)
    const isText = typeof said === 'string'
    response.setHeader('Content-Type', isText ? 'application/pem-certificate-chain' : 'application/json')
    return response.end(isText ? said : JSON.stringify(said))
  }
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    directory: `${base}/directory`,
    authority,
    get orders() {
      return orders.map(({ names }) => names)
    },
    accounts: () => accounts.size,
    lead: (port) => void (port80 = port),
    behave: (how) => void (behaviour = { ...behaviour, ...how }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString()
}

type Known = { url: string; nonces: Set<string>; accounts: ReadonlyMap<string, JsonWebKey> }

/** Every request is signed over its own address and a number that is good once (RFC 8555, 6.2 to 6.5). */
function readJws(body: string, { url, nonces, accounts }: Known): Jws {
  const jws = JSON.parse(body) as { protected: string; payload: string; signature: string }
  const read = (text: string) => JSON.parse(Buffer.from(text, 'base64url').toString())
  const head = read(jws.protected) as { alg: string; url: string; nonce: string; kid?: string; jwk?: JsonWebKey }
  if (!nonces.delete(head.nonce)) throw new Error('badNonce')
  const jwk = head.kid === undefined ? head.jwk : accounts.get(head.kid)
  if (head.url !== url || !jwk) throw new Error('unauthorized')
  const key = createPublicKey({ key: jwk, format: 'jwk' })
  const signed = Buffer.from(`${jws.protected}.${jws.payload}`)
  const how = { key, dsaEncoding: 'ieee-p1363' } as const
  if (!verify('sha256', signed, how, Buffer.from(jws.signature, 'base64url'))) throw new Error('malformed')
  return { payload: jws.payload === '' ? undefined : read(jws.payload), accountUrl: head.kid ?? '', jwk }
}

/** RFC 7638, for keys on a curve. */
function thumbprint({ crv, kty, x, y }: JsonWebKey): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')
}

/** CertificationRequestInfo is version, subject, key: the third member (RFC 2986, 4.1). */
function keyOfRequest(request: Buffer): Buffer {
  const info = inside(inside(request))
  const version = whole(info)
  const subject = whole(info.subarray(version.length))
  return whole(info.subarray(version.length + subject.length))
}

function whole(der: Buffer): Buffer {
  const { start, length } = measure(der)
  return der.subarray(0, start + length)
}

function inside(der: Buffer): Buffer {
  const { start, length } = measure(der)
  return der.subarray(start, start + length)
}

function measure(der: Buffer): { start: number; length: number } {
  const first = der[1] as number
  if (first < 0x80) return { start: 2, length: first }
  const bytes = first & 0x7f
  return { start: 2 + bytes, length: der.readUIntBE(2, bytes) }
}
