import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeAuthenticator, type Lies } from '#test/authenticator'
import { openBrowser, type Browser } from '#test/browser'
import { addPasskey, askAnybody, atHome, enterBy, hidden, knock, setUpTotp, whoAmI } from '#test/factors'
import { startTown, type Person, type TestTown } from '#test/test-town'

const SECURITY = '/api/hamlet/v1/security'
const PASSKEYS = `${SECURITY}/passkeys`
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
  who = await town.person(`kelp_${serial}`)
  browser = await atHome(town, who)
})

const origin = () => new URL(town.ctx.config.url).origin

describe('a passkey', () => {
  test('is made for this server alone, by a device that knows its owner, and brings recovery codes', async () => {
    const options = (await browser.api('POST', `${PASSKEYS}/offer`, {})).body
    expect(options).toMatchObject({
      rp: { id: 'town.test' },
      user: { name: `${who.username}@town.test` },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    const { made } = await addPasskey(town, browser, '  My   phone ')
    expect(made.status).toBe(200)
    expect(made.body.passkey).toMatchObject({ name: 'My phone', synced: false, last_used_at: null })
    expect(made.body.recovery_codes).toHaveLength(10)
    const second = await addPasskey(town, browser, 'Key')
    expect(second.made.body.recovery_codes).toBeNull()
    const shown = (await browser.api('GET', SECURITY)).body
    expect(shown.passkeys.map(({ name }: { name: string }) => name)).toEqual(['My phone', 'Key'])
    expect(shown.recovery_codes).toBe(10)
    const again = (await browser.api('POST', `${PASSKEYS}/offer`, {})).body
    expect(again.excludeCredentials).toHaveLength(2)
  })

  test('opens the account alone: no name, no password, no code', async () => {
    const { device } = await addPasskey(town, browser)
    await setUpTotp(town, browser)
    const other = openBrowser(town.url)
    const question = await askAnybody(other)
    expect(question).toMatchObject({ rpId: 'town.test', userVerification: 'required' })
    expect(question.allowCredentials).toBeUndefined()
    const answer = await enterBy(other, device.prove(question))
    expect(answer).toMatchObject({ status: 303, location: '/notifications' })
    expect((await whoAmI(other)).body.acct).toBe(who.username)
    const [shown] = (await browser.api('GET', SECURITY)).body.passkeys
    expect(shown.last_used_at).not.toBeNull()
  })

  test('is asked for after the password, among those of the person', async () => {
    const { device } = await addPasskey(town, browser)
    const door = await knock(town, who)
    const question = JSON.parse(hidden(door.page, 'question').replaceAll('&quot;', '"'))
    expect(question.allowCredentials.map(({ id }: { id: string }) => id)).toEqual([device.id])
    const answer = JSON.stringify(device.prove(question))
    const stranger = makeAuthenticator(origin())
    const wrong = await door.browser.post('/sign-in/second', {
      key: door.key,
      answer: JSON.stringify(stranger.prove(question)),
    })
    expect(wrong.status).toBe(422)
    // The question was used up by the wrong answer.
    expect((await door.browser.post('/sign-in/second', { key: door.key, answer })).status).toBe(422)
    const next = await knock(town, who)
    const asked = JSON.parse(hidden(next.page, 'question').replaceAll('&quot;', '"'))
    const fields = { key: next.key, answer: JSON.stringify(device.prove(asked)), next: '/explore' }
    expect(await next.browser.post('/sign-in/second', fields)).toMatchObject({ status: 303, location: '/explore' })
  })

  test('proves who sits there', async () => {
    const { device } = await addPasskey(town, browser)
    town.clock.advance(3_600_001)
    const question = (await browser.api('POST', `${PASSKEYS}/question`, {})).body
    const proven = await browser.api('POST', `${SECURITY}/proof`, { passkey: device.prove(question) })
    expect(proven.status).toBe(200)
    expect(proven.body.proven_until).not.toBeNull()
    expect((await browser.api('POST', `${SECURITY}/proof`, { passkey: device.prove(question) })).status).toBe(422)
  })

  test('is renamed and taken away by its owner alone', async () => {
    const { made } = await addPasskey(town, browser)
    const path = `${PASSKEYS}/${made.body.passkey.id}`
    const other = await atHome(town, await town.person(`stranger_${serial}`))
    expect((await other.api('PATCH', path, { name: 'mine' })).status).toBe(404)
    expect((await other.api('DELETE', path)).status).toBe(404)
    expect((await browser.api('PATCH', path, { name: 'Laptop' })).body.name).toBe('Laptop')
    for (const name of ['', '   ', 'x'.repeat(61)])
      expect((await browser.api('PATCH', path, { name })).status).toBe(422)
    expect((await browser.api('DELETE', path)).status).toBe(200)
    expect((await browser.api('GET', SECURITY)).body).toMatchObject({ passkeys: [], recovery_codes: 0 })
    expect((await knock(town, who)).page.status).toBe(303)
  })

  test('an eleventh is refused', async () => {
    for (let at = 0; at < 10; at += 1) expect((await addPasskey(town, browser)).made.status).toBe(200)
    expect((await browser.api('POST', `${PASSKEYS}/offer`, {})).status).toBe(422)
  })
})

describe('an answer that lies', () => {
  const lies: [string, Lies][] = [
    ['from another site', { origin: 'https://evil.example' }],
    ['for another server', { rpId: 'evil.example' }],
    ['without its owner verified', { flags: 0x01 }],
    ['without anybody there', { flags: 0x00 }],
    ['of another kind', { type: 'webauthn.create' }],
    ['to a question that nobody asked', { challenge: 'AAAAAAAAAAAAAAAAAAAAAA' }],
  ]

  test.each(lies)('MF: %s opens nothing', async (_name, lie) => {
    const { device } = await addPasskey(town, browser)
    const other = openBrowser(town.url)
    const answer = await enterBy(other, device.prove(await askAnybody(other), lie))
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('This passkey did not prove that it is you.')
    expect(other.cookies.size).toBe(0)
  })

  test.each(lies.filter(([, lie]) => lie.type === undefined))('MF: %s is not kept', async (_name, lie) => {
    const options = (await browser.api('POST', `${PASSKEYS}/offer`, {})).body
    const answer = makeAuthenticator(origin()).create(options, lie)
    expect((await browser.api('POST', PASSKEYS, { name: 'x', answer })).status).toBe(422)
    expect((await browser.api('GET', SECURITY)).body.passkeys).toEqual([])
  })

  test('an answer is good once, for five minutes, and for what was asked', async () => {
    const { device } = await addPasskey(town, browser)
    const answer = device.prove(await askAnybody(browser))
    expect((await enterBy(openBrowser(town.url), answer)).status).toBe(303)
    expect((await enterBy(openBrowser(town.url), answer)).status).toBe(422)
    const late = await askAnybody(browser)
    town.clock.advance(5 * 60_000)
    expect((await enterBy(openBrowser(town.url), device.prove(late))).status).toBe(422)
    const proof = (await browser.api('POST', `${PASSKEYS}/question`, {})).body
    expect((await enterBy(openBrowser(town.url), device.prove(proof))).status).toBe(422)
    const anybody = await askAnybody(browser)
    expect((await browser.api('POST', `${SECURITY}/proof`, { passkey: device.prove(anybody) })).status).toBe(422)
  })

  test('of two at once with one answer one is let in', async () => {
    const { device } = await addPasskey(town, browser)
    const answer = device.prove(await askAnybody(browser))
    const both = await Promise.all([1, 2, 3].map(() => enterBy(openBrowser(town.url), answer)))
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 422, 422])
  })

  test('MF: a counter that does not go forward is that of a copy', async () => {
    const { device } = await addPasskey(town, browser)
    device.counter = 7
    expect((await enterBy(openBrowser(town.url), device.prove(await askAnybody(browser)))).status).toBe(303)
    for (const counter of [8, 7, 0])
      expect((await enterBy(openBrowser(town.url), device.prove(await askAnybody(browser), { counter }))).status).toBe(
        422,
      )
    expect(
      (await enterBy(openBrowser(town.url), device.prove(await askAnybody(browser), { counter: 20 }))).status,
    ).toBe(303)
    const history = (await browser.api('GET', `${SECURITY}/sign_ins?limit=80`)).body
    expect(history.filter((one: any) => one.method === 'passkey' && !one.succeeded)).toHaveLength(3)
  })

  test('a device whose counter stays at nothing, as synced passkeys do, goes on', async () => {
    const { device } = await addPasskey(town, browser)
    for (let times = 0; times < 2; times += 1)
      expect(
        (await enterBy(openBrowser(town.url), device.prove(await askAnybody(browser), { counter: 0 }))).status,
      ).toBe(303)
  })

  test.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['a number', '5'],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['odd members', '{"id":5,"response":[]}'],
    ['odd data', '{"id":"x","response":{"clientDataJSON":"!!"}}'],
    ['a huge text', `{"id":"${'x'.repeat(30_000)}"}`],
    ['NUL', '{"id":"\\u0000","response":{"clientDataJSON":"eyJjaGFsbGVuZ2UiOiJcdTAwMDAifQ"}}'],
  ])('%s is refused like all others', async (_name, answer) => {
    expect((await browser.post('/sign-in/passkey', { answer })).status).toBe(422)
    const json = { name: 'x', answer: answer.startsWith('{"') ? JSON.parse(answer) : {} }
    expect((await browser.api('POST', PASSKEYS, json)).status).toBe(422)
  })

  test('somebody who may not act now is led to the page that says so, and no further', async () => {
    const { device } = await addPasskey(town, browser)
    const disabled_at = new Date().toISOString()
    await town.ctx.db.updateTable('users').set({ disabled_at }).where('id', '=', who.userId).execute()
    const answer = await enterBy(openBrowser(town.url), device.prove(await askAnybody(openBrowser(town.url))))
    expect([answer.status, answer.location]).toEqual([303, '/access'])
  })
})

