import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { rooms } from '#app/rooms'
import { createApplication, createToken } from '#features/oauth'
import { requireRoleId } from '#features/roles'
import { writeSetting } from '#features/settings'
import { transact } from '#platform/context'
import { openBrowser } from '#test/browser'
import { listPresses } from '#test/presses'
import { filledIn } from '#test/sign-up'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 })

let town: TestTown
const owner = {} as Person
let people = 0
beforeAll(async () => {
  town = await startTown()
})
afterAll(() => town[Symbol.asyncDispose]())

const folder = () => join(town.ctx.config.dataDir, 'mail')
const mails = () => (existsSync(folder()) ? readdirSync(folder()) : [])

/** Whoever presses names the address. */
const TO_ANYBODY = ['POST /api/hamlet/v1/email', 'POST /api/v1/accounts', 'POST /password', 'POST /sign-up']
/** To whoever signed up and waits: again, or to another address that they name. */
const TO_WHO_WAITS = ['POST /access/confirmation', 'POST /api/v1/emails/confirmations', 'POST /confirm/again']
/** To the one who presses, about their own account, and to nobody else. */
const TO_ONESELF = [
  'DELETE /api/hamlet/v1/password',
  'DELETE /api/hamlet/v1/security/passkeys/:id',
  'DELETE /api/hamlet/v1/security/totp',
  'POST /api/hamlet/v1/deletion',
  'POST /api/hamlet/v1/password',
  'POST /api/hamlet/v1/security/passkeys',
  'POST /api/hamlet/v1/security/recovery_codes',
  'POST /api/hamlet/v1/security/totp/confirm',
  'POST /api/hamlet/v1/takeouts',
  'POST /sign-in/set-up',
]
/** Their presses are refused, and so send nothing. */
const SILENT_HERE = ['POST /access/confirmation', 'POST /confirm/again']

test('RL-04: every route that sends mail to whom its caller names is known here, generated over all of them', async () => {
  const presses = listPresses()
  const names = Object.keys(presses).toSorted((a, b) => Number(b === 'POST /set-up') - Number(a === 'POST /set-up'))
  const ofTheTeam = new Set(
    rooms
      .flatMap((room) => room.routes)
      .filter(({ access }) => access.kind === 'user' && access.permission !== undefined)
      .map((route) => `${route.method} ${route.path}`),
  )
  const found: string[] = []
  // What the team does is written in its log, and told to those whom it is about.
  for (const name of names.filter((one) => !ofTheTeam.has(one))) {
    if (name !== 'POST /set-up') await becomeOwner()
    const { path, caller } = await presses[name]!({ town, owner, fresh: () => town.person(`person_${(people += 1)}`) })
    await town.settled()
    const before = new Set(mails())
    await town.call(name.split(' ')[0]!, path, caller)
    await town.settled()
    if (mails().some((file) => !before.has(file))) found.push(name)
  }
  const known = [...TO_ANYBODY, ...TO_WHO_WAITS, ...TO_ONESELF].filter((name) => !SILENT_HERE.includes(name))
  expect(found.toSorted()).toEqual(known.toSorted())
})

async function becomeOwner(): Promise<void> {
  if (owner.accountId) return
  Object.assign(owner, await town.person('oda', 'read write follow admin:read admin:write'))
  const role = { role_id: requireRoleId('owner') }
  await town.ctx.db.updateTable('users').set(role).where('id', '=', owner.userId).execute()
}

