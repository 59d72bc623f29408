import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { writeSetting } from '#features/settings'
import { users } from '#features/users'
import { openBrowser, type Browser } from '#test/browser'
import { keyOf, linksOf } from '#test/mail'
import { filledIn } from '#test/sign-up'
import { startTown, type TestTown } from '#test/test-town'

let town: TestTown
let browser: Browser
beforeAll(async () => {
  town = await startTown()
  await town.person('ines')
})
afterAll(() => town[Symbol.asyncDispose]())
beforeEach(() => {
  browser = openBrowser(town.url)
})

const right = { login: 'ines', password: 'correct horse' }

/** The links of the newest mail to an address. */
describe('signing in', () => {
  test.each(['ines', 'INES', '@ines', 'ines@example.org', ' Ines@Example.org '])('by %s', async (login) => {
    const answer = await browser.post('/sign-in', { ...right, login, next: '/notifications' })
    expect(answer).toMatchObject({ status: 303, location: '/notifications' })
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('__Host-hamlet='))
    expect(cookie).toMatch(/; HttpOnly/)
    expect(cookie).toMatch(/; Secure/)
    expect(cookie).toMatch(/; SameSite=Lax/)
    expect((await browser.api('GET', '/api/v1/accounts/verify_credentials')).body.acct).toBe('ines')
  })

  test('the session posts from our own pages and from nowhere else', async () => {
    await browser.post('/sign-in', right)
    expect((await browser.api('POST', '/api/v1/statuses', { status: 'by hand' })).body.application).toBeUndefined()
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, {}]) {
      const answer = await browser.post('/api/v1/statuses', { status: 'forged' }, headers)
      expect(answer.status).toBe(403)
    }
    const posts = await town.ctx.db.selectFrom('statuses').select('text').execute()
    expect(posts.map((post) => post.text)).toEqual(['by hand'])
  })

  test.each([
    ['a wrong password', { login: 'ines', password: 'wrong horse' }],
    ['an unknown name', { login: 'nobody', password: 'correct horse' }],
    ['an unknown address', { login: 'nobody@example.org', password: 'correct horse' }],
    ['a huge password', { login: 'ines', password: 'x'.repeat(500_000) }],
    ['a quote', { login: "' OR 1=1--", password: 'x' }],
    ['nothing', { login: '', password: '' }],
  ])('%s is refused like all others, and nothing is written', async (_name, fields) => {
    const before = await town.ctx.db.selectFrom('sessions').select('id').execute()
    const answer = await browser.post('/sign-in', fields)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('No account matches this name and password.')
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(await town.ctx.db.selectFrom('sessions').select('id').execute()).toHaveLength(before.length)
  })

  test.each(['//evil.example', 'https://evil.example', '/\\evil.example', '/a b', 'javascript:x'])(
    'nobody is led to %s',
    async (next) => {
      expect((await browser.post('/sign-in', { ...right, next })).location).toBe('/home')
    },
  )

  test('a form of another site is refused', async () => {
    expect((await browser.post('/sign-in', right, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await browser.post('/sign-in', right, {})).status).toBe(403)
    expect(browser.cookies.size).toBe(0)
  })

  test('signing out ends the session, for a copy of the cookie too', async () => {
    await browser.post('/sign-in', right)
    const copy = openBrowser(town.url)
    for (const [name, value] of browser.cookies) copy.cookies.set(name, value)
    expect(await browser.post('/sign-out', {})).toMatchObject({ status: 303, location: '/' })
    expect(browser.cookies.size).toBe(0)
    expect((await copy.api('GET', '/api/v1/accounts/verify_credentials')).status).toBe(401)
  })

  test('a session unseen for three months ends; one in use goes on', async () => {
    await browser.post('/sign-in', right)
    const seen = () => browser.api('GET', '/api/v1/accounts/verify_credentials')
    const day = 24 * 3_600_000
    for (let days = 0; days < 200; days += 50) {
      town.clock.advance(50 * day)
      expect((await seen()).status).toBe(200)
    }
    town.clock.advance(91 * day)
    expect((await seen()).status).toBe(401)
  })

  test('the 26th try in an hour is refused, also from another process', async () => {
    await using strict = await startTown({ environment: { HAMLET_RATE_LIMIT_FACTOR: '1' } })
    const guest = openBrowser(strict.url)
    const statuses: number[] = []
    for (let tries = 0; tries < 27; tries += 1)
      statuses.push((await guest.post('/sign-in', { login: 'ines', password: 'x' })).status)
    expect(statuses).toEqual([...Array.from({ length: 25 }, () => 422), 429, 429])
  })

  test('neither password nor session secret is kept', async () => {
    await browser.post('/sign-in', right)
    const tables = ['users', 'sessions', 'one_time_links', 'jobs', 'attempts'] as const
    const dump = JSON.stringify(
      await Promise.all(tables.map((table) => town.ctx.db.selectFrom(table).selectAll().execute())),
    )
    for (const secret of ['correct horse', ...browser.cookies.values()].filter((text) => text.length > 5))
      expect(dump + town.log.join()).not.toContain(secret)
  })
})