describe('without a password', () => {
  test('somebody with a passkey and recovery codes comes in by the passkey alone', async () => {
    expect((await browser.api('DELETE', '/api/hamlet/v1/password')).status).toBe(422)
    const { device, made } = await addPasskey(town, browser)
    expect((await browser.api('DELETE', '/api/hamlet/v1/password')).status).toBe(200)
    expect((await browser.api('GET', SECURITY)).body.password).toBe(false)
    expect((await knock(town, who)).page.text).toContain('No account matches this name and password.')
    expect((await knock(town, who, '')).page.status).toBe(422)
    expect((await enterBy(openBrowser(town.url), device.prove(await askAnybody(browser)))).status).toBe(303)
    const last = await browser.api('DELETE', `${PASSKEYS}/${made.body.passkey.id}`)
    expect(last.status).toBe(422)
    expect((await browser.api('GET', SECURITY)).body.passkeys).toHaveLength(1)
  })

  test('a new one is chosen once they have proved who they are, and only then', async () => {
    const { device } = await addPasskey(town, browser)
    await browser.api('DELETE', '/api/hamlet/v1/password')
    const change = { new_password: 'battery staple' }
    town.clock.advance(3_600_001)
    expect((await browser.api('POST', '/api/hamlet/v1/password', change)).status).toBe(403)
    const move = { email: `moved_${serial}@example.net` }
    expect((await browser.api('POST', '/api/hamlet/v1/email', move)).status).toBe(403)
    const question = (await browser.api('POST', `${PASSKEYS}/question`, {})).body
    await browser.api('POST', `${SECURITY}/proof`, { passkey: device.prove(question) })
    expect((await browser.api('POST', '/api/hamlet/v1/email', move)).status).toBe(200)
    expect((await browser.api('POST', '/api/hamlet/v1/password', change)).status).toBe(200)
    expect((await knock(town, who, 'battery staple')).page.text).toContain('name="question"')
  })

  test('without recovery codes left the password stays', async () => {
    await addPasskey(town, browser)
    await town.ctx.db.deleteFrom('recovery_codes').where('user_id', '=', who.userId).execute()
    expect((await browser.api('DELETE', '/api/hamlet/v1/password')).status).toBe(422)
    expect((await browser.api('GET', SECURITY)).body.password).toBe(true)
  })
})

test('what is grave asks again who sits there', async () => {
  const { made } = await addPasskey(town, browser)
  town.clock.advance(3_600_001)
  const grave = [
    ['POST', `${PASSKEYS}/offer`],
    ['POST', PASSKEYS],
    ['DELETE', `${PASSKEYS}/${made.body.passkey.id}`],
    ['DELETE', '/api/hamlet/v1/password'],
  ] as const
  for (const [method, path] of grave) {
    const answer = await browser.api(method, path, path === PASSKEYS ? { name: 'x', answer: {} } : {})
    expect(answer.body, path).toMatchObject({ proof: 'needed' })
  }
  expect((await browser.api('GET', SECURITY)).body.passkeys).toHaveLength(1)
})
