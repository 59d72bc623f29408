import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A subscription as a browser makes it, at a push service that nobody can reach. */
export function makeSubscription(): { subscription: Record<string, unknown>; data: Record<string, unknown> } {
  return makeBrowser('https://push.invalid/made').json
}

export type Browser = {
  json: { subscription: Record<string, unknown>; data: Record<string, unknown> }
  /** What a push says to this browser; throws when it is for another. */
  read(push: Pushed): any
}

export type Pushed = { path: string; headers: IncomingHttpHeaders; body: Buffer }

/** A browser or an app: keys of its own, and everything switched on. */
export function makeBrowser(endpoint: string, standard = true): Browser {
  const pair = createECDH('prime256v1')
  const publicKey = pair.generateKeys()
  const secret = randomBytes(16)
  const keys = { p256dh: publicKey.toString('base64url'), auth: secret.toString('base64url') }
  const alerts = { mention: true, favourite: true, follow: true, reblog: true, status: true }
  return {
    json: { subscription: { endpoint, keys, standard }, data: { alerts, policy: 'all' } },
    read: ({ headers, body }) => {
      const derive = (key: Buffer, salt: Buffer, info: Buffer, length: number) =>
        Buffer.from(hkdfSync('sha256', key, salt, info, length))
      const open = (key: Buffer, nonce: Buffer, sealed: Buffer) => {
        const opener = createDecipheriv('aes-128-gcm', key, nonce, { authTagLength: 16 })
        opener.setAuthTag(sealed.subarray(-16))
        return Buffer.concat([opener.update(sealed.subarray(0, -16)), opener.final()])
      }
      if (headers['content-encoding'] === 'aes128gcm') {
        // RFC 8188, 2.1: salt, record size, length of the key, key; RFC 8291, 3.3 and 3.4.
        const salt = body.subarray(0, 16)
        const theirs = body.subarray(21, 21 + (body[20] ?? 0))
        const info = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, theirs])
        const input = derive(pair.computeSecret(theirs), secret, info, 32)
        const key = derive(input, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
        const nonce = derive(input, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
        const text = open(key, nonce, body.subarray(21 + theirs.length)).toString()
        return JSON.parse(text.slice(0, text.lastIndexOf('\u0002')))
      }
      // draft-ietf-webpush-encryption-04, 3 and draft-ietf-httpbis-encryption-encoding-03, 4.
      const part = (header: string, name: string) =>
        Buffer.from(new RegExp(`${name}=([\\w-]+)`).exec(String(headers[header]))?.[1] ?? '', 'base64url')
      const [salt, theirs] = [part('encryption', 'salt'), part('crypto-key', 'dh')]
      const sized = (bytes: Buffer) => Buffer.concat([Buffer.from([0, bytes.length]), bytes])
      const context = Buffer.concat([Buffer.from('P-256\0'), sized(publicKey), sized(theirs)])
      const input = derive(pair.computeSecret(theirs), secret, Buffer.from('Content-Encoding: auth\0'), 32)
      const infoOf = (name: string) => Buffer.concat([Buffer.from(`Content-Encoding: ${name}\0`), context])
      const plain = open(derive(input, salt, infoOf('aesgcm'), 16), derive(input, salt, infoOf('nonce'), 12), body)
      return JSON.parse(plain.subarray(2 + plain.readUInt16BE(0)).toString())
    },
  }
}

/** The claims of a push's JWT; throws unless it was signed by the key that it names (RFC 8292). */
export function readVapid({ headers }: Pushed): { aud: string; sub: string; exp: number; key: string } {
  const words = `${headers.authorization} ${String(headers['crypto-key'] ?? '')}`
  const [head = '', claims = '', signature = ''] = (/(?:t=|WebPush )([\w.-]+)/.exec(words)?.[1] ?? '').split('.')
  const key = /(?:\bk=|p256ecdsa=)([\w-]+)/.exec(words)?.[1] ?? ''
  const point = Buffer.from(key, 'base64url')
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  }
  const by = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const
  if (!verify('sha256', Buffer.from(`${head}.${claims}`), by, Buffer.from(signature, 'base64url')))
    throw new Error('The token of the push is not signed by its key')
  return { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), key }
}

export type PushService = AsyncDisposable & {
  url: string
  pushed: Pushed[]
  /** What the next pushes are answered; 201 when nothing is set. */
  answers: { status: number; headers?: Record<string, string> }[]
}

/** A push service on this machine that writes down what it is given. */
export async function startPushService(): Promise<PushService> {
  const pushed: Pushed[] = []
  const answers: PushService['answers'] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      pushed.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) })
      const { status, headers = {} } = answers.shift() ?? { status: 201 }
      response.writeHead(status, headers).end()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pushed,
    answers,
    [Symbol.asyncDispose]: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}
