import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { requireRoleId } from '#features/roles'
import { codeAt } from '#platform/one-time-codes'
import { openBrowser, type Browser } from '#test/browser'
import { atHome, hidden, knock, nextCode, PASSWORD, setUpTotp, whoAmI } from '#test/factors'
import { startTown, type Person, type TestTown } from '#test/test-town'

const SECURITY = '/api/hamlet/v1/security'
let town: TestTown
let who: Person
let browser: Browser
let serial = 0
beforeAll(async () => {
  town = await startTown()
})
afterAll(() => town[Symbol.asyncDispose]())
beforeEach(async () => {
  serial += 1
  who = await town.person(`fern_${serial}`)
  browser = await atHome(town, who)
})

const give = (at: Browser, key: string, code: string) =>
  at.post('/sign-in/second', { key, code, next: '/notifications' })

describe('an app for codes', () => {
  test('is offered as a picture and as text, counts once its code was given, and brings ten recovery codes', async () => {
    const offer = (await browser.api('POST', `${SECURITY}/totp`, {})).body
    expect(offer.address).toContain(`secret=${offer.secret}`)
    expect(offer.address).toContain('issuer=town.test')
    expect(offer.qr.path).toMatch(/^M\d/)
    expect((await browser.api('POST', `${SECURITY}/totp`, {})).body).toEqual(offer)
    const wrong = await browser.api('POST', `${SECURITY}/totp/confirm`, { code: '000000' })
    expect(wrong.status).toBe(422)
    expect((await browser.api('GET', SECURITY)).body).toMatchObject({ totp: false, recovery_codes: 0 })
    const code = codeAt(offer.secret, town.clock.now())
    const made = await browser.api('POST', `${SECURITY}/totp/confirm`, { code: `${code.slice(0, 3)} ${code.slice(3)}` })
    expect(made.body.recovery_codes).toHaveLength(10)
    expect((await browser.api('GET', SECURITY)).body).toMatchObject({ password: true, totp: true, recovery_codes: 10 })
    expect((await browser.api('POST', `${SECURITY}/totp`, {})).status).toBe(422)
    expect((await browser.api('POST', `${SECURITY}/totp/confirm`, { code })).status).toBe(422)
  })

  test('is asked for after the password, and nobody is in before it is given', async () => {
    const { secret } = await setUpTotp(town, browser)
    const { browser: other, page, key } = await knock(town, who)
    expect(page.status).toBe(200)
    expect(page.text).toContain('autocomplete="one-time-code"')
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(other.cookies.size).toBe(0)
    expect((await whoAmI(other)).status).toBe(401)
    const wrong = await give(other, key, '123456')
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('That is not right, or it was used already.')
    expect(await give(other, key, nextCode(town, secret))).toMatchObject({ status: 303, location: '/notifications' })
    expect((await whoAmI(other)).body.acct).toBe(who.username)
  })

  test('MF-01: a code is good once, also for two who send it at the same moment', async () => {
    const { secret } = await setUpTotp(town, browser)
    const code = nextCode(town, secret)
    const doors = await Promise.all([knock(town, who), knock(town, who), knock(town, who)])
    const answers = await Promise.all(doors.map((door) => give(door.browser, door.key, code)))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 422, 422])
    const late = await knock(town, who)
    expect((await give(late.browser, late.key, code)).status).toBe(422)
  })

  test('a code of the step before the last used one is none any more', async () => {
    const { secret } = await setUpTotp(town, browser)
    const before = codeAt(secret, town.clock.now())
    const first = await knock(town, who)
    expect((await give(first.browser, first.key, nextCode(town, secret))).status).toBe(303)
    const second = await knock(town, who)
    expect((await give(second.browser, second.key, before)).status).toBe(422)
  })

  test('a key opens one door, once, for a quarter of an hour', async () => {
    const { secret } = await setUpTotp(town, browser)
    const door = await knock(town, who)
    expect((await give(door.browser, door.key, nextCode(town, secret))).status).toBe(303)
    const again = await give(openBrowser(town.url), door.key, nextCode(town, secret))
    expect(again.status).toBe(422)
    expect(again.text).toContain('That took too long.')
    const late = await knock(town, who)
    town.clock.advance(15 * 60_000)
    expect((await give(late.browser, late.key, nextCode(town, secret))).text).toContain('That took too long.')
    for (const key of ['', 'x', '\0', 'x'.repeat(5000)])
      expect((await give(openBrowser(town.url), key, '123456')).status).toBe(422)
  })

  test('it can be taken away, and then the password is enough', async () => {
    await setUpTotp(town, browser)
    expect((await browser.api('DELETE', `${SECURITY}/totp`)).body).toMatchObject({ totp: false, recovery_codes: 0 })
    expect((await knock(town, who)).page.status).toBe(303)
  })

  test('LG-05: neither its secret nor a recovery code stands in the database', async () => {
    const { secret, codes } = await setUpTotp(town, browser)
    const tables = await sql<{ name: string }>`
      select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(
      town.ctx.db,
    )
    expect(tables.rows.length).toBeGreaterThan(50)
    for (const { name } of tables.rows) {
      const text = await sql<{
        t: string
      }>`select query_to_xml(${`select * from ${name}`}, false, true, '')::text as t`.execute(town.ctx.db)
      for (const canary of [secret, ...codes, ...codes.map((code) => code.replaceAll('-', ''))])
        expect(text.rows[0]?.t.includes(canary), name).toBe(false)
    }
    expect(town.log.join('\n')).not.toContain(secret)
  })
})

describe('recovery codes', () => {
  test('each opens the account once, however it is written', async () => {
    const { codes } = await setUpTotp(town, browser)
    const [one = '', two = ''] = codes
    const door = await knock(town, who)
    expect((await give(door.browser, door.key, one.toUpperCase().replaceAll('-', ' '))).status).toBe(303)
    const again = await knock(town, who)
    expect((await give(again.browser, again.key, one)).status).toBe(422)
    expect((await give(again.browser, again.key, two)).status).toBe(303)
    expect((await browser.api('GET', SECURITY)).body.recovery_codes).toBe(8)
  })

  test('of two at once one is let in', async () => {
    const { codes } = await setUpTotp(town, browser)
    const doors = await Promise.all([knock(town, who), knock(town, who)])
    const answers = await Promise.all(doors.map((door) => give(door.browser, door.key, codes[0] ?? '')))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 422])
  })

  test('new ones end the old, and somebody else’s open nothing', async () => {
    const other = await town.person(`other_${serial}`)
    const theirs = await setUpTotp(town, await atHome(town, other))
    const { codes } = await setUpTotp(town, browser)
    const fresh = (await browser.api('POST', `${SECURITY}/recovery_codes`, {})).body.recovery_codes as string[]
    expect(new Set([...codes, ...fresh]).size).toBe(20)
    const door = await knock(town, who)
    for (const code of [codes[0], theirs.codes[0]])
      expect((await give(door.browser, door.key, code ?? '')).status).toBe(422)
    expect((await give(door.browser, door.key, fresh[9] ?? '')).status).toBe(303)
  })

  test('there are none without a second factor', async () => {
    expect((await browser.api('POST', `${SECURITY}/recovery_codes`, {})).status).toBe(422)
  })
})

describe('what is grave asks again who sits there', () => {
  const grave = [
    ['POST', `${SECURITY}/totp`],
    ['POST', `${SECURITY}/totp/confirm`],
    ['DELETE', `${SECURITY}/totp`],
    ['POST', `${SECURITY}/recovery_codes`],
  ] as const

  test.each(grave)('%s %s, an hour after signing in', async (method, path) => {
    town.clock.advance(3_600_001)
    const answer = await browser.api(method, path, path.endsWith('confirm') ? { code: '123456' } : {})
    expect(answer.status).toBe(403)
    expect(answer.body).toMatchObject({ proof: 'needed' })
  })

  test('the password opens it for an hour in this browser alone; a wrong one does not', async () => {
    const elsewhere = await atHome(town, who)
    town.clock.advance(3_600_001)
    expect((await browser.api('POST', `${SECURITY}/proof`, { password: 'wrong horse' })).status).toBe(422)
    expect((await browser.api('POST', `${SECURITY}/proof`, {})).status).toBe(422)
    expect((await browser.api('GET', SECURITY)).body.proven_until).toBeNull()
    const proven = await browser.api('POST', `${SECURITY}/proof`, { password: PASSWORD })
    const leftMs = Date.parse(proven.body.proven_until) - town.clock.now().getTime()
    expect(Math.round(leftMs / 60_000)).toBe(60)
    expect((await browser.api('POST', `${SECURITY}/totp`, {})).status).toBe(200)
    expect((await elsewhere.api('POST', `${SECURITY}/totp`, {})).status).toBe(403)
  })

  test('a code of the app does, too, once', async () => {
    const { secret } = await setUpTotp(town, browser)
    town.clock.advance(3_600_001)
    const code = nextCode(town, secret)
    expect((await browser.api('POST', `${SECURITY}/proof`, { code })).status).toBe(200)
    expect((await browser.api('POST', `${SECURITY}/proof`, { code })).status).toBe(422)
  })

  test('apps cannot do any of it', async () => {
    for (const [method, path] of [...grave, ['GET', SECURITY], ['POST', `${SECURITY}/proof`]] as const) {
      const json = path.endsWith('confirm') ? { code: '123456' } : {}
      expect((await town.call(method, path, { token: who.token, ...(method === 'GET' ? {} : { json }) })).status).toBe(
        403,
      )
    }
  })
})

test('AU-13: a new password by mail does not stand in for the second factor, and ends what was half done', async () => {
  const { secret } = await setUpTotp(town, browser)
  const half = await knock(town, who)
  const change = { current_password: PASSWORD, new_password: 'a newer horse' }
  expect((await browser.api('POST', '/api/hamlet/v1/password', change)).status).toBe(200)
  expect((await give(half.browser, half.key, nextCode(town, secret))).text).toContain('That took too long.')
  const door = await knock(town, who, 'a newer horse')
  expect(door.page.text).toContain('autocomplete="one-time-code"')
  expect((await give(door.browser, door.key, nextCode(town, secret))).status).toBe(303)
})

test('MF: ten tries an hour for a person, from wherever they come', async () => {
  await using strict = await startTown({ environment: { HAMLET_RATE_LIMIT_FACTOR: '1' } })
  const fern = await strict.person('fern')
  await setUpTotp(strict, await atHome(strict, fern))
  const door = await knock(strict, fern)
  const statuses: number[] = []
  for (let tries = 0; tries < 12; tries += 1)
    statuses.push((await door.browser.post('/sign-in/second', { key: door.key, code: `00000${tries % 10}` })).status)
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 422), 429, 429])
})

describe('a role that asks for a second factor', () => {
  const asking = async (isOn: boolean) => {
    await town.ctx.db
      .updateTable('roles')
      .set({ require_2fa: isOn })
      .where('id', '=', requireRoleId('moderator'))
      .execute()
    const role_id = requireRoleId('moderator')
    await town.ctx.db.updateTable('users').set({ role_id }).where('id', '=', who.userId).execute()
  }

  test('shuts the API in words, for pages and for apps, until it is set up', async () => {
    expect((await whoAmI(browser)).status).toBe(200)
    await asking(true)
    for (const answer of [
      await whoAmI(browser),
      await town.call('GET', '/api/v1/timelines/home', { token: who.token }),
    ])
      expect(answer).toMatchObject({ status: 403, body: { second_factor: 'missing' } })
    expect((await browser.get('/home')).location).toBe('/sign-in?next=%2Fhome')
    await asking(false)
    expect((await whoAmI(browser)).status).toBe(200)
  })

  test('is led through setting it up at the next sign-in, without a script, and keeps recovery codes before going on', async () => {
    await asking(true)
    const { browser: other, page, key } = await knock(town, who)
    expect(page.text).toContain('<svg class="qr-code"')
    const secret = /<code>([A-Z2-7]{32})<\/code>/.exec(page.text)?.[1] ?? ''
    const give = (code: string) => other.post('/sign-in/set-up', { key, code, next: '/notifications' })
    const wrong = await give('000000')
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain(secret)
    expect((await other.post('/sign-in/second', { key, code: '000000' })).text).toContain('That took too long.')
    const codes = await give(codeAt(secret, town.clock.now()))
    expect(codes.status).toBe(200)
    expect(codes.text.match(/<li><code>/g)).toHaveLength(10)
    expect(other.cookies.size).toBe(0)
    expect((await give(codeAt(secret, town.clock.now()))).text).toContain('That took too long.')
    const fields = { key: hidden(codes, 'key'), next: hidden(codes, 'next'), kept: '1' }
    const done = await other.post('/sign-in/set-up', fields)
    expect(done).toMatchObject({ status: 303, location: '/notifications' })
    expect((await whoAmI(other)).status).toBe(200)
    expect((await town.call('GET', '/api/v1/timelines/home', { token: who.token })).status).toBe(200)
    const refused = await other.api('DELETE', `${SECURITY}/totp`)
    expect(refused.status).toBe(422)
    expect((await other.api('GET', SECURITY)).body).toMatchObject({ totp: true, required: true, recovery_codes: 10 })
    await asking(false)
  })
})
