import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openBrowser } from '#test/browser'
import { startSecondProcess } from '#test/second-process'
import { callAt, freePort, startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

/** As strict as in earnest, behind a proxy that says who comes. */
let town: TestTown
let ines: Person
beforeAll(async () => {
  town = await startTown({ environment: { HAMLET_RATE_LIMIT_FACTOR: '1', HAMLET_TRUSTED_PROXIES: '127.0.0.0/8' } })
  ines = await town.person('ines')
})
afterAll(() => town[Symbol.asyncDispose]())

const from = (ip: string) => ({ headers: { 'x-forwarded-for': ip } })
const counted = (list: readonly number[]) => {
  const counts = new Map<number, number>()
  for (const one of list) counts.set(one, (counts.get(one) ?? 0) + 1)
  return Object.fromEntries([...counts].map(([one, count]) => [String(one), count]))
}
const signIn = (address: string, ip: string, login: string) =>
  callAt(`${address}/sign-in`, 'POST', {
    form: new URLSearchParams({ login, password: 'wrong horse' }).toString(),
    headers: { 'x-forwarded-for': ip, origin: town.ctx.config.url },
  })

describe('RL-01: five hundred at once', () => {
  test('of which three hundred are answered, by the address of a stranger', async () => {
    const answers = await Promise.all(
      Array.from({ length: 500 }, () => town.call('GET', '/api/v2/instance', from('192.0.2.1'))),
    )
    expect(counted(answers.map(({ status }) => status))).toEqual({ 200: 300, 429: 200 })
  })

  test('of sign-ins at two processes exactly as many are tried as may be', async () => {
    await using second = await startSecondProcess(town.ctx.config, town.databaseUrl, await freePort())
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, at) => signIn(at % 2 ? second.address : town.address, `198.51.100.${at}`, 'ines')),
    )
    expect(counted(answers.map(({ status }) => status))).toEqual({ 422: 25, 429: 35 })
  })
})

describe('who counts as one', () => {
  test('RL-02: a thousand addresses of one network of 64 bits', async () => {
    const answers = await Promise.all(
      Array.from({ length: 1000 }, (_, at) =>
        town.call('GET', '/api/v2/instance', from(`2001:db8:1:2:${(at % 7).toString(16)}::${at.toString(16)}`)),
      ),
    )
    expect(counted(answers.map(({ status }) => status))).toEqual({ 200: 300, 429: 700 })
    expect((await town.call('GET', '/api/v2/instance', from('2001:db8:1:3::1'))).status).toBe(200)
    const tries = await Promise.all(
      Array.from({ length: 30 }, (_, at) => signIn(town.address, `2001:db8:9:9::${at + 1}`, `guest${at}`)),
    )
    expect(counted(tries.map(({ status }) => status))).toEqual({ 422: 25, 429: 5 })
  })

  test('RL-03: an address and the same one mapped into IPv6', async () => {
    const ask = async (ip: string) => (await town.call('GET', '/api/v2/instance', from(ip))).headers
    const first = Number((await ask('192.0.2.77')).get('x-ratelimit-remaining'))
    for (const [at, ip] of ['::ffff:192.0.2.77', '::FFFF:c000:24d', '192.0.2.77'].entries())
      expect([ip, Number((await ask(ip)).get('x-ratelimit-remaining'))]).toEqual([ip, first - at - 1])
  })
})

describe('RL-06: over a limit', () => {
  test('an app is told where it stands, and when to come again', async () => {
    const flood = Array.from({ length: 301 }, () => town.call('GET', '/api/v2/instance', from('192.0.2.6')))
    const last = (await Promise.all(flood)).find(({ status }) => status === 429)
    expect(last?.headers.get('x-ratelimit-limit')).toBe('300')
    expect(last?.headers.get('x-ratelimit-remaining')).toBe('0')
    const reset = last?.headers.get('x-ratelimit-reset') ?? ''
    expect(reset).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
    const wait = Number(last?.headers.get('retry-after'))
    // The answer was made a moment ago, on one side of a second or the other.
    expect(wait - (Date.parse(reset) - town.clock.now().getTime()) / 1000).toBeLessThanOrEqual(2)
    expect(wait - (Date.parse(reset) - town.clock.now().getTime()) / 1000).toBeGreaterThanOrEqual(0)
    expect(typeof last?.body.error).toBe('string')
  })

  test('a page says so too', async () => {
    const tries = await Promise.all(Array.from({ length: 27 }, () => signIn(town.address, '192.0.2.60', 'somebody')))
    const last = tries.find(({ status }) => status === 429)
    const wait = Number(last?.headers.get('retry-after'))
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(3600)
    expect(last?.headers.get('x-ratelimit-reset')).toMatch(/Z$/)
  })
})

