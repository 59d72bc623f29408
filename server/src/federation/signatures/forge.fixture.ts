import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { Refusal } from '#lib/refusal'
import { readSignature, verifySignature } from './index.ts'

export const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
export const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
export const ed = generateKeyPairSync('ed25519')

/** The vector of federation.md l.1. */
export const BODY = Buffer.from(
  '{"@context":"https://www.w3.org/ns/activitystreams","id":"https://a.example/users/alice#likes/1","type":"Like","actor":"https://a.example/users/alice","object":"https://b.example/notes/9"}',
)
export const DIGEST = 'SHA-256=7BvTn3NDFR4y/EiwADs/LigfKhIdjPg50JN1Ltg+G/o='
export const DATE = 'Thu, 01 Jan 2026 00:00:00 GMT'
export const SIGNED_TEXT = [
  '(request-target): post /inbox',
  'host: b.example',
  `date: ${DATE}`,
  `digest: ${DIGEST}`,
  'content-type: application/activity+json',
].join('\n')
export const KEY_ID = 'https://a.example/users/alice#main-key'
export const now = new Date(DATE)
export const received = { body: BODY, now, ownHosts: ['b.example'] }
export const line = { method: 'POST', target: '/inbox' }

export type Headers = Record<string, string>
export const plain: Headers = {
  Host: 'b.example',
  Date: DATE,
  Digest: DIGEST,
  'Content-Type': 'application/activity+json',
}
export const raw = (headers: Headers) => Object.entries(headers).flat()

export type Forge = {
  headers?: Headers
  /** The covered list; null leaves the parameter out. */
  covered?: string | null
  algorithm?: string | null
  parameters?: string
  /** The request line as the signer saw it. */
  target?: string
  values?: Headers
  make?: (text: string) => Buffer
}

/** Signs by hand what a peer could sign, well or badly, independent of our own signer. */
export function forge(forgery: Forge = {}): string[] {
  const headers = { ...plain, ...forgery.headers }
  const covered = forgery.covered === undefined ? '(request-target) host date digest content-type' : forgery.covered
  const values = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  values.set('(request-target)', forgery.target ?? 'post /inbox')
  for (const [name, value] of Object.entries(forgery.values ?? {})) values.set(name, value)
  const text = (covered ?? 'date')
    .split(' ')
    .map((name) => `${name}: ${values.get(name.toLowerCase()) ?? ''}`)
    .join('\n')
  const bytes = (forgery.make ?? ((given) => sign('sha256', Buffer.from(given), rsa.privateKey)))(text)
  const signature = [
    `keyId="${KEY_ID}"`,
    ...(forgery.algorithm === null ? [] : [`algorithm="${forgery.algorithm ?? 'rsa-sha256'}"`]),
    ...(covered === null ? [] : [`headers="${covered}"`]),
    ...(forgery.parameters ? [forgery.parameters] : []),
    `signature="${bytes.toString('base64')}"`,
  ].join(',')
  return [...raw(headers), 'Signature', signature]
}

/** `true`, `false`, or the reason of the refusal. */
export function outcome(
  rawHeaders: string[],
  changes: Partial<typeof received & typeof line & { key: KeyObject }> = {},
) {
  const { key = rsa.publicKey, method = 'POST', target = '/inbox', ...rest } = changes
  try {
    return verifySignature(readSignature(rawHeaders, { method, target }), key, { ...received, ...rest })
  } catch (error) {
    if (error instanceof Refusal) return error.reason
    throw error
  }
}

export const without = (list: string[], name: string) => {
  const at = list.indexOf(name)
  return list.toSpliced(at, 2)
}
