import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { readMails } from '#test/mail'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

let town: TestTown
let ines: Person
beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines')
})
afterAll(() => town[Symbol.asyncDispose]())

type Raw = { status: number; head: string; text: string; ms: number }
/** Sends bytes as they are, and reads until the line is cut, or the answer has stood for a while. */
function raw(bytes: string | Buffer, { patience = 1500, drip }: { patience?: number; drip?: () => string } = {}) {
  const { port } = new URL(town.address)
  const began = performance.now()
  return new Promise<Raw>((done) => {
    let text = ''
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes))
    const timer = setTimeout(() => socket.destroy(), patience)
    const dripping = drip && setInterval(() => socket.writable && socket.write(drip()), 1000)
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(timer)
      clearInterval(dripping)
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0)
      done({ status, head: text.split('\r\n\r\n')[0] ?? '', text, ms: performance.now() - began })
    })
  })
}
const asking = (lines: string[], body = '') => raw(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`)
const HOST = 'Host: town.test'

describe('WB-05: a content type that is oddly written', () => {
  const send = (types: string[], body: string) =>
    asking(
      [
        'POST /api/v1/lists HTTP/1.1',
        HOST,
        `Authorization: Bearer ${ines.token}`,
        ...types.map((type) => `Content-Type: ${type}`),
        `Content-Length: ${Buffer.byteLength(body)}`,
      ],
      body,
    )
  test.each([
    [['application/json']],
    [['application/json\ta']],
    [['   application/json']],
    [['application/json garbage']],
    [['application/json; charset=utf-7']],
    [['ApPlIcAtIoN/JsOn']],
    [['application/json', 'text/plain']],
    [['text/plain', 'application/json']],
    [['application/json;']],
    [['application/jsonx']],
    [['text/plain']],
    [['text/html']],
    [['application/xml']],
    [['']],
  ])('%j', async (types) => {
    // Every field that is no text: whoever passes this by unchecked writes an object into a title.
    const bad = await send(types, '{"title":{"deep":1},"replies_policy":["x"]}')
    expect([400, 415, 422]).toContain(bad.status)
    const good = await send(types, '{"title":"plain"}')
    expect([200, 400, 415, 422]).toContain(good.status)
    const titles = await town.ctx.db.selectFrom('lists').select('title').execute()
    expect(titles.filter(({ title }) => /deep|object/.test(title))).toEqual([])
  })
})

describe('WB-14: an address that is oddly written opens nothing that the plain one does not', () => {
  const PLAIN = '/api/v1/admin/accounts'
  test.each([
    '//api/v1/admin/accounts',
    '/%61pi/v1/admin/accounts',
    '/api/v1/admin/accounts;x',
    '/api/v1/admin/accounts/',
    '/api/v1/admin/accounts%2f',
    '/api/v1/admin/./accounts',
    '/api/v1/x/../admin/accounts',
    '/x/../api/v1/admin/accounts',
    '/API/V1/ADMIN/ACCOUNTS',
    '/api/v1/admin//accounts',
    '/api/v1/admin/accounts?x=/api/v2/instance',
    '/api/v1/admin/accounts%00',
    '\\api\\v1\\admin\\accounts',
    'http://town.test/api/v1/admin/accounts',
  ])('%s', async (path) => {
    const as = (token?: string) =>
      asking([`GET ${path} HTTP/1.1`, HOST, ...(token ? [`Authorization: Bearer ${token}`] : [])])
    expect([400, 401, 404]).toContain((await as()).status)
    expect([400, 403, 404]).toContain((await as(ines.token)).status)
    expect((await town.call('GET', PLAIN)).status).toBe(401)
  })
})

describe('WB-16: under another name', () => {
  test.each(['evil.example', 'town.test.evil.example', 'xtown.test', 'TOWN.TEST.'])('%s', async (host) => {
    const isOurs = host.toLowerCase() === 'town.test.'
    for (const path of ['/api/v2/instance', '/@ines', '/sign-in']) {
      const answer = await asking([`GET ${path} HTTP/1.1`, `Host: ${host}`])
      expect([path, answer.status]).toEqual([path, isOurs ? 200 : 421])
      expect(answer.text).not.toContain('evil.example/')
    }
  })

  test('our own, those of machines, and those of networks at home are answered, with our own addresses', async () => {
    for (const host of ['town.test', 'town.test:443', '127.0.0.1:3000', '[::1]:3000', 'hamlet:3000', 'pi.local']) {
      const answer = await asking(['GET /api/v2/instance HTTP/1.1', `Host: ${host}`])
      expect([host, answer.status]).toEqual([host, 200])
      expect(answer.text).toContain('"domain":"town.test"')
    }
  })
})

test('EM-03: a link in a mail leads to us, whatever name it was asked for under', async () => {
  const who = await town.person('em_three')
  const body = new URLSearchParams({ email: `${who.username}@example.org` }).toString()
  const sent = (host: string) =>
    asking(
      [
        'POST /password HTTP/1.1',
        `Host: ${host}`,
        'X-Forwarded-Host: evil.example',
        'X-Forwarded-Proto: http',
        'Forwarded: host=evil.example',
        `Origin: ${town.ctx.config.url}`,
        'Content-Type: application/x-www-form-urlencoded',
        `Content-Length: ${body.length}`,
      ],
      body,
    )
  expect((await sent('evil.example')).status).toBe(421)
  for (const host of ['town.test', 'hamlet.internal:3000']) {
    expect((await sent(host)).status).toBe(200)
    await town.settled()
    const mail = readMails(town, `${who.username}@example.org`).at(-1)
    expect(`${mail?.text}${mail?.html}`).not.toMatch(/evil|internal/)
    expect(mail?.text).toContain('https://town.test/password/new?key=')
  }
})

describe('WB-17: a request that can be read in two ways', () => {
  const HEAD = `POST /api/v1/apps HTTP/1.1\r\n${HOST}\r\nContent-Type: application/json\r\n`
  test.each([
    [
      'a length and chunks',
      `${HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n`,
    ],
    [
      'chunks and a length',
      `${HEAD}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n`,
    ],
    ['two lengths', `${HEAD}Content-Length: 2\r\nContent-Length: 5\r\n\r\n{}xyz`],
    ['a length that is none', `${HEAD}Content-Length: 2, 5\r\n\r\n{}xyz`],
    ['a signed length', `${HEAD}Content-Length: +2\r\n\r\n{}`],
    ['an unknown encoding', `${HEAD}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
    ['bare line feeds', `GET /api/v2/instance HTTP/1.1\nHost: town.test\n\n`],
    ['a folded line', `GET /api/v2/instance HTTP/1.1\r\n${HOST}\r\nX-A: b\r\n c: d\r\n\r\n`],
    ['a blank before the colon', `GET /api/v2/instance HTTP/1.1\r\n${HOST}\r\nContent-Length : 5\r\n\r\nhello`],
  ])('%s', async (_name, bytes) => {
    const answer = await raw(bytes)
    expect(answer.status).toBe(400)
    expect(answer.head.toLowerCase()).toContain('connection: close')
    // One answer, and the line is cut: nothing that came behind was read as a second request.
    expect(answer.text.match(/HTTP\/1\.1/g)).toHaveLength(1)
    expect(answer.ms).toBeLessThan(1400)
  })
})

