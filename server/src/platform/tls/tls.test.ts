import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { expect, test, vi } from 'vitest'
import { openContext } from '#app/context'
import { startServer } from '#app/server'
import { readConfig } from '#platform/config'
import { makeLog } from '#platform/log'
import { isDue, makeSelfSigned, openTlsFiles } from '#platform/tls'
import { startAcmeServer, type AcmeServer } from '#test/acme-server'
import { authority, certificate, key } from '#test/front-certificate'
import { makeTownDatabase } from '#test/test-town'

vi.setConfig({ testTimeout: 120_000 })

const DAY_MS = 24 * 3_600_000

/** A town that speaks https itself, on ports that are free. */
async function startSecureTown(
  environment: Record<string, string>,
  dataDir?: string,
  now: () => Date = () => new Date(),
) {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'hamlet-tls-'))
  const database = await makeTownDatabase()
  const config = readConfig({
    HAMLET_DATA_DIR: folder,
    HAMLET_DOMAIN: 'alpha.test',
    HOST: '127.0.0.1',
    HAMLET_TLS_PORT: '0',
    HAMLET_TLS_HTTP_PORT: '0',
    ...environment,
  })
  const lines: string[] = []
  const log = makeLog((line) => lines.push(line))
  const open = await openContext({ config, log, databaseUrl: database.url, clock: { now } })
  const server = await startServer(open.ctx)
  const tls = server.tls as NonNullable<typeof server.tls>
  return {
    folder,
    lines,
    port: server.port,
    tls,
    [Symbol.asyncDispose]: async () => {
      await server.stop()
      await open.close()
      await database.drop()
      if (dataDir === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What a visitor is shown, trusted or not. */
function shownAt(port: number): Promise<X509Certificate> {
  return new Promise((done, fail) => {
    const socket = connect({ port, host: '127.0.0.1', servername: 'alpha.test', rejectUnauthorized: false }, () => {
      const shown = socket.getPeerX509Certificate() as X509Certificate
      socket.destroy()
      done(shown)
    })
    socket.on('error', fail)
  })
}

function ask(port: number, ca: string, path: string): Promise<{ status: number; text: string }> {
  return new Promise((done, fail) => {
    const asked = request({
      port,
      host: '127.0.0.1',
      servername: 'alpha.test',
      path,
      ca,
      headers: { host: 'alpha.test' },
    })
    asked.on('error', fail)
    asked.on('response', (response) => {
      let text = ''
      response.on('data', (piece: Buffer) => (text += piece.toString()))
      response.on('end', () => done({ status: response.statusCode ?? 0, text }))
    })
    asked.end()
  })
}

const auto = (acme: AcmeServer) => ({ HAMLET_TLS: 'auto', HAMLET_ACME_DIRECTORY: acme.directory })

/** Port 80 is known once it is open, and by then the first certificate is under way already: the first try may come too early. */
async function startAuto(acme: AcmeServer, dataDir?: string, now?: () => Date) {
  const town = await startSecureTown(
    { ...auto(acme), HAMLET_TLS_HTTP_PORT: String(await freePortFor(acme)) },
    dataDir,
    now,
  )
  await town.tls.firstLook
  return town
}

async function freePortFor(acme: AcmeServer): Promise<number> {
  const { freePort } = await import('#test/test-town')
  const port = await freePort()
  acme.lead(port)
  return port
}

test('a certificate is obtained at the first start, kept, and served at once', async () => {
  await using acme = await startAcmeServer()
  await using town = await startAuto(acme)
  expect(town.lines.filter((line) => line.includes('no certificate'))).toEqual([])
  expect(acme.orders).toEqual([['alpha.test']])
  const { status } = await ask(town.port, acme.authority, '/health')
  expect(status).toBe(200)
  const shown = await shownAt(town.port)
  expect(shown.subjectAltName).toBe('DNS:alpha.test')
  expect(shown.issuer).toBe('CN=Hamlet test authority')
  const kept = join(town.folder, 'tls')
  expect(readdirSync(kept).toSorted()).toEqual(['account.pem', 'challenges', 'served.pem'])
  for (const name of ['account.pem', 'served.pem']) expect(statSync(join(kept, name)).mode & 0o777).toBe(0o600)
  expect(readdirSync(join(kept, 'challenges'))).toEqual([])
})

test('port 80 leads everybody to the public address, whatever name they ask for, and knows no other files', async () => {
  await using acme = await startAcmeServer()
  await using town = await startAuto(acme)
  const at = `http://127.0.0.1:${town.tls.httpPort}`
  const ask80 = async (path: string, method = 'GET') => {
    const answer = await fetch(`${at}${path}`, { method, redirect: 'manual', headers: { host: 'evil.example' } })
    return [answer.status, answer.headers.get('location')]
  }
  expect(await ask80('/@ines?a=1')).toEqual([301, 'https://alpha.test/@ines?a=1'])
  expect(await ask80('//evil.example/')).toEqual([301, 'https://alpha.test//evil.example/'])
  expect(await ask80('/inbox', 'POST')).toEqual([308, 'https://alpha.test/inbox'])
  expect(await ask80('/.well-known/acme-challenge/unknown')).toEqual([404, null])
  expect(await ask80('/.well-known/acme-challenge/..%2F..%2Faccount.pem')).toEqual([
    301,
    'https://alpha.test/.well-known/acme-challenge/..%2F..%2Faccount.pem',
  ])
})

test('an authority that refuses leaves a server that speaks, says why, and is not asked again at once', async () => {
  await using acme = await startAcmeServer()
  acme.behave({ refuses: true })
  await using town = await startAuto(acme)
  const shown = await shownAt(town.port)
  expect([shown.subjectAltName, shown.issuer]).toEqual(['DNS:alpha.test', 'CN=alpha.test'])
  expect(readFileSync(join(town.folder, 'tls/last-fault'), 'utf8')).toMatch(/rateLimited/)
  expect(town.lines.filter((line) => line.includes('no certificate was obtained'))).toHaveLength(1)
})

test('a kept certificate is used again; in its last month it is renewed with the same account', async () => {
  await using acme = await startAcmeServer()
  const folder = mkdtempSync(join(tmpdir(), 'hamlet-tls-'))
  try {
    const serials: string[] = []
    for (const days of [0, 50, 64]) {
      await using town = await startAuto(acme, folder, () => new Date(Date.now() + days * DAY_MS))
      serials.push((await shownAt(town.port)).serialNumber)
    }
    expect(acme.orders).toHaveLength(2)
    expect(serials[1]).toBe(serials[0])
    expect(serials[2]).not.toBe(serials[0])
    expect(acme.accounts()).toBe(1)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('processes that begin together obtain one certificate', async () => {
  await using acme = await startAcmeServer()
  const folder = mkdtempSync(join(tmpdir(), 'hamlet-tls-'))
  const database = await makeTownDatabase()
  const config = readConfig({
    ...auto(acme),
    HAMLET_DATA_DIR: folder,
    HAMLET_DOMAIN: 'alpha.test',
    HOST: '127.0.0.1',
    HAMLET_TLS_PORT: '0',
    HAMLET_TLS_HTTP_PORT: String(await freePortFor(acme)),
  })
  const begin = async (own: typeof config) => {
    const open = await openContext({ config: own, log: makeLog(() => {}), databaseUrl: database.url })
    return { open, server: await startServer(open.ctx) }
  }
  const all = [
    await begin(config),
    await begin({ ...config, tlsHttpPort: 0 }),
    await begin({ ...config, tlsHttpPort: 0 }),
  ]
  try {
    for (const { server } of all) await server.tls?.firstLook
    expect(acme.orders).toHaveLength(1)
  } finally {
    for (const { open, server } of all) {
      await server.stop()
      await open.close()
    }
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a certificate of one’s own is served from its files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hamlet-tls-'))
  try {
    const [cert, own] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
    const files = { HAMLET_TLS: 'files', HAMLET_TLS_CERT: cert, HAMLET_TLS_KEY: own }
    await expect(startSecureTown(files)).rejects.toThrow(/HAMLET_TLS_CERT names .* cannot be read/)
    writeFileSync(cert, certificate)
    writeFileSync(own, key)
    await using town = await startSecureTown(files)
    expect((await ask(town.port, authority, '/health')).text).toContain('ok')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a certificate is due when it is missing, of our own making, for other names, or in its last month', () => {
  const now = new Date()
  const names = ['alpha.test']
  expect(isDue(undefined, names, now)).toBe(true)
  expect(isDue(makeSelfSigned(names, now), names, now)).toBe(true)
  const given = { cert: certificate, key }
  expect(isDue(given, names, now)).toBe(false)
  expect(isDue(given, ['gamma.test'], now)).toBe(true)
  const end = Date.parse(new X509Certificate(certificate).validTo)
  expect(isDue(given, names, new Date(end - 31 * DAY_MS))).toBe(false)
  expect(isDue(given, names, new Date(end - 26 * DAY_MS))).toBe(true)
})

test('what lies in the folder of challenges is found by its name alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hamlet-tls-'))
  try {
    const files = openTlsFiles(folder)
    files.challenge.put('abc-DEF_1', 'answer')
    utimesSync(join(folder, 'tls/challenges/abc-DEF_1'), 0, 0)
    expect(files.challenge.find('abc-DEF_1')).toBe('answer')
    expect(files.challenge.find('../served.pem')).toBeUndefined()
    expect(() => files.challenge.put('../x', 'y')).toThrow()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test.each([
  [{ HAMLET_TLS: 'yes' }, /HAMLET_TLS must be one of off, auto, files/],
  [{ HAMLET_ACME_DIRECTORY: 'http://ca.example/' }, /must be an address that begins with https/],
])('%j is a fault of the configuration', (environment, message) => {
  expect(() => readConfig({ HAMLET_DATA_DIR: '/nowhere', ...environment })).toThrow(message)
})

test.each(['localhost:3000', '192.0.2.1'])('no authority can vouch for %s', async (domain) => {
  await expect(startSecureTown({ HAMLET_TLS: 'auto', HAMLET_DOMAIN: domain })).rejects.toThrow(/needs a public name/)
})

test('who speaks https listens for everybody unless an address is named', () => {
  const base = { HAMLET_DATA_DIR: '/nowhere', HAMLET_DOMAIN: 'alpha.test' }
  expect(readConfig(base).listenHost).toBe('127.0.0.1')
  expect(readConfig({ ...base, HAMLET_TLS: 'auto' }).listenHost).toBe('::')
  expect(readConfig({ ...base, HAMLET_TLS: 'auto', HOST: '192.0.2.1' }).listenHost).toBe('192.0.2.1')
})
