import { createHash, createHmac, createSecretKey, sign, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { Refusal } from '#lib/refusal'
import {
  BODY,
  DATE,
  DIGEST,
  ed,
  forge,
  KEY_ID,
  line,
  now,
  other,
  outcome,
  raw,
  received,
  rsa,
  SIGNED_TEXT,
  without,
} from './forge.fixture.ts'
import { checkSignedRequest, type ParsedSignature, readSignature, renderDigest, signRequest } from './index.ts'
import { signingString } from './signing-string.ts'

describe('what we sign', () => {
  test('the vector of the reference, letter by letter', async () => {
    expect(BODY).toHaveLength(188)
    expect(renderDigest(BODY)).toBe(DIGEST)
    expect(createHash('sha256').update(SIGNED_TEXT).digest('hex')).toBe(
      'dbc3a81e17b06a7e5d416fb682382c785a09deaa13cd43753697afdf6c05e1c0',
    )
    const headers = await signRequest({
      method: 'POST',
      url: 'https://b.example/inbox',
      body: BODY,
      keyId: KEY_ID,
      privateKey: rsa.privateKey,
      date: now,
      headers: { 'content-type': 'application/activity+json' },
    })
    expect(headers).toMatchObject({ Host: 'b.example', Date: DATE, Digest: DIGEST })
    const [, keyId, covered, signature] =
      /^keyId="([^"]+)",algorithm="rsa-sha256",headers="([^"]+)",signature="([^"]+)"$/.exec(headers.Signature)!
    expect([keyId, covered]).toEqual([KEY_ID, '(request-target) host date digest content-type'])
    expect(verify('sha256', Buffer.from(SIGNED_TEXT), rsa.publicKey, Buffer.from(signature!, 'base64'))).toBe(true)
    expect(outcome([...raw({ ...headers }), 'Content-Type', 'application/activity+json'])).toBe(true)
  })

  test.each([
    ['https://b.example/users/bob?page=1#part', false, 'get /users/bob?page=1', 'b.example'],
    ['https://b.example/users/bob?page=1', true, 'get /users/bob', 'b.example'],
    ['https://B.example:443', false, 'get /', 'b.example'],
    ['http://localhost:4001/x', false, 'get /x', 'localhost:4001'],
  ])('a GET of %s (query left out: %s)', async (url, omitQuery, target, host) => {
    const headers = await signRequest({
      method: 'GET',
      url,
      keyId: KEY_ID,
      privateKey: rsa.privateKey,
      date: now,
      omitQuery,
    })
    expect(headers).not.toHaveProperty('Digest')
    expect(headers.Host).toBe(host)
    const signature = Buffer.from(/signature="([^"]+)"/.exec(headers.Signature)![1]!, 'base64')
    const text = `(request-target): ${target}\nhost: ${host}\ndate: ${DATE}`
    expect(verify('sha256', Buffer.from(text), rsa.publicKey, signature)).toBe(true)
  })

  test('a key of another kind, or a key id that breaks the header, is our own mistake', async () => {
    const request = { method: 'GET', url: 'https://b.example/', keyId: KEY_ID, privateKey: rsa.privateKey, date: now }
    await expect(signRequest({ ...request, privateKey: ed.privateKey })).rejects.toThrow(/RSA/)
    await expect(signRequest({ ...request, keyId: 'x",headers="date' })).rejects.toThrow(/quotes/)
  })
})

