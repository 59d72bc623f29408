import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeNet, type SignableRequest } from '#platform/net'
import { KEY_ID, rsa } from './forge.fixture.ts'
import { readSignature, signRequest, verifySignature } from './index.ts'

const net = makeNet({
  allowPrivateNetworks: ['127.0.0.1/32'],
  userAgent: 'Hamlet/test',
  ownHosts: [],
  resolve: () => Promise.resolve(['127.0.0.1']),
})
const ownHosts: string[] = []
const verified: string[] = []

/** A peer that believes nothing: it answers 401 unless the signature covers what really arrived. */
const peer = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { method = '', url: target = '', rawHeaders } = request
    const parsed = readSignature(rawHeaders, { method, target })
    const valid = verifySignature(parsed, rsa.publicKey, { body: Buffer.concat(chunks), now: new Date(), ownHosts })
    if (valid) verified.push(`${method} ${request.headers.host} ${target}`)
    const moved = target === '/moved?x=1'
    response
      .writeHead(valid ? (moved ? 302 : 202) : 401, moved ? { location: `http://other.example:${port()}/end` } : {})
      .end()
  })
})
const port = () => (peer.address() as AddressInfo).port

beforeAll(() => new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve)))
afterAll(async () => {
  await net.close()
  await new Promise((resolve) => peer.close(resolve))
})

/** As delivery and fetching do it: whatever else is sent as content type is covered too. */
function signed({ method, url, headers, body }: SignableRequest): Promise<Record<string, string>> {
  const type = headers['content-type']
  const covered = type === undefined ? {} : { 'content-type': type }
  return signRequest({
    method,
    url,
    body,
    keyId: KEY_ID,
    privateKey: rsa.privateKey,
    date: new Date(),
    headers: covered,
  })
}

test('what our client sends, our reader believes: a delivery, and a fetch that is signed anew for each hop', async () => {
  ownHosts.push(`peer.example:${port()}`, `other.example:${port()}`)
  const url = `http://peer.example:${port()}`
  const common = { maxBytes: 1000, timeoutMs: 5000, signRequest: signed }
  const headers = { 'content-type': 'application/activity+json' }
  const posted = await net.request(`${url}/inbox`, { ...common, method: 'POST', body: '{"é":1}', headers })
  const fetched = await net.request(`${url}/moved?x=1`, { ...common, method: 'GET' })
  expect([posted.status, fetched.status, fetched.url]).toEqual([202, 202, `http://other.example:${port()}/end`])
  expect(verified).toEqual([
    `POST peer.example:${port()} /inbox`,
    `GET peer.example:${port()} /moved?x=1`,
    `GET other.example:${port()} /end`,
  ])
})
