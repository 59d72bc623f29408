import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { Refusal } from '#lib/refusal'
import { ownsKey, readPublicKey } from './index.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ed = generateKeyPairSync('ed25519')
const KEY_ID = 'https://a.example/users/alice#main-key'
const pem = (key: KeyObject, type: 'spki' | 'pkcs1' = 'spki') => key.export({ type, format: 'pem' }).toString()

/** A public key of any size and exponent, without searching for primes. */
function rsaSpki(bits: number, exponent: string): string {
  const wrap = (tag: number, content: Buffer) => {
    const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 255]
    return Buffer.concat([Buffer.from([tag, ...length]), content])
  }
  const integers = [Buffer.concat([Buffer.from([0]), Buffer.alloc(bits / 8, 0xff)]), Buffer.from(exponent, 'hex')]
  const key = wrap(0x30, Buffer.concat(integers.map((integer) => wrap(2, integer))))
  const algorithm = Buffer.from('300d06092a864886f70d0101010500', 'hex')
  const spki = wrap(0x30, Buffer.concat([algorithm, wrap(3, Buffer.concat([Buffer.from([0]), key]))]))
  return `-----BEGIN PUBLIC KEY-----\n${spki.toString('base64')}\n-----END PUBLIC KEY-----\n`
}

describe('public keys', () => {
  test('what is read as a public key', () => {
    for (const key of [rsa.publicKey, ed.publicKey]) expect(readPublicKey(pem(key)).equals(key)).toBe(true)
    expect(readPublicKey(`\n${pem(rsa.publicKey, 'pkcs1')}\n`).equals(rsa.publicKey)).toBe(true)
    for (const made of [rsaSpki(2048, '010001'), rsaSpki(8192, '03')]) expect(readPublicKey(made).type).toBe('public')
    expect(readPublicKey(pem(rsa.publicKey).replaceAll('\n', '\r\n')).equals(rsa.publicKey)).toBe(true)
  })

  const small = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 })
  test.each([
    ['nothing', undefined],
    ['an object', { toString: () => pem(rsa.publicKey) }],
    ['a private key', rsa.privateKey.export({ type: 'pkcs8', format: 'pem' })],
    ['an old private key', rsa.privateKey.export({ type: 'pkcs1', format: 'pem' })],
    ['a small key', pem(small.publicKey)],
    ['the exponent 1', rsaSpki(2048, '01')],
    ['an even exponent', rsaSpki(2048, '010000')],
    ['a long exponent', rsaSpki(2048, '0100000001')],
    ['a key too large to verify with for free', rsaSpki(8200, '010001')],
    ['an elliptic curve', pem(p256.publicKey)],
    ['a key for another padding', pem(pss.publicKey)],
    ['two keys', pem(rsa.publicKey) + pem(other.publicKey)],
    ['a certificate', pem(rsa.publicKey).replaceAll('PUBLIC KEY', 'CERTIFICATE')],
    ['rubbish', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'],
    ['a long text', `${pem(rsa.publicKey)}${' '.repeat(5000)}`],
  ])('%s is not', (_name, text) => {
    expect(() => readPublicKey(text)).toThrow(Refusal)
  })
})

describe('whose key it is', () => {
  const actorId = 'https://a.example/users/alice'
  const good = { keyId: KEY_ID, keyOwner: actorId, actorId, actorKeyIds: [KEY_ID] }

  test('each names the other', () => {
    expect(ownsKey(good)).toBe(true)
    expect(ownsKey({ ...good, boundTo: actorId, actorKeyIds: ['https://a.example/k', KEY_ID] })).toBe(true)
    expect(ownsKey({ ...good, keyId: actorId }), 'old PeerTube').toBe(true)
  })

  test.each([
    ['another owner', { keyOwner: 'https://a.example/users/bob' }],
    ['an owner elsewhere', { keyOwner: 'https://victim.example/users/alice' }],
    ['the owner with a slash', { keyOwner: `${actorId}/` }],
    ['the owner on another port', { keyOwner: 'https://a.example:8443/users/alice' }],
    ['the owner in other letters', { keyOwner: 'https://a.example/users/Alice' }],
    ['no owner', { keyOwner: undefined }],
    ['a key that the actor does not list', { actorKeyIds: ['https://a.example/users/alice#other'] }],
    ['no key listed', { actorKeyIds: [] }],
    ['a key elsewhere', { keyId: 'https://evil.example/key', actorKeyIds: ['https://evil.example/key'] }],
    ['a key that somebody else has', { boundTo: 'https://a.example/users/bob' }],
    ['the actor as key of several', { keyId: actorId, actorKeyIds: [KEY_ID, `${KEY_ID}2`] }],
    ['no address', { keyId: 'acct:alice@a.example', actorKeyIds: ['acct:alice@a.example'] }],
  ])('%s', (_name, change) => {
    expect(ownsKey({ ...good, ...change })).toBe(false)
  })
})
