import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { failureKind, makeNet, type Net, type NetOptions, type NetRequest, requireOk } from '#platform/net'
import { Refusal } from '#lib/refusal'
import { FORBIDDEN_V4, FORBIDDEN_V6, isGlobalUnicast } from './address.ts'
import { alphaCertificate, alphaKey } from './certificate.fixture.ts'
import { isAllowedType } from './media-type.ts'

const AS = 'https://www.w3.org/ns/activitystreams'
const closers: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

type Peer = { port: number; requests: IncomingMessage[]; connections: () => number }

/** A server on the loopback that counts who knocks: a refused address must not even open a socket. */
async function startPeer(listener: RequestListener, host = '127.0.0.1', port = 0): Promise<Peer> {
  return count(createServer(listener), host, port)
}

async function count(server: Server, host: string, port: number): Promise<Peer> {
  let connections = 0
  const requests: IncomingMessage[] = []
  server.on('connection', () => (connections += 1))
  server.on('request', (request: IncomingMessage) => requests.push(request))
  await new Promise<void>((resolve) => server.listen(port, host, resolve))
  closers.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return { port: (server.address() as AddressInfo).port, requests, connections: () => connections }
}

function openNet(options: Partial<NetOptions> = {}): Net {
  const net = makeNet({
    allowPrivateNetworks: ['127.0.0.1/32'],
    userAgent: 'Hamlet/test',
    resolve: () => Promise.resolve(['127.0.0.1']),
    ownHosts: ['own.example'],
    ...options,
  })
  closers.push(() => net.close())
  return net
}

const plain: NetRequest = { method: 'GET', maxBytes: 100_000, timeoutMs: 5_000 }
const ok: RequestListener = (_request, response) => response.end('ok')

async function refused(outcome: Promise<unknown>): Promise<Refusal> {
  const error: unknown = await outcome.then(
    () => new Error('was not refused'),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Refusal)
  return error as Refusal
}

async function kindOf(outcome: Promise<unknown>): Promise<unknown> {
  const refusal = await refused(outcome)
  expect(refusal.reason).toBe('unavailable')
  return failureKind(refusal)
}

/** First and last address of a v4 range; a few inside a v6 one. */
function samples(cidr: string): string[] {
  const [network, bits] = cidr.split('/') as [string, string]
  if (network.includes(':'))
    return [network, `${network}1`, `${network}dead:beef`].map((text) => text.replace('::::', '::'))
  const first = network.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const last = first + 2 ** (32 - Number(bits)) - 1
  return [first, last].map((n) => [24, 16, 8, 0].map((shift) => Math.floor(n / 2 ** shift) % 256).join('.'))
}