describe('what must be covered', () => {
  const names = ['(request-target)', 'host', 'date', 'digest']
  const GET = { method: 'GET', body: Buffer.alloc(0) }

  test.each(names)('a POST without %s', (missing) => {
    expect(outcome(forge({ covered: names.join(' ') }))).toBe(true)
    expect(outcome(forge({ covered: names.filter((name) => name !== missing).join(' ') }))).toBe('unauthorized')
  })

  test.each(['(request-target)', 'host', 'date'])('a GET without %s', (missing) => {
    const get = names.slice(0, 3)
    const headers = without(forge({ covered: get.join(' '), target: 'get /inbox' }), 'Digest')
    expect(outcome(headers, GET)).toBe(true)
    const covered = get.filter((name) => name !== missing).join(' ')
    expect(outcome(without(forge({ covered, target: 'get /inbox' }), 'Digest'), GET)).toBe('unauthorized')
  })

  test.each(['Host', 'Date', 'Digest', 'Content-Type'])('%s covered, but not in the request', (name) => {
    const empty = forge({ headers: { [name]: '' }, values: { [name.toLowerCase()]: '' } })
    expect(outcome(without(empty, name))).toBe('unauthorized')
  })

  test.each([null, '', 'date', '(created)', 'host', 'digest (request-target)', '(request-target) host  date digest'])(
    'the list %j',
    (covered) => {
      expect(outcome(forge({ covered }))).toMatch(/unauthorized|badRequest/)
    },
  )

  test('a name that comes twice, in any case of letters', () => {
    expect(outcome(forge({ covered: '(request-target) host date digest date' }))).toBe('unauthorized')
    expect(outcome(forge({ covered: '(request-target) host date digest Date' }))).toBe('unauthorized')
  })

  test.each(['(status)', '(query)', 'x-nothing', '__proto__'])('%s, which no request has', (name) => {
    expect(outcome(forge({ covered: `(request-target) host date digest ${name}` }))).toBe('unauthorized')
  })
})

describe('nothing of it may change', () => {
  test('a byte of the body, a byte of white space', () => {
    for (const at of [0, 90, 187]) {
      const body = Buffer.from(BODY)
      body[at]! ^= 1
      expect(outcome(forge(), { body })).toBe('unauthorized')
    }
    expect(outcome(forge(), { body: Buffer.concat([BODY, Buffer.from('\n')]) })).toBe('unauthorized')
    expect(outcome(forge(), { body: Buffer.alloc(0) })).toBe('unauthorized')
  })

  test('method, path, a covered header, the signature, the key', () => {
    expect(outcome(forge(), { target: '/users/bob/inbox' })).toBe(false)
    expect(outcome(forge(), { target: '/inbox/' })).toBe(false)
    expect(outcome(forge(), { method: 'PUT' })).toBe(false)
    const otherType = forge().map((part) => (part === 'application/activity+json' ? 'application/json' : part))
    expect(outcome(otherType)).toBe(false)
    const flipped = forge({
      make: (text) =>
        sign('sha256', Buffer.from(text), rsa.privateKey).map((byte, i) => byte ^ (i === 9 ? 1 : 0)) as Buffer,
    })
    expect(outcome(flipped)).toBe(false)
    expect(outcome(forge(), { key: other.publicKey })).toBe(false)
  })

  test('a query may be left out of what was signed, but not be another one', () => {
    expect(outcome(forge({ target: 'post /inbox?a=1' }), { target: '/inbox?a=1' })).toBe(true)
    expect(outcome(forge(), { target: '/inbox?a=1' })).toBe(true)
    expect(outcome(forge({ target: 'post /inbox?a=1' }), { target: '/inbox?a=2' })).toBe(false)
    expect(outcome(forge({ target: 'post /inbox?a=1' }), { target: '/inbox' })).toBe(false)
  })

  test.each(['http://b.example/inbox', '*', '', 'inbox'])('the request target %j is no path', (target) => {
    expect(outcome(forge(), { target })).toBe('badRequest')
  })

  test('it was meant for us', () => {
    const to = (host: string) => outcome(forge({ headers: { Host: host } }))
    expect(['b.example', 'B.Example', 'b.example:443', 'b.example.'].map(to)).toEqual([true, true, true, true])
    expect(['c.example', 'b.example:8443', 'b.example.evil', 'x.b.example'].map(to)).toEqual(
      Array(4).fill('unauthorized'),
    )
    expect(['', 'b.example/x', 'a@b.example', 'b.example c'].map(to)).toEqual(Array(4).fill('badRequest'))
    expect(outcome(forge({ headers: { Host: 'localhost:4001' } }), { ownHosts: ['x.example', 'localhost:4001'] })).toBe(
      true,
    )
  })
})

