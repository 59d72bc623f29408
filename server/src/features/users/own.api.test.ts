import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, type Browser } from '#test/browser'
import { keyOf, linksOf, mailsTo } from '#test/mail'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let ines: Person
let bram: Person
beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines')
  bram = await town.person('bram')
})
afterAll(() => town[Symbol.asyncDispose]())

async function signedIn(login: string, password = 'correct horse'): Promise<Browser> {
  const browser = openBrowser(town.url)
  await browser.post('/sign-in', { login, password })
  return browser
}
type Session = { id: string; current: boolean }
const sessionsOf = async (browser: Browser) => (await browser.api('GET', '/api/hamlet/v1/sessions')).body as Session[]
const whoIs = async (browser: Browser) => (await browser.api('GET', '/api/v1/accounts/verify_credentials')).status

describe('sessions', () => {
  test('are listed for their person with the asking one marked, and one signs another out', async () => {
    const [here, there] = [await signedIn('ines'), await signedIn('ines')]
    const seen = await sessionsOf(here)
    expect(seen.filter((one) => one.current)).toHaveLength(1)
    expect(seen).toHaveLength(2)
    expect(seen[0]).toMatchObject({ user_agent: expect.any(String), last_seen_at: expect.any(String) })
    const other = seen.find((one) => !one.current)
    expect((await here.api('DELETE', `/api/hamlet/v1/sessions/${other?.id}`)).status).toBe(200)
    expect([await whoIs(here), await whoIs(there)]).toEqual([200, 401])
  })

  test('are nobody else’s to end, and no app’s to see or end', async () => {
    const [hers, his] = [await signedIn('ines'), await signedIn('bram')]
    const [one] = await sessionsOf(hers)
    const path = `/api/hamlet/v1/sessions/${one?.id}`
    expect((await his.api('DELETE', path)).status).toBe(404)
    for (const [method, target] of [
      ['GET', '/api/hamlet/v1/sessions'],
      ['DELETE', path],
      ['GET', '/api/hamlet/v1/email'],
    ] as const)
      expect((await town.call(method, target, { token: ines.token })).status).toBe(403)
    expect(await whoIs(hers)).toBe(200)
  })

  test('cost one statement to list', async () => {
    const browser = await signedIn('ines')
    await sessionsOf(browser)
    const cost = await town.countStatements(() => sessionsOf(browser))
    // Who asks, and the list.
    expect(cost).toBe(2)
  })
})

describe('settings of the web app', () => {
  const change = (who: Person, json: unknown) =>
    town.call('PATCH', '/api/hamlet/v1/settings', { token: who.token, json })
  test('are merged, and say in Mastodon’s words how somebody reads', async () => {
    expect((await town.call('GET', '/api/hamlet/v1/settings', { token: ines.token })).body).toEqual({})
    await change(ines, { theme: 'dark' })
    const { body } = await change(ines, { expandWarnings: true, media: 'hide_all' })
    expect(body).toEqual({ theme: 'dark', expandWarnings: true, media: 'hide_all' })
    const told = (await town.call('GET', '/api/v1/preferences', { token: ines.token })).body
    expect(told).toMatchObject({
      'reading:expand:media': 'hide_all',
      'reading:expand:spoilers': true,
      'reading:autoplay:gifs': false,
    })
    await change(ines, { autoplay: 'always' })
    const later = (await town.call('GET', '/api/v1/preferences', { token: ines.token })).body
    expect(later['reading:autoplay:gifs']).toBe(true)
    expect((await town.call('GET', '/api/hamlet/v1/settings', { token: bram.token })).body).toEqual({})
  })

  test('keep rules for warnings, one by one and whole', async () => {
    const warningRules = [
      { word: 'Wurst', act: 'fold' },
      { kind: 'politics', act: 'cover' },
    ]
    expect((await change(ines, { warningRules })).body.warningRules).toEqual(warningRules)
    expect((await change(ines, { warningRules: [] })).body.warningRules).toEqual([])
  })

  test('keep other keys whole, so that one that is as usual again is gone', async () => {
    const keys = { next: ['n'], goHome: ['v h'], search: [] }
    expect((await change(ines, { keys, spoken: 'short', singleKeys: false })).body).toMatchObject({ keys })
    expect((await change(ines, { keys: { next: ['ы'] } })).body).toMatchObject({
      keys: { next: ['ы'] },
      spoken: 'short',
      singleKeys: false,
    })
  })

  test('hold nothing but what they are for', async () => {
    const rule = { word: 'rain', act: 'open' }
    const many = Array.from({ length: 61 }, (_, at) => `key${'abcdefg'[at % 7]}${'abcdefghi'[Math.floor(at / 7)]}`)
    const wrong = [
      { theme: 'pink' },
      { textSize: 900 },
      { note: 'x'.repeat(5000) },
      { expandWarnings: [] },
      { autoplay: true },
      { autoplay: 'sometimes' },
      { singleKeys: [] },
      { spoken: 'loud' },
      { keys: [] },
      { keys: { 'next post': ['j'] } },
      { keys: { next: ['jkl'] } },
      { keys: { next: [''] } },
      { keys: { next: ['a', 'b', 'c', 'd', 'e'] } },
      { keys: Object.fromEntries(many.map((name) => [name, ['a']])) },
      { warningRules: 'rain' },
      { warningRules: [{ act: 'open' }] },
      { warningRules: [{ ...rule, word: '' }] },
      { warningRules: [{ ...rule, word: '  ' }] },
      { warningRules: [{ ...rule, word: 'x'.repeat(81) }] },
      { warningRules: [{ ...rule, act: 'shout' }] },
      { warningRules: [{ ...rule, kind: 'food' }] },
      { warningRules: [{ kind: 'weather', act: 'open' }] },
      { warningRules: Array.from({ length: 51 }, (_, at) => ({ ...rule, word: `rain ${at}` })) },
    ]
    for (const json of wrong) {
      const answer = await change(bram, json)
      expect([answer.status >= 400, typeof answer.body.error], JSON.stringify(json)).toEqual([true, 'string'])
    }
  })
})

