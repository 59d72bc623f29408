import { type KeyObject, sign as signBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { renderDigest } from './digest.ts'
import { requestTarget, signingString, withoutQuery } from './signing-string.ts'

/** With a callback the RSA work is done by libuv's threads, so that a thousand deliveries do not stop the event loop. */
const sign = promisify(signBytes)

export type RequestToSign = {
  method: string
  url: string
  body?: Buffer | undefined
  keyId: string
  privateKey: KeyObject
  /** Now, at the moment of sending: Misskey and BookWyrm accept five minutes (federation.md f.2). */
  date: Date
  /** Further headers that will be sent and shall be covered: `content-type`, `collection-synchronization`. */
  headers?: Readonly<Record<string, string>> | undefined
  /** For servers that leave the query out when they verify. */
  omitQuery?: boolean | undefined
}

export type SignatureHeaders = { Host: string; Date: string; Digest?: string; Signature: string }

/** Signs a request as Mastodon does (draft-cavage-12, rsa-sha256; federation.md f.1) and gives the headers that it adds. */
export async function signRequest(request: RequestToSign): Promise<SignatureHeaders> {
  if (request.privateKey.asymmetricKeyType !== 'rsa') throw new Error('Requests are signed with RSA keys only')
  const url = new URL(request.url)
  const added = {
    Host: url.host,
    Date: request.date.toUTCString(),
    ...(request.body === undefined ? {} : { Digest: renderDigest(request.body) }),
  }
  const values = coveredValues(request, url, added)
  const components = [...values.keys()]
  const text = signingString(components, (name) => values.get(name)) ?? ''
  const signature = await sign('sha256', Buffer.from(text, 'latin1'), request.privateKey)
  return { ...added, Signature: renderSignature(request.keyId, components, signature) }
}

function coveredValues(request: RequestToSign, url: URL, added: Record<string, string>): Map<string, string> {
  const path = `${url.pathname}${url.search}`
  const target = request.omitQuery ? withoutQuery(path) : path
  const values = new Map([['(request-target)', requestTarget({ method: request.method, target })]])
  for (const [name, value] of Object.entries({ ...added, ...request.headers })) values.set(name.toLowerCase(), value)
  return values
}

/** The algorithm is named although it is the default: Friendica refuses a signature without it. */
function renderSignature(keyId: string, components: readonly string[], signature: Buffer): string {
  if (/["\\]/.test(keyId)) throw new Error('A key id cannot hold quotes')
  const parameters = [
    ['keyId', keyId],
    ['algorithm', 'rsa-sha256'],
    ['headers', components.join(' ')],
    ['signature', signature.toString('base64')],
  ]
  return parameters.map(([name, value]) => `${name}="${value}"`).join(',')
}