const OUTSIDE_V6 = [
  ...['::', '::1', '::127.0.0.1', '::a9fe:a9fe', '::8.8.8.8', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1'],
  ...['64:ff9b::7f00:1', '64:ff9b::808:808', '64:ff9b:1::1', '100::1', 'fc00::1', 'fdff::1', 'fe80::1', 'fe80::1%lo'],
  ...['fec0::1', 'ff02::1', '4000::1', '2002:7f00:1::', '2001:10::1', '2001:20::1', '2001:0:1::1', '5f00::1'],
]

describe('which addresses are public', () => {
  test.each([...FORBIDDEN_V4, ...FORBIDDEN_V6].flatMap((cidr) => samples(cidr).map((address) => [cidr, address])))(
    '%s: %s is not',
    (_cidr, address) => {
      expect(isGlobalUnicast(address!)).toBe(false)
    },
  )

  test.each(OUTSIDE_V6)('%s is not', (address) => {
    expect(isGlobalUnicast(address)).toBe(false)
  })

  test.each(['1.1.1.1', '9.255.255.255', '11.0.0.0', '172.15.255.255', '172.32.0.0', '100.63.255.255', '100.128.0.0'])(
    '%s is',
    (address) => {
      expect(isGlobalUnicast(address)).toBe(true)
    },
  )

  test.each(['223.255.255.255', '2001:200::1', '2606:4700::1111', '2a00:1450::1', '::ffff:8.8.8.8'])(
    '%s is',
    (address) => {
      expect(isGlobalUnicast(address)).toBe(true)
    },
  )

  test.each(['', 'localhost', '127.1', '0x7f.1', '017700000001', '1.1.1.1.', '[::1]'])('%j is no address', (text) => {
    expect(isGlobalUnicast(text)).toBe(false)
  })

  test('an allowed network that cannot be read stops the start', () => {
    expect(() => openNet({ allowPrivateNetworks: ['everything'] })).toThrow()
  })
})

describe('no socket is opened', () => {
  const HOSTS = [
    ...['127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f.1', '0x7f000001', '0177.0.0.1', '017700000001'],
    ...['127.0.0.1.', '①②⑦.0.0.1', '%31%32%37.0.0.1', '0', '0.0.0.0', '[::]', '[::1]', '[::ffff:127.0.0.1]'],
    ...[
      '[::ffff:7f00:1]',
      '[::127.0.0.1]',
      '[64:ff9b::7f00:1]',
      '[64:ff9b:1::1]',
      '[2002:7f00:1::]',
      '[0:0:0:0:0:0:0:1]',
    ],
    ...[
      '169.254.169.254',
      '10.0.0.1',
      '192.168.1.1',
      '[fe80::1]',
      '[fc00::1]',
      'localhost',
      'a.localhost',
      'LOCALHOST',
    ],
    ...['printer', 'x.local', 'x.internal', 'x.onion', 'x.i2p', 'public.example.'],
  ]

  test.each(HOSTS)('for %s, with the scheme and port of every kind', async (host) => {
    const peer = await startPeer(ok)
    let lookups = 0
    const resolve = () => Promise.resolve((lookups += 1) ? ['127.0.0.1'] : [])
    const net = openNet({ allowPrivateNetworks: [], resolve })
    const addresses = [
      `https://${host}/`,
      `http://${host}/`,
      `http://${host}:${peer.port}/`,
      `https://${host}:${peer.port}/`,
    ]
    for (const address of addresses) expect(await kindOf(net.request(address, plain)), address).toBe('address')
    expect([peer.connections(), lookups]).toEqual([0, 0])
  })

  test.each([...FORBIDDEN_V4, ...FORBIDDEN_V6].flatMap(samples).concat(OUTSIDE_V6))(
    'for a public name at %s',
    async (address) => {
      const net = openNet({ allowPrivateNetworks: ['127.0.0.2/32'], resolve: () => Promise.resolve([address]) })
      expect(await kindOf(net.request('https://public.example/', plain))).toBe('address')
    },
  )

  test.each(['22', '25', '0', '5432', '6379', '8443'])('for port %s of a public machine', async (port) => {
    const net = openNet({ resolve: () => Promise.resolve(['1.1.1.1']) })
    expect(await kindOf(net.request(`https://public.example:${port}/`, plain))).toBe('address')
  })

  test.each(['http://public.example/', 'https://printer/', 'https://x.internal/'])(
    'for %s at a public address',
    async (url) => {
      const net = openNet({ resolve: () => Promise.resolve(['1.1.1.1']) })
      expect(await kindOf(net.request(url, plain))).toBe('address')
    },
  )

  test.each([
    ...['file:///etc/passwd', 'data:text/plain,x', 'ftp://public.example/', 'gopher://public.example/', 'unix:/run/x'],
    ...[
      'https://user@public.example/',
      'https://user:word@public.example/',
      'https:\\\\public.example/',
      'nothing',
      '',
    ],
    ...[
      'https://public.example\\@127.0.0.1/',
      'https://pub\tlic.example/',
      'https://public.example/\r\nX: y',
      ' https://a.example',
    ],
    ...[
      'https://own.example/x',
      'https://OWN.example:80/',
      'https://own.example:443/',
      `https://a.example/${'x'.repeat(2100)}`,
    ],
  ])('for %j', async (url) => {
    let lookups = 0
    const net = openNet({ resolve: () => Promise.resolve((lookups += 1) ? ['127.0.0.1'] : []) })
    expect(await kindOf(net.request(url, plain))).toBe('address')
    expect(lookups).toBe(0)
  })

  test('a neighbour on another port of our own name is somebody else', async () => {
    const peer = await startPeer(ok)
    const net = openNet({ ownHosts: [`localhost:${peer.port + 1}`] })
    expect((await net.request(`http://localhost:${peer.port}/`, plain)).status).toBe(200)
    expect(await kindOf(net.request(`http://localhost:${peer.port + 1}/`, plain))).toBe('address')
  })
})

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
    const server = createTlsServer({ key: alphaKey, cert: alphaCertificate }, ok)
    const peer = await count(server as unknown as Server, '127.0.0.1', 0)
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
    ...[
      'http://127.0.0.2/',
      'http://169.254.169.254/latest',
      'https://[::1]/',
      'https://own.example/',
      'file:///etc/passwd',
    ],
    ...['https://user@peer.example/', '//127.1/', 'https:\\\\peer.example/', '//127.0.0.1\\@peer.example/'],
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
    const server = createTlsServer({ key: alphaKey, cert: alphaCertificate }, to(`http://alpha.test:${low.port}/`))
    const peer = await count(server as unknown as Server, '127.0.0.1', 0)
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

describe('sizes', () => {
  const send = (body: Buffer, encoding: string): RequestListener => {
    return (_request, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body)
  }
  const bomb = Buffer.alloc(60_000_000)
  const ask = async (listener: RequestListener, request: Partial<NetRequest> = {}) => {
    const peer = await startPeer(listener)
    return openNet().request(`http://peer.example:${peer.port}/`, { ...plain, ...request })
  }

  test.each([
    ['gzip', gzipSync('hello')],
    ['x-gzip', gzipSync('hello')],
    ['GZIP', gzipSync('hello')],
    ['deflate', deflateSync('hello')],
    ['br', brotliCompressSync('hello')],
    ['identity', Buffer.from('hello')],
  ])('%s is read', async (encoding, body) => {
    expect((await ask(send(body, encoding))).body.toString()).toBe('hello')
  })

  test.each([
    ['gzip', gzipSync(bomb)],
    ['deflate', deflateSync(bomb)],
    ['br', brotliCompressSync(bomb)],
  ])('a bomb in %s is cut at the cap', async (encoding, body) => {
    expect(body.length).toBeLessThan(80_000)
    const before = process.memoryUsage().rss
    expect(await kindOf(ask(send(body, encoding)))).toBe('tooLarge')
    expect(process.memoryUsage().rss - before).toBeLessThan(30_000_000)
  })

  test.each(['gzip, gzip', 'gzip, br', 'zstd', 'compress', '__proto__', 'constructor'])(
    'the coding %s is refused',
    async (encoding) => {
      expect(await kindOf(ask(send(gzipSync(gzipSync('x')), encoding)))).toBe('type')
    },
  )

  test.each([
    ['cut short', gzipSync('x'.repeat(999)).subarray(0, 20)],
    ['not gzip', Buffer.from('hello')],
  ])('a body that is %s is no answer', async (_name, body) => {
    expect(await kindOf(ask(send(body, 'gzip')))).toBe('network')
  })

  test('exactly the cap passes, one byte more does not, told before or not', async () => {
    const of = (bytes: number, told: boolean): RequestListener => {
      return (_request, response) => {
        if (told) response.setHeader('content-length', bytes)
        else response.flushHeaders()
        response.end(Buffer.alloc(bytes))
      }
    }
    for (const told of [true, false]) {
      expect((await ask(of(1000, told), { maxBytes: 1000 })).body).toHaveLength(1000)
      expect(await kindOf(ask(of(1001, told), { maxBytes: 1000 }))).toBe('tooLarge')
    }
  })

  test('an endless body is cut, and the connection with it', async () => {
    let written = 0
    let gone: Promise<unknown> | undefined
    const endless: RequestListener = (_request, response) => {
      gone = new Promise((resolve) => response.on('close', () => resolve(true)))
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(16_384))) written += 16_384
      }
      response.on('drain', more).on('error', () => undefined)
      more()
    }
    expect(await kindOf(ask(endless))).toBe('tooLarge')
    expect(await gone).toBe(true)
    expect(written).toBeLessThan(40_000_000)
  })

  test.each([
    ['one large header', { 'x-large': 'x'.repeat(20_000) }],
    ['many headers', Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`x-${i}`, 'x'.repeat(20)]))],
  ])('%s', async (_name, headers) => {
    expect(await kindOf(ask((_request, response) => response.writeHead(200, headers).end()))).toBe('tooLarge')
  })

  test('HEAD has no body, whatever length it tells', async () => {
    const response = await ask((_request, response) => response.setHeader('content-length', 9_999_999).end(), {
      method: 'HEAD',
    })
    expect([response.status, response.body.length]).toEqual([200, 0])
  })
})

