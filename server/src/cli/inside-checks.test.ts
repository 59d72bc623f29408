import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Host } from '#lib/host'
import type { Context } from '#platform/context'
import { makeSelfSigned, openTlsFiles } from '#platform/tls'
import { startTown, type TestTown } from '#test/test-town'
import { alphaCertificate } from '../platform/net/certificate.fixture.ts'
import { makePeers } from '../platform/net/peers.fixture.ts'
import { checkBackup, checkCertificate, checkDisk, checkMigrations, checkSecrets } from './inside-checks.ts'
import { readTimeOf } from './outside.ts'

const DAY_MS = 24 * 3_600_000
let town: TestTown
let folder = ''
beforeAll(async () => {
  town = await startTown()
  folder = town.ctx.config.dataDir
})
afterAll(() => town[Symbol.asyncDispose]())

const withConfig = (config: Partial<Context['config']>): Context => ({
  ...town.ctx,
  config: { ...town.ctx.config, ...config },
})

test('the disk: how much is free, and for how long when it goes on like this', async () => {
  expect(await checkDisk(town.ctx)).toMatchObject({ ok: true, text: expect.stringMatching(/GiB free in/) })
})

test('keys that others can read are a fault', () => {
  const file = join(folder, 'secrets/vapid')
  expect(checkSecrets(town.ctx)).toMatchObject({ ok: true })
  chmodSync(file, 0o644)
  expect(checkSecrets(town.ctx)).toMatchObject({ ok: false, text: expect.stringMatching(/chmod 600 .*secrets\/vapid/) })
  chmodSync(file, 0o600)
})

test('a public server without a recent backup is told so; a first look at home is not', () => {
  const note = (createdAt: Date) =>
    writeFileSync(join(folder, '.last-backup'), JSON.stringify({ file: '/b.tar', createdAt: createdAt.toISOString() }))
  expect(checkBackup(town.ctx)).toMatchObject({ ok: false, text: expect.stringMatching(/none was made yet/) })
  expect(checkBackup(withConfig({ url: 'http://localhost:3000' }))).toMatchObject({ ok: true })
  note(new Date(town.clock.now().getTime() - 9 * DAY_MS))
  expect(checkBackup(town.ctx)).toMatchObject({ ok: false, text: expect.stringMatching(/9 days old \(\/b\.tar\)/) })
  note(town.clock.now())
  expect(checkBackup(town.ctx)).toMatchObject({ ok: true, text: expect.stringMatching(/0 days old/) })
})

test('a database that a newer program has changed is a fault', async () => {
  expect(await checkMigrations(town.ctx)).toMatchObject({ ok: true })
  await sql`insert into migrations (name, hash) values ('29990101-0000-later.sql', 'x')`.execute(town.ctx.db)
  expect(await checkMigrations(town.ctx)).toMatchObject({ ok: false, text: expect.stringMatching(/newer Hamlet/) })
  await sql`delete from migrations where name = '29990101-0000-later.sql'`.execute(town.ctx.db)
})

test('a certificate that ends soon, or was not given, is a fault', async () => {
  const auto = withConfig({ tls: 'auto' })
  const files = openTlsFiles(folder)
  expect(await checkCertificate(withConfig({ url: 'http://localhost:3000' }))).toBeUndefined()
  expect(await checkCertificate(auto)).toMatchObject({ ok: false, text: expect.stringMatching(/none yet/) })
  files.keep(makeSelfSigned(['town.test'], town.clock.now()))
  expect(await checkCertificate(auto)).toMatchObject({
    ok: true,
    text: expect.stringMatching(/good for (89|90) more days/),
  })
  files.keep(makeSelfSigned(['town.test'], new Date(town.clock.now().getTime() - 80 * DAY_MS)))
  expect(await checkCertificate(auto)).toMatchObject({
    ok: false,
    text: expect.stringMatching(/should have been renewed/),
  })
  files.keepFault('rateLimited')
  expect(await checkCertificate(auto)).toMatchObject({
    ok: false,
    text: expect.stringMatching(/rateLimited\. Port 80/),
  })
})

test('behind a proxy its certificate is asked for', async () => {
  const peer = await makePeers().startTlsPeer((_request, response) => response.end())
  expect(await checkCertificate(withConfig({ url: `https://127.0.0.1:${peer.port}` }))).toBeUndefined()
  const elsewhere = withConfig({ url: 'https://nowhere.invalid' })
  expect(await checkCertificate(elsewhere)).toMatchObject({ ok: false, text: expect.stringMatching(/cannot be asked/) })
})

test('the time of another server is what it says, with the age of a copy', async () => {
  const peers = makePeers()
  const date = 'Fri, 27 Nov 2026 01:00:00 GMT'
  const peer = await peers.startTlsPeer((_request, response) => response.writeHead(200, { date, age: '60' }).end())
  const net = peers.openNet({ extraCa: alphaCertificate })
  expect(await readTimeOf(net, `alpha.test:${peer.port}` as Host)).toEqual(new Date('2026-11-27T01:01:00Z'))
  expect(await readTimeOf(net, 'nowhere.invalid' as Host)).toBeUndefined()
})