describe('signing up', () => {
  const fresh = (username: string) => ({
    username,
    email: `${username}@example.net`,
    password: 'battery staple',
    agreement: '1',
    reason: 'I like it here',
  })

  test('is closed at first, and says so', async () => {
    expect((await browser.get('/sign-up')).status).toBe(403)
    expect((await browser.post('/sign-up', filledIn(town, fresh('early')))).text).toContain('full for now')
  })

  test('open: name, mail, link, in', async () => {
    await writeSetting(town.ctx, 'registrations', 'open')
    expect((await browser.post('/sign-up', filledIn(town, fresh('kelpie')))).text).toContain('Look into your mail')
    const early = await browser.post('/sign-in', { login: 'kelpie', password: 'battery staple' })
    expect(early.location).toBe('/access')
    await town.settled()
    const [link = ''] = linksOf(town, 'kelpie@example.net')
    expect((await browser.get(link)).text).toContain('Is this you?')
    const key = keyOf(link)
    const presses = await Promise.all([browser.post('/confirm', { key }), browser.post('/confirm', { key })])
    expect(presses.map((press) => press.status).toSorted((a, b) => a - b)).toEqual([200, 422])
    expect((await browser.post('/sign-in', { login: 'kelpie', password: 'battery staple' })).status).toBe(303)
  })

  test('by approval: confirmed is not yet in', async () => {
    await writeSetting(town.ctx, 'registrations', 'approval')
    const silent = await browser.post('/sign-up', filledIn(town, { ...fresh('asker'), reason: ' ' }))
    expect(silent.text).toContain('be blank')
    await browser.post('/sign-up', filledIn(town, fresh('asker')))
    await town.settled()
    const key = keyOf(linksOf(town, 'asker@example.net')[0])
    expect((await browser.post('/confirm', { key })).text).toContain('One more thing')
    const waiting = openBrowser(town.url)
    expect((await waiting.post('/sign-in', { login: 'asker', password: 'battery staple' })).location).toBe('/access')
    expect((await waiting.get('/access')).text).toContain('waits to be let in')
  })

  test('a known address is answered like a new one, and its owner is told', async () => {
    const known = await browser.post('/sign-up', filledIn(town, { ...fresh('other_name'), email: 'Ines@example.org' }))
    expect(known.text).toContain('Look into your mail')
    await town.settled()
    expect(linksOf(town, 'ines@example.org')).toEqual(['/sign-in', '/password'])
    const made = await town.ctx.db.selectFrom('accounts').select('id').where('username', '=', 'other_name').execute()
    expect(made).toEqual([])
  })

  test.each([
    ['a bad password', { password: 'short' }, 'needs 8'],
    ['a taken name', { username: 'ines' }, 'already been taken'],
  ])('%s is answered alike for an address that is known and one that is not', async (_name, change, words) => {
    for (const email of ['ines@example.org', 'stranger@example.org']) {
      const answer = await browser.post('/sign-up', filledIn(town, { ...fresh('prober'), email, ...change }))
      expect(answer.status).toBe(422)
      expect(answer.text).toContain(words)
    }
  })

  test('whoever does not confirm the address is erased after a week, unless a newer link still works', async () => {
    await writeSetting(town.ctx, 'registrations', 'approval')
    const day = 24 * 3_600_000
    for (const name of ['silent', 'late', 'waits']) await browser.post('/sign-up', filledIn(town, fresh(name)))
    await town.settled()
    await browser.post('/confirm', { key: keyOf(linksOf(town, 'waits@example.net')[0]) })
    const prune = async () => {
      for (const { job } of users.schedules) await job.run(town.ctx, {})
      await town.settled()
      const left = await town.ctx.db.selectFrom('accounts').select('username').orderBy('id').execute()
      return left.map((row) => row.username).filter((name) => ['silent', 'late', 'waits'].includes(name))
    }
    town.clock.advance(6.5 * day)
    await browser.post('/password', { email: 'late@example.net' })
    await town.settled()
    expect(await prune()).toEqual(['silent', 'late', 'waits'])
    town.clock.advance(day)
    expect(await prune()).toEqual(['late', 'waits'])
    await browser.post('/confirm', { key: keyOf(linksOf(town, 'late@example.net')[0]) })
    town.clock.advance(3 * day)
    expect(await prune()).toEqual(['late', 'waits'])
  })

  test.each([
    ['a taken name', { username: 'INES' }, 'already been taken'],
    ['a name of other letters', { username: 'аdmin' }, 'letters, numbers and underscores'],
    ['a long name', { username: 'x'.repeat(31) }, 'letters, numbers'],
    ['two addresses', { email: 'a@b.example, c@d.example' }, 'not an e-mail address'],
    ['a header in an address', { email: 'a@b.example\r\nBcc: c@d.example' }, 'not an e-mail address'],
    ['a short password', { password: 'short' }, 'needs 8'],
    ['a common password', { password: 'Password123' }, 'somebody else would try'],
    ['the name as password', { username: 'longenough', password: 'longenough' }, 'somebody else would try'],
    ['no agreement', { agreement: '' }, 'must be accepted'],
    ['a long reason', { reason: 'x'.repeat(421) }, '420 characters'],
  ])('%s is refused in the form', async (_name, change, words) => {
    const answer = await browser.post('/sign-up', filledIn(town, { ...fresh('newcomer'), ...change }))
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(words)
    const made = await town.ctx.db.selectFrom('accounts').select('id').where('username', '=', 'newcomer').execute()
    expect(made).toEqual([])
  })
})

