import type { RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import { failureKind, requireOk } from '#platform/net'
import { alphaCertificate } from './certificate.fixture.ts'
import { kindOf, makePeers, ok, plain, refused } from './peers.fixture.ts'

const { startPeer, startTlsPeer, openNet } = makePeers()

describe('the address that is connected to is the one that was checked', () => {
  test('one lookup for one connection; the next connection is checked again', async () => {
    const good = await startPeer((_request, response) => response.setHeader('connection', 'close').end('good'))
    const bad = await startPeer(ok, '127.0.0.2', good.port)
    const answers = [['127.0.0.1'], ['127.0.0.2']]
    const net = openNet({ resolve: () => Promise.resolve(answers.shift() ?? []) })
    const url = `http://rebind.example:${good.port}/`
    expect((await net.request(url, plain)).body.toString()).toBe('good')
    expect(answers).toHaveLength(1)
    expect(await kindOf(net.request(url, plain))).toBe('address')
    expect([good.connections(), bad.connections()]).toEqual([1, 0])
  })

  test('while a connection lives, no new answer can move it', async () => {
    const good = await startPeer(ok)
    const answers = [['127.0.0.1'], ['127.0.0.2']]
    const net = openNet({ resolve: () => Promise.resolve(answers.shift() ?? []) })
    for (let i = 0; i < 3; i++) {
      await net.request(`http://rebind.example:${good.port}/`, plain)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect([good.connections(), answers.length]).toEqual([1, 1])
  })

  test.each([[['127.0.0.1', '127.0.0.2']], [['127.0.0.2', '127.0.0.1']], [['127.0.0.1', '::1']], [[]], [['rubbish']]])(
    'the answers %j are refused as a whole',
    async (answers) => {
      const good = await startPeer(ok)
      const net = openNet({ resolve: () => Promise.resolve(answers) })
      expect(await kindOf(net.request(`http://mixed.example:${good.port}/`, plain))).toBe('address')
      expect(good.connections()).toBe(0)
    },
  )

  test('a name that is not there and a port that is closed look the same', async () => {
    const gone = openNet({ resolve: () => Promise.reject(new Error('ENOTFOUND')) })
    const missing = await refused(gone.request('https://gone.example/', plain))
    const closed = await refused(openNet().request('http://closed.example:9/', plain))
    expect([failureKind(missing), failureKind(closed)]).toEqual(['network', 'network'])
    expect(missing.message).toBe(closed.message)
  })
})

describe('what is sent and what comes back', () => {
  test('headers, body, signature for each hop; the name in Host is the one of the address', async () => {
    const peer = await startPeer((request, response) => {
      request.resume().on('end', () => response.setHeader('X-Two', ['a', 'b']).end('done'))
    })
    const seen: unknown[] = []
    const url = `http://peer.example:${peer.port}/inbox?x=1#part`
    const response = await openNet().request(url, {
      ...plain,
      method: 'POST',
      body: '{}',
      headers: { 'Content-Type': 'application/activity+json', Host: 'evil.example' },
      signRequest: (request) => {
        seen.push([request.method, request.url, request.body?.toString(), request.headers['content-type']])
        return Promise.resolve({ Host: 'evil.example', Signature: 'sig' })
      },
    })
    expect(response).toMatchObject({ status: 200, url: url.replace('#part', ''), headers: { 'x-two': 'a, b' } })
    expect(seen).toEqual([['POST', url.replace('#part', ''), '{}', 'application/activity+json']])
    expect(peer.requests[0]!.headers).toMatchObject({
      host: `peer.example:${peer.port}`,
      signature: 'sig',
      'user-agent': 'Hamlet/test',
      'accept-encoding': 'gzip, deflate, br',
    })
  })

  test('a connection that the other side leaves is not taken for a server that is down; a delivery is not sent twice', async () => {
    const peer = await startPeer((request, response) => {
      // Each connection answers one request and is gone at the next.
      if (peer.requests.some((one) => one !== request && one.socket === request.socket)) request.socket.destroy()
      else response.end('here')
    })
    const net = openNet()
    const url = `http://tired.example:${peer.port}/`
    let signed = 0
    const signRequest = () => Promise.resolve({ signature: `${(signed += 1)}` })
    const rest = () => new Promise((resolve) => setTimeout(resolve, 20))
    expect((await net.request(url, { ...plain, signRequest })).body.toString()).toBe('here')
    await rest()
    expect((await net.request(url, { ...plain, signRequest })).body.toString()).toBe('here')
    expect([peer.requests.length, peer.connections(), signed]).toEqual([3, 2, 3])
    await rest()
    expect(await kindOf(net.request(url, { ...plain, method: 'POST', body: '{}' }))).toBe('network')
    expect(peer.requests).toHaveLength(4)
  })

  test('a server that hangs up on a new connection is asked once', async () => {
    const peer = await startPeer((request) => request.socket.destroy())
    expect(await kindOf(openNet().request(`http://gone.example:${peer.port}/`, plain))).toBe('network')
    expect(peer.requests).toHaveLength(1)
  })

  test('a signer that fails is our own fault, and frees its place', async () => {
    const peer = await startPeer(ok)
    const net = openNet()
    const url = `http://peer.example:${peer.port}/`
    const broken = { ...plain, signRequest: () => Promise.reject(new TypeError('no key')) }
    for (let i = 0; i < 8; i++) await expect(net.request(url, broken)).rejects.toThrow(TypeError)
    expect((await net.request(url, plain)).status).toBe(200)
    expect(peer.connections()).toBe(1)
  })

  test('any status is an answer; only requireOk insists', async () => {
    const peer = await startPeer((_request, response) =>
      response.writeHead(410, { 'retry-after': '5' }).end('x'.repeat(70_000)),
    )
    const request = openNet().request(`http://peer.example:${peer.port}/`, {
      ...plain,
      maxBytes: 10,
      allowTypes: ['image/*'],
    })
    const response = await request
    expect(response).toMatchObject({ status: 410, headers: { 'retry-after': '5' } })
    expect(response.body).toHaveLength(0)
    expect(() => requireOk(response)).toThrow(expect.objectContaining({ details: { kind: 'status', status: 410 } }))
    expect(requireOk({ status: 200 })).toEqual({ status: 200 })
  })

  test('a client that is closed asks nobody', async () => {
    const peer = await startPeer(ok)
    const net = openNet()
    await net.close()
    expect(await kindOf(net.request(`http://peer.example:${peer.port}/`, plain))).toBe('network')
  })

  test('a certificate must be one of ours, and for that name', async () => {
    const peer = await startTlsPeer(ok)
    const trusting = openNet({ extraCa: alphaCertificate })
    expect((await trusting.request(`https://alpha.test:${peer.port}/`, plain)).body.toString()).toBe('ok')
    expect(await kindOf(trusting.request(`https://beta.test:${peer.port}/`, plain))).toBe('network')
    expect(await kindOf(openNet().request(`https://alpha.test:${peer.port}/`, plain))).toBe('network')
    expect(peer.requests).toHaveLength(1)
  })
})

describe('redirects', () => {
  const to = (location: string | ((url: string) => string), status = 302): RequestListener => {
    return (request, response) => {
      const next = typeof location === 'string' ? location : location(request.url ?? '')
      if (next === '') response.end(request.url)
      else response.writeHead(status, { location: next }).end()
    }
  }

  test.each([301, 302, 303, 307, 308])('%i is followed, three times at most', async (status) => {
    const peer = await startPeer(to((url) => (url === '/3' ? '' : `/${Number(url.slice(1)) + 1}`), status))
    const net = openNet()
    const start = `http://peer.example:${peer.port}`
    expect(await net.request(`${start}/0`, plain)).toMatchObject({ status: 200, url: `${start}/3` })
    expect(await kindOf(net.request(`${start}/-1`, plain))).toBe('redirect')
    expect(await kindOf(net.request(`${start}/-1`, { ...plain, redirects: 9 }))).toBe('redirect')
    expect(await kindOf(net.request(`${start}/1`, { ...plain, redirects: 1 }))).toBe('redirect')
    expect((await net.request(`${start}/2`, { ...plain, redirects: 1 })).status).toBe(200)
    expect(await kindOf(net.request(`${start}/2`, { ...plain, redirects: 0 }))).toBe('redirect')
    const kept = await net.request(`${start}/0`, { ...plain, keepsRedirect: true })
    expect([kept.status, kept.headers.location, kept.url]).toEqual([status, '/1', `${start}/0`])
  })

  test('a loop stops at the second visit', async () => {
    const peer = await startPeer(to('/here'))
    expect(await kindOf(openNet().request(`http://peer.example:${peer.port}/here`, plain))).toBe('redirect')
    expect(peer.requests).toHaveLength(1)
  })

  test.each([301, 307, 308])('a POST is never sent on (%i)', async (status) => {
    const peer = await startPeer(to('/next', status))
    const post = openNet().request(`http://peer.example:${peer.port}/`, { ...plain, method: 'POST', body: 'x' })
    expect(await kindOf(post)).toBe('redirect')
    expect(peer.requests).toHaveLength(1)
  })

  test.each([
    'http://127.0.0.2/',
    'http://169.254.169.254/latest',
    'https://[::1]/',
    'https://own.example/',
    'file:///etc/passwd',
    'https://user@peer.example/',
    '//127.1/',
    'https:\\\\peer.example/',
    '//127.0.0.1\\@peer.example/',
  ])('each hop is checked as if it were the first: %s', async (location) => {
    const peer = await startPeer(to(location))
    const net = openNet({ allowPrivateNetworks: ['127.0.0.9/32', '127.0.0.1/32'] })
    const asked =
      location === '//127.1/' ? openNet({ allowPrivateNetworks: ['127.0.0.1/32'], ownHosts: ['127.0.0.1'] }) : net
    expect(await kindOf(asked.request(`http://peer.example:${peer.port}/`, plain))).toBe('address')
    expect(peer.requests).toHaveLength(1)
  })

  test('never from https down to http', async () => {
    const low = await startPeer(ok)
    const peer = await startTlsPeer(to(`http://alpha.test:${low.port}/`))
    const net = openNet({ extraCa: alphaCertificate })
    expect(await kindOf(net.request(`https://alpha.test:${peer.port}/`, plain))).toBe('redirect')
    expect(low.connections()).toBe(0)
  })

  test('what proves who we are stays with the first host; each hop is signed anew', async () => {
    const end = await startPeer(ok)
    const start = await startPeer(to((url) => (url === '/' ? '/again' : `http://other.example:${end.port}/`)))
    const signed: string[] = []
    const secret = { Authorization: 'Bearer x', Cookie: 'c', Signature: 'mine', 'X-Kept': 'yes' }
    await openNet().request(`http://first.example:${start.port}/`, {
      ...plain,
      headers: secret,
      signRequest: ({ url }) => Promise.resolve({ 'X-Signed': String(signed.push(url)) }),
    })
    expect(start.requests.map((request) => request.headers.authorization)).toEqual(['Bearer x', 'Bearer x'])
    const { headers } = end.requests[0]!
    expect([headers.authorization, headers.cookie, headers['signature']]).toEqual([undefined, undefined, undefined])
    expect([headers['x-kept'], headers['x-signed'], signed.length]).toEqual(['yes', '3', 3])
  })
})