describe('time', () => {
  const impatient = { ...plain, timeoutMs: 250 }
  const SLOW: [string, RequestListener][] = [
    ['that never answers', () => undefined],
    ['that stops after the headers', (_request, response) => response.flushHeaders()],
    [
      'that drips',
      (_request, response) => {
        const drip = setInterval(() => response.write('x'), 20)
        response.on('close', () => clearInterval(drip))
      },
    ],
    [
      'that drips gzip',
      (_request, response) => {
        response.setHeader('content-encoding', 'gzip').write(gzipSync('hello').subarray(0, 12))
      },
    ],
  ]

  test.each(SLOW)('a server %s is left at the deadline, and its place is free', async (_name, listener) => {
    const peer = await startPeer((request, response) =>
      request.url === '/ok' ? response.end('ok') : listener(request, response),
    )
    const net = openNet()
    const url = `http://slow.example:${peer.port}`
    const many = Array.from({ length: 7 }, () => kindOf(net.request(`${url}/`, impatient)))
    expect(await Promise.all(many)).toEqual(Array.from({ length: 7 }, () => 'timeout'))
    expect((await net.request(`${url}/ok`, plain)).status).toBe(200)
  })

  test('a resolver that never answers', async () => {
    const net = openNet({ resolve: () => new Promise(() => undefined) })
    expect(await kindOf(net.request('https://slow.example/', impatient))).toBe('timeout')
  })

  test('redirects share one deadline', async () => {
    const peer = await startPeer((request, response) => {
      setTimeout(() => response.writeHead(302, { location: `${request.url}x` }).end(), 150)
    })
    expect(await kindOf(openNet().request(`http://slow.example:${peer.port}/`, impatient))).toBe('timeout')
    expect(peer.requests.length).toBeLessThanOrEqual(2)
  })

  test('five at a time to one host, others are not held up', async () => {
    let open = 0
    let most = 0
    const peer = await startPeer((_request, response) => {
      most = Math.max(most, (open += 1))
      setTimeout(() => {
        open -= 1
        response.end('ok')
      }, 20)
    })
    const other = await startPeer(ok)
    const net = openNet()
    const many = Array.from({ length: 20 }, () => net.request(`http://busy.example:${peer.port}/`, plain))
    await net.request(`http://quiet.example:${other.port}/`, plain)
    expect(peer.requests.length).toBeLessThan(20)
    await Promise.all(many)
    expect([most, peer.requests.length]).toEqual([5, 20])
  })

  test('who cannot even wait is told so at once', async () => {
    const peer = await startPeer(() => undefined)
    const net = openNet()
    const many = Array.from({ length: 206 }, () => kindOf(net.request(`http://busy.example:${peer.port}/`, impatient)))
    const kinds = await Promise.all(many)
    expect(kinds.filter((kind) => kind === 'network')).toHaveLength(1)
    expect(peer.connections()).toBe(5)
  })
})