test('RL-05: when nothing can be counted nobody signs in, and everybody reads', async () => {
  await using other = await startTown()
  await other.person('bram')
  const right = { login: 'bram', password: 'correct horse' }
  await sql`alter table attempts rename to attempts_gone`.execute(other.ctx.db)
  const browser = openBrowser(other.url)
  const closed = await browser.post('/sign-in', right).catch((error: unknown) => error as { status: number })
  expect(closed.status).toBe(503)
  expect(browser.cookies.size).toBe(0)
  expect((await browser.post('/password', { email: 'bram@example.org' })).status).toBe(503)
  const reads = await other.call('GET', '/api/v1/timelines/public')
  expect(reads.status).toBe(200)
  expect(reads.headers.get('x-ratelimit-remaining')).not.toBeNull()
  await sql`alter table attempts_gone rename to attempts`.execute(other.ctx.db)
  expect((await browser.post('/sign-in', right)).status).toBe(303)
})

describe('RL-08: names and lists have an end', () => {
  const post = (path: string, json: unknown) => town.call('POST', path, { token: ines.token, json })
  test('of a megabyte, or of one letter too many', async () => {
    const huge = 'x'.repeat(1_000_000)
    for (const title of [huge, 'x'.repeat(257)]) {
      expect((await post('/api/v1/lists', { title })).status).toBe(422)
      expect((await post('/api/v2/filters', { title, context: ['home'] })).status).toBe(422)
    }
    for (const keyword of [huge, 'x'.repeat(513)]) {
      const filter = { title: 'x', context: ['home'], keywords_attributes: [{ keyword }] }
      expect((await post('/api/v2/filters', filter)).status).toBe(422)
    }
    expect((await post('/api/v1/lists', { title: 'x'.repeat(1_100_000) })).status).toBe(413)
  })

  test('so many and no more', async () => {
    const made = await Promise.all(Array.from({ length: 60 }, (_, at) => post('/api/v1/lists', { title: `l${at}` })))
    expect(counted(made.map(({ status }) => status))).toEqual({ 200: 50, 422: 10 })
  })
})

describe('RL-09: what is done again and again is bounded', () => {
  test('follows, posts to strangers and reports have limits of their own, by person', async () => {
    const bram = await town.person('bram')
    const limitOf = async (path: string, json: unknown, who = bram) => {
      const answer = await town.call('POST', path, { token: who.token, json })
      return [answer.headers.get('x-ratelimit-limit'), answer.headers.get('x-ratelimit-remaining')]
    }
    const left = async (path: string, json: unknown, times: number) => {
      await Promise.all(Array.from({ length: times }, () => limitOf(path, json)))
    }
    const follow = `/api/v1/accounts/${ines.accountId}/follow`
    // Until the limit of an app is further away than that of follows.
    await left(follow, {}, 200)
    town.clock.advance(6 * 60_000)
    await left(follow, {}, 199)
    expect(await limitOf(follow, {})).toEqual(['400', '0'])
    expect((await town.call('POST', follow, { token: bram.token })).status).toBe(429)
    const dora = await town.person('dora')
    const message = { status: '@ines hello', visibility: 'direct' }
    const posts = await Promise.all(Array.from({ length: 200 }, () => limitOf('/api/v1/statuses', message, dora)))
    expect(posts.map(([limit]) => limit)).toContain('300')
    town.clock.advance(6 * 60_000)
    await Promise.all(Array.from({ length: 100 }, () => limitOf('/api/v1/statuses', message, dora)))
    expect((await town.call('POST', '/api/v1/statuses', { token: dora.token, json: message })).status).toBe(429)
    const filed = { token: bram.token, json: { account_id: ines.accountId } }
    const told: number[] = []
    for (let window = 0; window < 3; window += 1) {
      town.clock.advance(6 * 60_000)
      // oxlint-disable-next-line no-await-in-loop -- one window after the other
      const some = await Promise.all(Array.from({ length: 200 }, () => town.call('POST', '/api/v1/reports', filed)))
      told.push(...some.map(({ status }) => status))
    }
    expect(counted(told)).toEqual({ 200: 400, 429: 200 })
  })
})

test('RL-10: whoever reads page after page of everything is stopped after three hundred in a quarter of an hour', async () => {
  const cleo = await town.person('cleo')
  const path = `/api/v1/accounts/${ines.accountId}/statuses?max_id=99999999`
  const page = () => town.call('GET', path, { token: cleo.token })
  town.clock.advance(15 * 60_000 - (town.clock.now().getTime() % (15 * 60_000)))
  const first = await Promise.all(Array.from({ length: 200 }, page))
  town.clock.advance(5 * 60_000)
  const second = await Promise.all(Array.from({ length: 150 }, page))
  expect(counted([...first, ...second].map(({ status }) => status))).toEqual({ 200: 300, 429: 50 })
  expect((await town.call('GET', '/api/v1/timelines/home', { token: cleo.token })).status).toBe(200)
})