describe('RL-04: where mail goes to whom the caller names, both who calls and who is written to are limited', () => {
  let strict: TestTown
  let serial = 0
  beforeAll(async () => {
    strict = await startTown({ environment: { HAMLET_RATE_LIMIT_FACTOR: '1', HAMLET_TRUSTED_PROXIES: '127.0.0.0/8' } })
    await writeSetting(strict.ctx, 'registrations', 'open')
  })
  afterAll(() => strict[Symbol.asyncDispose]())

  type Try = { email: string; ip: string }
  const pagePost = async (path: string, fields: Record<string, string>, ip: string) => {
    const headers = { origin: strict.ctx.config.url, 'x-forwarded-for': ip }
    return (await openBrowser(strict.address).post(path, fields, headers)).status
  }
  const newcomer = (email: string) => ({ username: `guest_${(serial += 1)}`, email, password: 'battery staple' })
  const appOf = async (ip: string) => {
    const headers = { 'x-forwarded-for': ip }
    const app = await createApplication(strict.ctx, { name: 'x', redirectUris: ['a://b'], scopes: 'read write' })
    const owner = { applicationId: app.id, userId: null, accountId: null }
    const made = await transact(strict.ctx, (tx) => createToken(tx, { ...owner, scopes: 'read write' }))
    return { headers, token: made.access_token }
  }
  const asPerson = async (username: string, ip: string) => {
    await strict.person(username)
    const browser = openBrowser(strict.address)
    const headers = { origin: strict.ctx.config.url, 'x-forwarded-for': ip }
    await browser.post('/sign-in', { login: username, password: 'correct horse' }, headers)
    return browser
  }
  const ways: Record<string, (one: Try) => Promise<number>> = {
    'POST /password': ({ email, ip }) => pagePost('/password', { email }, ip),
    'POST /sign-up': ({ email, ip }) =>
      pagePost('/sign-up', filledIn(strict, { ...newcomer(email), agreement: '1' }), ip),
    'POST /api/v1/accounts': async ({ email, ip }) => {
      const json = { ...newcomer(email), agreement: true, locale: 'en' }
      return (await strict.call('POST', '/api/v1/accounts', { ...(await appOf(ip)), json })).status
    },
    'POST /api/hamlet/v1/email': async ({ email, ip }) => {
      const browser = await asPerson(`mover_${(serial += 1)}`, `203.0.113.${serial % 250}`)
      const wish = { current_password: 'correct horse', email }
      return (await browser.api('POST', '/api/hamlet/v1/email', wish, { 'x-forwarded-for': ip })).status
    },
    'POST /api/v1/emails/confirmations': async ({ email, ip }) => {
      const app = await appOf(`198.51.100.${(serial += 1) % 250}`)
      const json = { ...newcomer(`waits_${serial}@example.net`), agreement: true, locale: 'en' }
      const made = await strict.call('POST', '/api/v1/accounts', { ...app, json })
      const caller = { token: made.body.access_token, headers: { 'x-forwarded-for': ip }, json: { email } }
      return (await strict.call('POST', '/api/v1/emails/confirmations', caller)).status
    },
    'POST /access/confirmation': async ({ email, ip }) => {
      const browser = await asPerson(`unsure_${(serial += 1)}`, `203.0.113.${serial % 250}`)
      await strict.ctx.db
        .updateTable('users')
        .set({ confirmed_at: null })
        .where('email', '=', `unsure_${serial}@example.org`)
        .execute()
      const headers = { origin: strict.ctx.config.url, 'x-forwarded-for': ip }
      return (await browser.post('/access/confirmation', { email }, headers)).status
    },
    'POST /confirm/again': async ({ email, ip }) => {
      const fields = newcomer(`waits_${serial}@example.net`)
      const away = `192.0.2.${(serial += 1) % 250}`
      await pagePost('/sign-up', filledIn(strict, { ...fields, agreement: '1' }), away)
      return pagePost('/confirm/again', { login: fields.username, password: fields.password, email }, ip)
    },
  }

  test.each(Object.keys(ways))('%s', async (name) => {
    const press = ways[name]!
    const at = Object.keys(ways).indexOf(name)
    const toOne: number[] = []
    for (let n = 0; n < 7; n += 1)
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      toOne.push(await press({ email: `target${at}@example.org`, ip: `2001:db8:${at}:${n}::1` }))
    expect(toOne.slice(-1)).toEqual([429])
    expect(toOne[0]).toBeLessThan(300)
    strict.clock.advance(31 * 60_000)
    const fromOne: number[] = []
    for (let n = 0; n < 27; n += 1)
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      fromOne.push(await press({ email: `many${at}_${n}@example.org`, ip: `2001:db8:${at}:ff::${n + 1}` }))
    expect(fromOne.slice(-1)).toEqual([429])
    expect(fromOne[0]).toBeLessThan(300)
    strict.clock.advance(31 * 60_000)
  })

  test('each of these is tried', () => {
    expect(Object.keys(ways).toSorted()).toEqual([...TO_ANYBODY, ...TO_WHO_WAITS].toSorted())
  })
})