describe('kinds of content', () => {
  const ACTIVITY = ['application/activity+json', `application/ld+json; profile="${AS}"`]

  test.each([
    'application/activity+json',
    'application/activity+json; charset=utf-8',
    'Application/Activity+JSON ;charset="utf-8"',
    `application/ld+json; profile="${AS}"`,
    `application/ld+json;profile="https://x.example/ ${AS}"; charset=utf-8`,
  ])('%s is ActivityPub', (type) => {
    expect(isAllowedType(type, ACTIVITY)).toBe(true)
  })

  test.each([
    ...[
      undefined,
      '',
      'text/plain',
      'application/json',
      'image/png',
      'application/ld+json',
      'application/activity+jsonx',
    ],
    ...[
      `application/ld+json; profile="${AS}x"`,
      `application/ld+json; profile="x${AS}"`,
      'text/html, application/activity+json',
    ],
    ...[
      'application/activity+json, text/html',
      'application/activity+json; a=b, text/html',
      'application/activity+json; charset="x',
    ],
    ...[`application/ld+json; profile="x"; profile="${AS}"`, `text/html; x="; application/activity+json"`],
  ])('%s is not', (type) => {
    expect(isAllowedType(type, ACTIVITY)).toBe(false)
  })

  test('the answer is refused by its type before its body is read', async () => {
    const peer = await startPeer((request, response) => {
      response.writeHead(200, { 'content-type': request.url === '/png' ? 'image/png' : ACTIVITY[0] }).end('{}')
    })
    const net = openNet()
    const url = `http://peer.example:${peer.port}`
    expect(await kindOf(net.request(`${url}/png`, { ...plain, allowTypes: ACTIVITY }))).toBe('type')
    expect((await net.request(`${url}/png`, { ...plain, allowTypes: ['image/*'] })).status).toBe(200)
    expect((await net.request(`${url}/note`, { ...plain, allowTypes: ACTIVITY })).body.toString()).toBe('{}')
  })
})
