import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { requireRoleId } from '#features/roles'
import { users } from '#features/users'
import { openBrowser, type Browser } from '#test/browser'
import { addPasskey, atHome, hidden, knock, nextCode, PASSWORD, setUpTotp, whoAmI } from '#test/factors'
import { readMails } from '#test/mail'
import { startTown, type Person, type TestTown } from '#test/test-town'

const HISTORY = '/api/hamlet/v1/security/sign_ins'
const SESSIONS = '/api/hamlet/v1/sessions'
const HOUR_MS = 3_600_000
let town: TestTown
let who: Person
let browser: Browser
let serial = 0
beforeAll(async () => {
  // What a proxy says of where a browser is counts here.
  town = await startTown({ environment: { HAMLET_TRUSTED_PROXIES: '127.0.0.0/8' } })
})
afterAll(() => town[Symbol.asyncDispose]())
beforeEach(async () => {
  serial += 1
  who = await town.person(`wrack_${serial}`)
  browser = await atHome(town, who)
})

const subjects = async () => {
  await town.settled()
  return readMails(town, `${who.username}@example.org`).map(({ subject }) => subject)
}

/** Signs in with a new browser that stands at an address. */
const from = (ip: string, password = PASSWORD) =>
  openBrowser(town.url).post(
    '/sign-in',
    { login: who.username, password },
    { origin: town.url, 'x-forwarded-for': ip, 'user-agent': 'Gecko   Firefox/1' },
  )

describe('who came in', () => {
  test('is listed with how and from where, and so is who did not', async () => {
    await from('198.51.100.7', 'wrong horse')
    const rows = (await browser.api('GET', HISTORY)).body
    expect(rows).toMatchObject([
      { method: 'password', succeeded: false, ip: '198.51.100.7', user_agent: 'Gecko   Firefox/1' },
      { method: 'password', succeeded: true },
    ])
    const { secret } = await setUpTotp(town, browser)
    const door = await knock(town, who)
    await door.browser.post('/sign-in/second', { key: door.key, code: '000000' })
    await door.browser.post('/sign-in/second', { key: door.key, code: nextCode(town, secret) })
    const newest = (await browser.api('GET', `${HISTORY}?limit=2`)).body
    expect(newest.map((row: any) => [row.method, row.succeeded])).toEqual([
      ['totp', true],
      ['totp', false],
    ])
    const older = (await browser.api('GET', `${HISTORY}?limit=80&max_id=${newest[1].id}`)).body
    expect(older).toHaveLength(2)
  })

  test('is nobody else’s to read, and no app’s', async () => {
    const other = await atHome(town, await town.person(`reader_${serial}`))
    expect((await other.api('GET', HISTORY)).body).toHaveLength(1)
    expect((await town.call('GET', HISTORY, { token: who.token })).status).toBe(403)
    expect((await browser.api('GET', `${HISTORY}?max_id=x`)).body).toHaveLength(1)
  })

  test('LG-08: is forgotten after a year; of names that are not here, after a day', async () => {
    await from('198.51.100.7', 'wrong horse')
    await openBrowser(town.url).post('/sign-in', { login: 'nobody at all', password: 'x' })
    const prune = users.schedules[0]?.job
    const count = async () =>
      Number(
        (
          await town.ctx.db
            .selectFrom('sign_ins')
            .select((eb) => eb.fn.countAll().as('n'))
            .executeTakeFirst()
        )?.n,
      )
    const nobodies = async () =>
      (await town.ctx.db.selectFrom('sign_ins').select('id').where('user_id', 'is', null).execute()).length
    expect(await nobodies()).toBeGreaterThan(0)
    town.clock.advance(25 * HOUR_MS)
    await prune?.run(town.ctx, {})
    expect(await nobodies()).toBe(0)
    expect(await count()).toBeGreaterThan(1)
    town.clock.advance(365 * 24 * HOUR_MS)
    await prune?.run(town.ctx, {})
    expect(await count()).toBe(0)
  })
})