describe('WB-23: too much of everything', () => {
  test.each([
    [
      'a thousand cookies',
      `Cookie: ${Array.from({ length: 1000 }, (_, at) => `name${at}=some-value-${at}`).join('; ')}`,
    ],
    ['a head of 64 KB', `X-Long: ${'x'.repeat(65_536)}`],
    ['two thousand lines', Array.from({ length: 2000 }, (_, at) => `X-${at}: y`).join('\r\n')],
  ])('%s', async (_name, line) => {
    expect((await asking(['GET /api/v2/instance HTTP/1.1', HOST, line])).status).toBe(431)
  })

  test('ten thousand parameters', async () => {
    const many = Array.from({ length: 10_000 }, (_, at) => `k${at}=1`).join('&')
    expect([414, 431]).toContain((await asking([`GET /api/v2/instance?${many} HTTP/1.1`, HOST])).status)
    const form = await town.call('POST', '/api/v1/statuses', { token: ines.token, form: `${many}&status=x` })
    expect(form.status).toBe(422)
  })
})

test('WB-24: a head that comes a letter a second is cut after ten seconds, and a body after thirty', async () => {
  const head = raw(`GET /api/v2/instance HTTP/1.1\r\n${HOST}\r\nX-Slow: `, { patience: 60_000, drip: () => 'x' })
  const start = `POST /api/v1/apps HTTP/1.1\r\n${HOST}\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{`
  const body = raw(start, { patience: 60_000, drip: () => ' ' })
  const [one, other] = await Promise.all([head, body])
  expect([one.ms > 9000, one.ms < 14_000]).toEqual([true, true])
  expect([other.ms > 28_000, other.ms < 34_000]).toEqual([true, true])
})
