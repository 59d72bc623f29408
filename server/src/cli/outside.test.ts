import { createServer, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Host } from '#lib/host'
import { openMail } from '#platform/mail'
import type { Net } from '#platform/net'
import { startTown, type TestTown } from '#test/test-town'
import { alphaCertificate } from '../platform/net/certificate.fixture.ts'
import { makePeers } from '../platform/net/peers.fixture.ts'
import { checkMail, checkOutbound, checkPublicUrl } from './outside.ts'

const peers = makePeers()
let town: TestTown
beforeAll(async () => {
  const port = await closedPort()
  town = await startTown({ environment: { PORT: String(port), HAMLET_URL: `http://town.test:${port}` } })
})
afterAll(() => town[Symbol.asyncDispose]())

describe('outbound', () => {
  test.each([
    ['an answer', 200],
    ['a redirect', 301],
    ['an error', 503],
  ])('%s of another server shows that it is reached', async (_name, status) => {
    const peer = await peers.startTlsPeer((_request, response) =>
      response.writeHead(status, { location: 'https://elsewhere.test/' }).end(),
    )
    const net = peers.openNet({ extraCa: alphaCertificate })
    expect(await checkOutbound(net, `alpha.test:${peer.port}` as Host)).toMatchObject({ ok: true })
    expect(peer.requests.map((request) => request.method)).toEqual(['HEAD'])
  })

  test('a name that is not found, a closed port and a foreign certificate are told apart, in words', async () => {
    const noName = Object.assign(new Error('queryA ENOTFOUND'), { code: 'ENOTFOUND', syscall: 'queryA' })
    const closed = peers.openNet({ resolve: () => Promise.reject(noName) })
    expect(await checkOutbound(closed, 'example.org' as Host)).toMatchObject({
      ok: false,
      text: expect.stringContaining('/etc/resolv.conf'),
    })
    const peer = await peers.startTlsPeer((_request, response) => response.end())
    expect(await checkOutbound(peers.openNet(), `alpha.test:${peer.port}` as Host)).toMatchObject({
      ok: false,
      text: expect.stringContaining('certificate that is not trusted'),
    })
    expect(await checkOutbound(peers.openNet(), `alpha.test:${await closedPort()}` as Host)).toMatchObject({
      ok: false,
      text: expect.stringContaining('(ECONNREFUSED)'),
    })
  })
})

describe('the public address', () => {
  const ask = (net: Net, port: number): Net => ({
    ...net,
    request: (url, request) => net.request(String(url).replace(/:\d+/, `:${port}`), request),
  })

  test('is this very server when it shows our key', async () => {
    const net = peers.openNet({ ownHosts: [] })
    expect(await checkPublicUrl(town.ctx, net)).toEqual({
      check: 'public address',
      ok: true,
      text: `${town.ctx.config.url} leads here`,
    })
  })

  test('another server, an error, a redirect and silence are faults that say what to do', async () => {
    const net = peers.openNet({ ownHosts: [] })
    await using other = await startTown()
    const otherPort = Number(new URL(other.url).port)
    expect(await checkPublicUrl(town.ctx, ask(net, otherPort))).toMatchObject({
      ok: false,
      text: expect.stringMatching(/another server/),
    })
    const broken = await peers.startPeer((_request, response) => response.writeHead(502).end())
    expect(await checkPublicUrl(town.ctx, ask(net, broken.port))).toMatchObject({
      ok: false,
      text: expect.stringMatching(/502.*proxy/),
    })
    const moved = await peers.startPeer((_request, response) => response.writeHead(301, { location: '/x' }).end())
    expect(await checkPublicUrl(town.ctx, ask(net, moved.port))).toMatchObject({
      ok: false,
      text: expect.stringMatching(/Set HAMLET_URL/),
    })
    const silent = await checkPublicUrl(town.ctx, ask(net, await closedPort()))
    expect(silent).toMatchObject({
      ok: false,
      text: expect.stringMatching(/cannot be reached.*Is the server running\?/),
    })
  })

  test('that is private from here, or of this machine alone, is no fault', async () => {
    const guarded = peers.openNet({ ownHosts: [], allowPrivateNetworks: [] })
    expect(await checkPublicUrl(town.ctx, guarded)).toMatchObject({
      ok: true,
      text: expect.stringMatching(/another network/),
    })
    const local = { ...town.ctx, config: { ...town.ctx.config, url: 'http://localhost:3000' } }
    expect(await checkPublicUrl(local, guarded)).toBeUndefined()
  })
})

describe('mail', () => {
  const checkAt = async (smtpUrl: string) => {
    const mail = openMail({ smtpUrl, from: 'a@town.test', dataDir: '', log: town.ctx.log, now: () => new Date() })
    const finding = await checkMail({ ...town.ctx, mail })
    mail.close()
    return finding
  }

  test('a server that takes us is fine, one that does not is a fault, none is one where others come', async () => {
    await using kind = await startMailServer('220 mail.test')
    expect(await checkAt(`smtp://127.0.0.1:${kind.port}?ignoreTLS=true`)).toMatchObject({
      ok: true,
      text: expect.stringMatching(/takes mail/),
    })
    await using gruff = await startMailServer('554 go away')
    expect(await checkAt(`smtp://127.0.0.1:${gruff.port}`)).toMatchObject({
      ok: false,
      text: expect.stringMatching(/go away.*HAMLET_SMTP_URL/),
    })
    expect(await checkAt(`smtp://127.0.0.1:${await closedPort()}`)).toMatchObject({
      ok: false,
      text: expect.stringMatching(/ECONNREFUSED/),
    })
    expect(await checkMail(town.ctx)).toMatchObject({ ok: false, text: expect.stringMatching(/HAMLET_SMTP_URL/) })
    const home = { ...town.ctx, config: { ...town.ctx.config, url: 'http://localhost:3000' } }
    expect(await checkMail(home)).toMatchObject({ ok: true, text: expect.stringMatching(/HAMLET_SMTP_URL/) })
  })
})

/** Greets, and says yes to everything. */
async function startMailServer(greeting: string) {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.write(`${greeting}\r\n`)
    socket.on('data', (line: Buffer) =>
      line.toString().startsWith('QUIT') ? socket.end() : socket.write('250 ok\r\n'),
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () => new Promise<void>((done) => server.close(() => done())),
  }
}

/** A port that nobody listens on now. */
async function closedPort(): Promise<number> {
  const probe = await startMailServer('')
  await probe[Symbol.asyncDispose]()
  return probe.port
}