describe('a letter says', () => {
  test('that somebody came in from a new place, once for each, and not at the first sign-in', async () => {
    expect(await subjects()).toEqual([])
    await from('198.51.100.7')
    await from('198.51.200.9')
    await from('2001:db8:1:2::1')
    await from('2001:db8:1:2:ffff::2')
    await from('2001:db8:1:3::1')
    expect(await subjects()).toEqual(Array.from({ length: 3 }, () => 'A new sign-in to Hamlet'))
    const [letter] = readMails(town, `${who.username}@example.org`)
    expect(letter?.text).toContain('198.51.100.7')
    expect(letter?.text).toContain('Browser: Firefox')
    expect(letter?.html).toContain('198.51.100.7')
    await from('203.0.113.1', 'wrong horse')
    expect(await subjects()).toHaveLength(3)
  })

  test('nothing of it to whom a second factor guards', async () => {
    const { secret } = await setUpTotp(town, browser)
    const page = await from('198.51.100.7')
    const key = hidden(page, 'key')
    const headers = { origin: town.url, 'x-forwarded-for': '198.51.100.7' }
    const done = await openBrowser(town.url).post('/sign-in/second', { key, code: nextCode(town, secret) }, headers)
    expect(done.status).toBe(303)
    expect((await subjects()).filter((one) => one.startsWith('A new sign-in'))).toEqual([])
  })

  test('that somebody knows the password and not the second factor, once an hour', async () => {
    await setUpTotp(town, browser)
    const about = async () => (await subjects()).filter((one) => one.startsWith('Somebody knows your password'))
    const door = await knock(town, who)
    const fail = () => door.browser.post('/sign-in/second', { key: door.key, code: '000000' })
    await Promise.all([fail(), fail(), fail()])
    expect(await about()).toHaveLength(1)
    town.clock.advance(HOUR_MS)
    const later = await knock(town, who)
    await later.browser.post('/sign-in/second', { key: later.key, code: 'nonsense-code-xx' })
    expect(await about()).toHaveLength(2)
  })

  test('whenever a way in is changed', async () => {
    await setUpTotp(town, browser)
    await addPasskey(town, browser)
    await browser.api('POST', '/api/hamlet/v1/security/recovery_codes', {})
    await browser.api('DELETE', '/api/hamlet/v1/security/totp')
    await browser.api('DELETE', '/api/hamlet/v1/password')
    expect(await subjects()).toEqual(Array.from({ length: 5 }, () => 'How you sign in to Hamlet was changed'))
    const texts = readMails(town, `${who.username}@example.org`).map(({ text }) => text)
    expect(texts.join('\n')).toContain('has no password any more')
  })
})

describe('sessions', () => {
  test('ten at most are listed, with how each came in; all others end at once', async () => {
    const others = await Promise.all(Array.from({ length: 11 }, () => atHome(town, who)))
    const rows = (await browser.api('GET', SESSIONS)).body
    expect(rows).toHaveLength(10)
    expect(rows[0].method).toBe('password')
    expect((await browser.api('DELETE', SESSIONS)).status).toBe(200)
    for (const other of others) expect((await whoAmI(other)).status).toBe(401)
    expect((await whoAmI(browser)).status).toBe(200)
    expect((await town.call('GET', '/api/v1/accounts/verify_credentials', { token: who.token })).status).toBe(200)
    expect((await town.call('DELETE', SESSIONS, { token: who.token })).status).toBe(403)
  })

  test('WB-02: signing in again in the same browser gives another one, and ends the old', async () => {
    const before = new Map(browser.cookies)
    await browser.post('/sign-in', { login: who.username, password: PASSWORD, add: '1' })
    const old = openBrowser(town.url)
    for (const [name, value] of before) old.cookies.set(name, value)
    expect([...browser.cookies.values()]).not.toEqual([...before.values()])
    expect((await whoAmI(old)).status).toBe(401)
    expect((await whoAmI(browser)).status).toBe(200)
  })

  test('WB-02: with another role everybody signs in anew', async () => {
    const owner = await town.person(`owner_${serial}`, 'read write admin:read admin:write')
    const role_id = requireRoleId('owner')
    await town.ctx.db.updateTable('users').set({ role_id }).where('id', '=', owner.userId).execute()
    const path = `/api/web/admin/accounts/${who.accountId}/role`
    const answer = await town.call('POST', path, { token: owner.token, json: { role_id: requireRoleId('moderator') } })
    expect(answer.status).toBe(200)
    expect((await whoAmI(browser)).status).toBe(401)
    expect((await knock(town, who)).page.status).toBe(303)
  })
})