describe('a new password', () => {
  const ask = (browser: Browser, old: string, wanted: string) =>
    browser.api('POST', '/api/hamlet/v1/password', { current_password: old, new_password: wanted })

  test('needs the old one, and one that is good', async () => {
    const browser = await signedIn('bram')
    const wrong = await ask(browser, 'wrong horse', 'a newer horse')
    expect(wrong).toMatchObject({ status: 422, body: { details: { current_password: [{ error: 'ERR_INVALID' }] } } })
    expect((await ask(browser, 'correct horse', 'short')).body.details.new_password ?? 'as password').toBeTruthy()
    expect((await ask(browser, 'correct horse', 'short')).status).toBe(422)
    const byApp = { token: bram.token, json: { current_password: 'correct horse', new_password: 'a newer horse' } }
    expect((await town.call('POST', '/api/hamlet/v1/password', byApp)).status).toBe(403)
  })

  test('signs out everything but the browser that chose it, and is told by mail', async () => {
    const [here, there] = [await signedIn('bram'), await signedIn('bram')]
    expect((await ask(here, 'correct horse', 'a newer horse')).status).toBe(200)
    await town.settled()
    expect([await whoIs(here), await whoIs(there)]).toEqual([200, 401])
    expect((await town.call('GET', '/api/v1/accounts/verify_credentials', { token: bram.token })).status).toBe(401)
    expect(await whoIs(await signedIn('bram', 'a newer horse'))).toBe(200)
    expect(await whoIs(await signedIn('bram'))).toBe(401)
  })

  test('may be tried 25 times in an hour', async () => {
    await using strict = await startTown({ environment: { HAMLET_RATE_LIMIT_FACTOR: '1' } })
    await strict.person('pia')
    const browser = openBrowser(strict.url)
    await browser.post('/sign-in', { login: 'pia', password: 'correct horse' })
    for (let at = 0; at < 25; at += 1) await ask(browser, 'x', 'y')
    expect((await ask(browser, 'correct horse', 'a newer horse')).status).toBe(429)
  })
})