describe('a new password', () => {
  test('by a link that works once; all that was signed in is out', async () => {
    const mara = await town.person('mara')
    const session = openBrowser(town.url)
    await session.post('/sign-in', { login: 'mara', password: 'correct horse' })
    expect((await browser.post('/password', { email: 'mara@example.org' })).status).toBe(200)
    await town.settled()
    const key = keyOf(linksOf(town, 'mara@example.org')[0])
    expect((await browser.post('/password/new', { key, password: 'short' })).text).toContain('needs 8')
    const presses = await Promise.all([1, 2].map(() => browser.post('/password/new', { key, password: 'a new horse' })))
    expect(presses.map((press) => press.status).toSorted((a, b) => a - b)).toEqual([200, 422])
    await town.settled()
    expect((await session.api('GET', '/api/v1/accounts/verify_credentials')).status).toBe(401)
    expect((await town.call('GET', '/api/v1/accounts/verify_credentials', { token: mara.token })).status).toBe(401)
    expect((await browser.post('/sign-in', { login: 'mara', password: 'a new horse' })).status).toBe(303)
  })

  test('an unknown address is answered alike; a link ends after two hours', async () => {
    const [known, unknown] = [
      await browser.post('/password', { email: 'ines@example.org' }),
      await browser.post('/password', { email: 'nobody@example.org' }),
    ]
    expect(unknown.text).toBe(known.text)
    await town.settled()
    const [link = ''] = linksOf(town, 'ines@example.org')
    town.clock.advance(2 * 3_600_000 + 1000)
    expect((await browser.get(link)).text).toContain('This link is over')
  })
})
