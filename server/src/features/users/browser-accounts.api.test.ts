import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { openBrowser, type Browser } from '#test/browser'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let browser: Browser
let ines: Person
let bram: Person
beforeAll(async () => {
  town = await startTown()
  ;[ines, bram] = [await town.person('ines'), await town.person('bram')]
  for (const name of ['cleo', 'dana', 'edda', 'finn', 'gone']) await town.person(name)
})
afterAll(() => town[Symbol.asyncDispose]())
beforeEach(() => {
  browser = openBrowser(town.url)
})

const enter = (login: string, more: Record<string, string> = {}) =>
  browser.post('/sign-in', { login, password: 'correct horse', ...more })
const ME = '/api/v1/accounts/verify_credentials'
const who = async () => (await browser.api('GET', ME)).body.acct as string
const asAccount = (person: Person) => ({ 'hamlet-account': person.accountId })
const inBrowser = async () =>
  (await browser.api('GET', '/api/hamlet/v1/sessions/accounts')).body.map((one: { acct: string }) => one.acct)
const sessionsOf = (person: Person) =>
  town.ctx.db.selectFrom('sessions').select('id').where('account_id', '=', person.accountId).execute()

describe('adding an account', () => {
  test('signs in beside those who are there; the new one is in use, and all are listed in one order', async () => {
    await enter('bram')
    expect((await browser.get('/sign-in')).location).toBe('/home')
    const form = await browser.get('/sign-in?add=1&next=/notifications')
    expect(form.text).toContain('Add an account')
    const answer = await enter('ines', { add: '1' })
    expect(answer).toMatchObject({ status: 303, location: '/home' })
    expect([await who(), await inBrowser()]).toEqual(['ines', ['ines', 'bram']])
    expect([...browser.cookies].find(([name]) => name.includes('signed-in'))?.[1]).toBe('2')
    const cookie = answer.headers.getSetCookie().find((line) => line.includes('-others='))
    for (const part of [/; HttpOnly/, /; Secure/, /; SameSite=Lax/, /; Path=\//]) expect(cookie).toMatch(part)
  })

  test('a wrong password changes nothing, and the form is still the one for adding', async () => {
    await enter('bram')
    const before = new Map(browser.cookies)
    const answer = await browser.post('/sign-in', { login: 'ines', password: 'wrong', add: '1' })
    expect([answer.status, answer.text.includes('Add an account')]).toEqual([422, true])
    expect(browser.cookies).toEqual(before)
  })

  test('that is there already gives it a new session in place of the old', async () => {
    await enter('ines')
    await enter('bram')
    const before = await sessionsOf(ines)
    await enter('ines')
    const after = await sessionsOf(ines)
    expect([after.length, await inBrowser()]).toEqual([before.length, ['ines', 'bram']])
    expect(after).not.toEqual(before)
  })

  test('ends at five', async () => {
    for (const name of ['ines', 'bram', 'cleo', 'dana', 'edda']) expect((await enter(name)).status).toBe(303)
    const answer = await enter('finn', { add: '1' })
    expect([answer.status, answer.text.includes('five accounts already')]).toEqual([422, true])
    expect(await who()).toBe('edda')
    expect((await enter('cleo')).status).toBe(303)
    expect([...browser.cookies.values()].join('').length).toBeLessThan(1_000)
  })
})

describe('switching', () => {
  beforeEach(async () => {
    await enter('bram')
    await enter('ines')
  })

  test('changes who opens pages, and leads only to places of ours', async () => {
    const move = (next: string) => browser.post('/switch', { account: bram.accountId, next })
    expect(await move('/notifications')).toMatchObject({ status: 303, location: '/notifications' })
    expect([await who(), await inBrowser()]).toEqual(['bram', ['ines', 'bram']])
    expect((await move('https://evil.example')).location).toBe('/home')
    expect(await who()).toBe('bram')
  })

  test('by another site’s page is refused, and to somebody who is not there asks for a sign-in', async () => {
    const forged = { account: bram.accountId }
    for (const headers of [{ origin: 'https://evil.example' }, {}])
      expect((await browser.post('/switch', forged, headers)).status).toBe(403)
    const finn = await town.ctx.db
      .selectFrom('accounts')
      .select('id')
      .where('username', '=', 'finn')
      .executeTakeFirstOrThrow()
    for (const account of [finn.id, '', "1' or 1=1", '../x'])
      expect((await browser.post('/switch', { account, next: '/lists' })).location).toBe('/sign-in?add=1&next=%2Flists')
    expect(await who()).toBe('ines')
  })

  test('a made-up list of sessions opens nothing', async () => {
    const [name] = [...browser.cookies.keys()].filter((one) => one.includes('others'))
    for (const value of [`${ines.accountId}.x`, '~~~', 'x'.repeat(3_000), `${bram.accountId}.${'a'.repeat(43)}`]) {
      browser.cookies.set(name ?? '', value)
      expect((await browser.api('GET', ME, undefined, asAccount(bram))).status).toBe(401)
      expect(await who()).toBe('ines')
    }
  })
})

describe('a request names as whom it acts', () => {
  beforeEach(async () => {
    await enter('bram')
    await enter('ines')
  })

  test('so a page that was opened before acts as it says, and every answer tells whose it is', async () => {
    const post = await browser.api('POST', '/api/v1/statuses', { status: 'as bram' }, asAccount(bram))
    expect([post.body.account.acct, post.headers.get('hamlet-account')]).toEqual(['bram', bram.accountId])
    expect((await browser.api('GET', ME)).headers.get('hamlet-account')).toBe(ines.accountId)
  })

  test('and is refused as anybody who is not signed in here', async () => {
    const stranger = await town.person('stranger')
    const answer = await browser.api('POST', '/api/v1/statuses', { status: 'as nobody' }, asAccount(stranger))
    expect(answer.status).toBe(401)
    expect((await browser.api('GET', ME, undefined, { 'hamlet-account': '' })).status).toBe(401)
    const listed = await browser.api('GET', '/api/v1/timelines/public', undefined, asAccount(stranger))
    expect([listed.status, listed.headers.get('hamlet-account')]).toEqual([200, null])
  })

  test('never from another site', async () => {
    const headers = { ...asAccount(bram), origin: 'https://evil.example' }
    expect((await browser.post('/api/v1/statuses', { status: 'forged' }, headers)).status).toBe(403)
  })

  test('to listen, too', async () => {
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const listen = (account: string) =>
      new Promise<string>((done) => {
        const address = `${town.url.replace('http', 'ws')}/api/v1/streaming?stream=user&hamlet-account=${account}`
        const socket = new WebSocket(address, { headers: { cookie, origin: town.url } })
        socket.on('unexpected-response', (_request, response) => done(`refused ${response.statusCode}`))
        socket.on('open', () => {
          void browser.api('POST', '/api/v1/statuses', { status: 'heard' }, asAccount(bram))
        })
        socket.on('message', (data: Buffer) => {
          const event = JSON.parse(data.toString()) as { event: string; payload: string }
          if (event.event !== 'update') return
          socket.close()
          done((JSON.parse(event.payload) as { account: { acct: string } }).account.acct)
        })
      })
    expect(await listen(bram.accountId)).toBe('bram')
    expect(await listen('5')).toBe('refused 401')
  })
})

describe('leaving', () => {
  beforeEach(async () => {
    await enter('bram')
    await enter('ines')
  })

  test('one account leaves the others signed in, and its cookie opens nothing any more', async () => {
    const copy = openBrowser(town.url)
    for (const [name, value] of browser.cookies) copy.cookies.set(name, value)
    expect(await browser.post('/sign-out', {})).toMatchObject({ status: 303, location: '/home' })
    expect([await who(), await inBrowser()]).toEqual(['bram', ['bram']])
    expect((await copy.api('GET', ME)).status).toBe(401)
    expect((await copy.api('GET', ME, undefined, asAccount(bram))).status).toBe(200)
    expect((await browser.post('/sign-out', {})).location).toBe('/')
    expect(browser.cookies.size).toBe(0)
  })

  test('another than the one in use, and all at once', async () => {
    await browser.post('/sign-out', { account: bram.accountId })
    expect([await who(), await inBrowser()]).toEqual(['ines', ['ines']])
    await enter('bram')
    expect((await browser.post('/sign-out', { account: 'all' })).location).toBe('/')
    expect(browser.cookies.size).toBe(0)
    for (const person of [ines, bram]) {
      await enter(person.username)
      expect(await inBrowser()).toEqual([person.username])
      await browser.post('/sign-out', {})
    }
  })

  test('each account ends its own sessions alone, from its settings', async () => {
    const list = () => browser.api('GET', '/api/hamlet/v1/sessions', undefined, asAccount(bram))
    const [session] = (await list()).body.filter((one: { current: boolean }) => one.current)
    const foreign = await browser.api('DELETE', `/api/hamlet/v1/sessions/${session.id}`)
    expect(foreign.status).toBe(404)
    await browser.api('DELETE', `/api/hamlet/v1/sessions/${session.id}`, undefined, asAccount(bram))
    expect((await browser.api('GET', ME, undefined, asAccount(bram))).status).toBe(401)
    expect([await who(), await inBrowser()]).toEqual(['ines', ['ines']])
  })

  test('a suspended account drops out; when it was in use, the next one opens pages', async () => {
    await enter('gone')
    const suspend = (at: string | null) =>
      town.ctx.db.updateTable('accounts').set({ suspended_at: at }).where('username', '=', 'gone').execute()
    await suspend(town.clock.now().toISOString())
    expect((await browser.api('GET', ME)).status).toBe(403)
    expect((await browser.get('/home')).status).toBe(200)
    expect(['ines', 'bram']).toContain(await who())
    expect(await inBrowser()).toEqual(['ines', 'bram'])
    await suspend(null)
    expect(await inBrowser()).toEqual(['ines', 'bram'])
  })
})

test('the list is for our own pages', async () => {
  expect((await town.call('GET', '/api/hamlet/v1/sessions/accounts', { token: ines.token })).status).toBe(403)
  expect((await town.call('GET', '/api/hamlet/v1/sessions/accounts')).status).toBe(401)
})

test('nothing failed on the way', () => {
  expect(town.log.filter((line) => line.includes('"error"'))).toEqual([])
})