describe('another address', () => {
  const ask = (browser: Browser, email: string, current_password = 'correct horse') =>
    browser.api('POST', '/api/hamlet/v1/email', { current_password, email })
  const read = async (browser: Browser) => (await browser.api('GET', '/api/hamlet/v1/email')).body

  test('counts once its link was followed, and the old one is told', async () => {
    await town.person('tom')
    const [here, there] = [await signedIn('tom'), await signedIn('tom')]
    expect((await ask(here, 'tom@example.net', 'wrong horse')).status).toBe(422)
    expect((await ask(here, 'no address')).status).toBe(422)
    expect((await ask(here, ' tom@example.net ')).status).toBe(200)
    expect(await read(here)).toEqual({ email: 'tom@example.org', new_email: 'tom@example.net' })
    await town.settled()
    expect(mailsTo(town, 'tom@example.org').at(-1)).toContain('another address')
    const key = keyOf(linksOf(town, 'tom@example.net')[0])
    expect((await here.get(`/confirm?key=${key}`)).status).toBe(200)
    expect((await here.post('/confirm', { key })).text).toContain('Your address is changed')
    expect(await read(here)).toEqual({ email: 'tom@example.net', new_email: null })
    expect(await whoIs(there)).toBe(401)
    expect((await here.post('/confirm', { key })).status).toBe(422)
    expect(await whoIs(await signedIn('tom@example.net'))).toBe(200)
  })

  test('EM-04: the old address takes it back, once, within seven days, also after two changes', async () => {
    const who = await town.person('wim')
    const browser = await signedIn('wim')
    const change = async (from: string, to: string) => {
      await ask(browser, to)
      await town.settled()
      await browser.post('/confirm', { key: keyOf(linksOf(town, to)[0]) })
      await town.settled()
      return keyOf(linksOf(town, from).findLast((link) => link.startsWith('/email/undo')))
    }
    const first = await change('wim@example.org', 'wim.thief@example.net')
    const second = await change('wim.thief@example.net', 'wim.other@example.net')
    const stranger = openBrowser(town.url)
    expect((await stranger.get(`/email/undo?key=${first}`)).text).toContain('Put your address back?')
    expect((await read(browser)).email).toBe('wim.other@example.net')
    for (const key of ['', `${first}x`, 'altered'])
      expect([key, (await stranger.post('/email/undo', { key })).status]).toEqual([key, 422])
    const taker = await town.person('wim_taker')
    await town.ctx.db.updateTable('users').set({ email: 'wim@example.org' }).where('id', '=', taker.userId).execute()
    const taken = await stranger.post('/email/undo', { key: first })
    expect([taken.status, taken.text.includes('another account’s now')]).toEqual([422, true])
    await town.ctx.db.updateTable('users').set({ email: 'taker@example.org' }).where('id', '=', taker.userId).execute()
    const presses = await Promise.all([1, 2].map(() => openBrowser(town.url).post('/email/undo', { key: first })))
    expect(presses.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 422])
    const location = presses.find(({ status }) => status === 303)?.location ?? ''
    await town.settled()
    expect(await whoIs(browser)).toBe(401)
    expect((await town.call('GET', '/api/v1/accounts/verify_credentials', { token: who.token })).status).toBe(401)
    expect((await openBrowser(town.url).post('/sign-in', { login: 'wim', password: 'correct horse' })).status).toBe(422)
    // What went to whoever changed it leads nowhere: it would give them the account again.
    expect((await stranger.post('/email/undo', { key: second })).status).toBe(422)
    const key = keyOf(location)
    expect((await stranger.post('/password/new', { key, password: 'eleven more anemones' })).status).toBe(200)
    const back = openBrowser(town.url)
    expect((await back.post('/sign-in', { login: 'wim@example.org', password: 'eleven more anemones' })).status).toBe(
      303,
    )
  })

  test('EM-04: after seven days the old address takes nothing back', async () => {
    await town.person('wido')
    const browser = await signedIn('wido')
    await ask(browser, 'wido.new@example.net')
    await town.settled()
    await browser.post('/confirm', { key: keyOf(linksOf(town, 'wido.new@example.net')[0]) })
    await town.settled()
    const key = keyOf(linksOf(town, 'wido@example.org').findLast((link) => link.startsWith('/email/undo')))
    town.clock.advance(7 * 24 * 3_600_000)
    expect((await browser.get(`/email/undo?key=${key}`)).status).toBe(422)
    expect((await browser.post('/email/undo', { key })).status).toBe(422)
    expect((await read(browser)).email).toBe('wido.new@example.net')
  })

  test('EM-05: the link that went to one address does not confirm another that was named later', async () => {
    await town.person('vic')
    const browser = await signedIn('vic')
    await ask(browser, 'first@example.net')
    await town.settled()
    const key = keyOf(linksOf(town, 'first@example.net')[0])
    await ask(browser, 'second@example.net')
    // At once: the mail to the second address may not even be written yet.
    expect((await browser.post('/confirm', { key })).status).toBe(422)
    await town.settled()
    expect((await browser.post('/confirm', { key })).status).toBe(422)
    expect(await read(browser)).toEqual({ email: 'vic@example.org', new_email: 'second@example.net' })
  })

  test('that is somebody’s here is answered alike and sent nothing', async () => {
    await town.person('una')
    const browser = await signedIn('una')
    expect((await ask(browser, 'INES@example.org')).status).toBe(200)
    await town.settled()
    expect(mailsTo(town, 'INES@example.org')).toEqual([])
    expect((await read(browser)).email).toBe('una@example.org')
  })
})

test('apps that were let in are listed, and sent away with all their tokens', async () => {
  const browser = await signedIn('ines')
  const apps = (await browser.api('GET', '/api/hamlet/v1/applications')).body
  expect(apps).toMatchObject([{ name: expect.any(String), scopes: expect.arrayContaining(['read']) }])
  const path = `/api/hamlet/v1/applications/${apps[0].id}`
  const stranger = await town.person('stranger')
  const elsewhere = (await town.call('GET', '/api/hamlet/v1/applications', { token: stranger.token })).body
  expect((await browser.api('DELETE', `/api/hamlet/v1/applications/${elsewhere[0].id}`)).status).toBe(
    elsewhere[0].id === apps[0].id ? 200 : 404,
  )
  await browser.api('DELETE', path)
  expect((await town.call('GET', '/api/v1/lists', { token: ines.token })).status).toBe(401)
  expect((await town.call('GET', '/api/v1/lists', { token: stranger.token })).status).toBe(200)
  expect((await browser.api('DELETE', path)).status).toBe(404)
})