describe('digests', () => {
  const withDigest = (digest: string) => outcome(forge({ headers: { Digest: digest } }))
  const hash = DIGEST.slice('SHA-256='.length)

  test.each([
    DIGEST,
    `sha-256=${hash}`,
    `SHA-512=AAAA, SHA-256=${hash}`,
    `SHA-256=${hash},MD5=AAAA==`,
    `SHA-256=${hash}, SHA-256=${hash}`,
  ])('%s is right', (digest) => {
    expect(withDigest(digest)).toBe(true)
  })

  test.each([
    '',
    hash,
    'SHA-256=',
    'MD5=rL0Y20zC+Fzt72VPzMSk2A==',
    `SHA-512=${hash}`,
    `SHA-256=${hash.slice(0, -4)}`,
    `SHA-256=${hash} trailing`,
    `SHA-256=${hash}, SHA-256=AAAA`,
    `SHA-256=${createHash('sha256').digest('base64')}`,
    `SHA-256=${createHash('sha256').update(BODY).digest('hex')}`,
  ])('%j is not', (digest) => {
    expect(withDigest(digest)).toBe('unauthorized')
  })

  test('both kinds must be right when both are there', () => {
    const both = (contentDigest: string) => outcome(forge({ headers: { 'Content-Digest': contentDigest } }))
    expect(both(`sha-256=:${hash}:`)).toBe(true)
    expect(both(`sha-512=:AAAA:, sha-256=:${hash}:`)).toBe(true)
    expect([`sha-256=:AAAA:`, `sha-512=:AAAA:`, `sha-256=${hash}`, ''].map(both)).toEqual(Array(4).fill('unauthorized'))
  })

  test('a GET that brings a body must cover its digest; one without a body need not', () => {
    const covered = '(request-target) host date'
    const headers = without(forge({ covered, target: 'get /inbox' }), 'Digest')
    expect(outcome(headers, { method: 'GET' })).toBe('unauthorized')
    expect(outcome(forge({ covered, target: 'get /inbox' }), { method: 'GET' })).toBe('unauthorized')
    expect(outcome(forge({ target: 'get /inbox' }), { method: 'GET' })).toBe(true)
    const empty = forge({ covered, target: 'get /inbox', headers: { Digest: renderDigest(Buffer.alloc(0)) } })
    expect(outcome(empty, { method: 'GET', body: Buffer.alloc(0) })).toBe(true)
  })
})

describe('keys', () => {
  test('labels that agree with an RSA key', () => {
    const sha512 = (text: string) => sign('sha512', Buffer.from(text), rsa.privateKey)
    expect(outcome(forge({ algorithm: null }))).toBe(true)
    expect(outcome(forge({ algorithm: 'hs2019' }))).toBe(true)
    expect(outcome(forge({ algorithm: 'RSA-SHA256' }))).toBe(true)
    expect(outcome(forge({ algorithm: 'rsa-sha512', make: sha512 }))).toBe(true)
    expect(outcome(forge({ algorithm: 'hs2019', make: sha512 }))).toBe(false)
    expect(outcome(forge({ algorithm: 'rsa-sha512' }))).toBe(false)
    expect(outcome(forge({ algorithm: 'ed25519' }))).toBe(false)
  })

  test('labels that agree with an Ed25519 key', () => {
    const make = (text: string) => sign(null, Buffer.from(text), ed.privateKey)
    const key = ed.publicKey
    expect(outcome(forge({ algorithm: 'hs2019', make }), { key })).toBe(true)
    expect(outcome(forge({ algorithm: 'ed25519', make }), { key })).toBe(true)
    expect(outcome(forge({ algorithm: 'rsa-sha256', make }), { key })).toBe(false)
    expect(outcome(forge(), { key })).toBe(false)
  })

  test('a public key is no shared secret', () => {
    const secret = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const make = (text: string) => createHmac('sha256', secret).update(text).digest()
    expect(outcome(forge({ algorithm: 'hs2019', make }))).toBe(false)
    expect(outcome(forge({ algorithm: 'hs2019', make }), { key: createSecretKey(Buffer.from(secret)) })).toBe(false)
    expect(outcome(forge(), { key: rsa.privateKey })).toBe(false)
  })
})

test('the checks that need no key can be made before one is fetched', () => {
  const parsed: ParsedSignature = readSignature(forge(), line)
  expect(parsed.keyId).toBe(KEY_ID)
  expect(() => checkSignedRequest(parsed, received)).not.toThrow()
  expect(() => checkSignedRequest(parsed, { ...received, body: Buffer.from('x') })).toThrow(Refusal)
  expect(signingString(['a', 'b'], (name) => (name === 'a' ? '1' : undefined))).toBeUndefined()
})
