import type { RequestListener } from 'node:http'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { NetRequest } from '#platform/net'
import { isAllowedType } from './media-type.ts'
import { kindOf, makePeers, ok, plain } from './peers.fixture.ts'

const AS = 'https://www.w3.org/ns/activitystreams'
const { startPeer, openNet } = makePeers()

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
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000)
  })

  test('what may be cut is given up to the cap, however it comes and however long it goes on', async () => {
    const cut = { mayCut: true, maxBytes: 1000 }
    const long = Buffer.alloc(50_000, 'x')
    for (const [encoding, body] of [
      ['identity', long],
      ['gzip', gzipSync(long)],
      ['br', brotliCompressSync(long)],
      ['gzip', gzipSync(bomb)],
    ] as const)
      expect((await ask(send(body, encoding), cut)).body).toHaveLength(1000)
    expect((await ask(send(Buffer.from('short'), 'identity'), cut)).body.toString()).toBe('short')
    const endless: RequestListener = (_request, response) => {
      const more = setInterval(() => response.write('x'.repeat(10_000)), 1)
      response.on('close', () => clearInterval(more))
    }
    expect((await ask(endless, cut)).body).toHaveLength(1000)
    expect(await kindOf(ask(send(gzipSync(gzipSync('x')), 'gzip, gzip'), cut))).toBe('type')
    expect(await kindOf(ask(send(Buffer.from('hello'), 'gzip'), cut))).toBe('network')
    const told: RequestListener = (_request, response) =>
      response.writeHead(200, { 'content-length': 90 }).write('x', () => response.destroy())
    expect(await kindOf(ask(told, cut))).toBe('network')
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
    undefined,
    '',
    'text/plain',
    'application/json',
    'image/png',
    'application/ld+json',
    'application/activity+jsonx',
    `application/ld+json; profile="${AS}x"`,
    `application/ld+json; profile="x${AS}"`,
    'text/html, application/activity+json',
    'application/activity+json, text/html',
    'application/activity+json; a=b, text/html',
    'application/activity+json; charset="x',
    `application/ld+json; profile="x"; profile="${AS}"`,
    `text/html; x="; application/activity+json"`,
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
