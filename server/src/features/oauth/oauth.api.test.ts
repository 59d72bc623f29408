import { closedPages } from '@hamlet/contract/pages'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountStandingChanged } from '#features/accounts'
import { userFrozen } from '#features/users'
import { transact } from '#platform/context'
import { emit } from '#platform/events'
import { openBrowser } from '#test/browser'
import { atHome } from '#test/factors'
import { dial } from '#test/listener'
import { readMails } from '#test/mail'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
beforeAll(async () => {
  town = await startTown()
})
afterAll(() => town[Symbol.asyncDispose]())

const register = (json: Record<string, unknown>) => town.call('POST', '/api/v1/apps', { json })

test('an app registers, by JSON, form or the query string alone', async () => {
  const json = await register({
    client_name: 'Ivory',
    redirect_uris: ['app://done', 'x:/y'],
    scopes: 'read write',
    website: 'https://app.example',
  })
  expect(json.body).toMatchObject({
    name: 'Ivory',
    redirect_uris: ['app://done', 'x:/y'],
    redirect_uri: 'app://done\nx:/y',
    vapid_key: town.ctx.vapid.publicKey,
    scopes: ['read', 'write'],
    client_secret_expires_at: 0,
  })
  const form = await town.call('POST', '/api/v1/apps', { form: 'client_name=Tusky&redirect_uris=a://b%0Ac://d' })
  expect(form.body).toMatchObject({ redirect_uris: ['a://b', 'c://d'], scopes: ['read'] })
})

test.each([
  ['an unknown scope', { client_name: 'x', redirect_uris: 'a://b', scopes: 'read everything' }, 422],
  ['a script as redirect', { client_name: 'x', redirect_uris: 'javascript:alert(1)' }, 422],
  ['no redirect', { client_name: 'x', redirect_uris: '' }, 422],
  ['a long name', { client_name: 'x'.repeat(61), redirect_uris: 'a://b' }, 422],
  ['no name', { redirect_uris: 'a://b' }, 400],
  ['a website that is none', { client_name: 'x', redirect_uris: 'a://b', website: 'ftp://x' }, 422],
])('%s is refused', async (_name, json, status) => {
  const answer = await register(json)
  expect(answer.status).toBe(status)
  expect(typeof answer.body.error).toBe('string')
})

test('a token shows its account with defaults and role, and its app without the secret', async () => {
  const ines = await town.person('ines')
  const me = await town.call('GET', '/api/v1/accounts/verify_credentials', { token: ines.token })
  expect(me.body).toMatchObject({
    acct: 'ines',
    source: { privacy: 'public', quote_policy: 'public' },
    role: { permissions: '65536' },
  })
  const app = await town.call('GET', '/api/v1/apps/verify_credentials', { token: ines.token })
  expect(app.body).toMatchObject({ name: 'tests' })
  expect(app.text).not.toContain('secret')
})

test('people who may not act now are told why, and nobody gets in by a disabled login', async () => {
  const bram = await town.person('bram')
  const ask = () => town.call('GET', '/api/v1/accounts/verify_credentials', { token: bram.token })
  const set = (values: Record<string, string | null>) =>
    town.ctx.db.updateTable('users').set(values).where('id', '=', bram.userId).execute()
  const now = new Date().toISOString()
  await set({ confirmed_at: null })
  expect(await ask()).toMatchObject({
    status: 403,
    body: { error: 'Your login is missing a confirmed e-mail address' },
  })
  await set({ confirmed_at: now, approved_at: null })
  expect(await ask()).toMatchObject({ status: 403, body: { error: 'Your login is currently pending approval' } })
  await set({ approved_at: now, disabled_at: now })
  expect(await ask()).toMatchObject({ status: 403, body: { error: 'Your login is currently disabled' } })
  await set({ disabled_at: null })
  expect((await ask()).status).toBe(200)
})

describe('AU-18: who may not act now signs in, to the few pages that are theirs', () => {
  const now = new Date().toISOString()
  const states = [
    ['suspended', { accounts: { suspended_at: now } }, 'Your login is currently disabled'],
    ['frozen', { users: { disabled_at: now } }, 'Your login is currently disabled'],
    ['unconfirmed', { users: { confirmed_at: null } }, 'Your login is missing a confirmed e-mail address'],
    ['waiting', { users: { approved_at: null } }, 'Your login is currently pending approval'],
  ] as const
  const put = async (who: Person, { users = {}, accounts = {} }: Values) => {
    if (Object.keys(users).length > 0)
      await town.ctx.db.updateTable('users').set(users).where('id', '=', who.userId).execute()
    if (Object.keys(accounts).length > 0)
      await town.ctx.db.updateTable('accounts').set(accounts).where('id', '=', who.accountId).execute()
  }

  test.each(states)(
    '%s: pages inside and outside, routes, an old token and an open stream',
    async (state, values, no) => {
      const who = await town.person(`shut_${state}`)
      const [old, stream] = [await atHome(town, who), await dial(town.url, { token: who.token })]
      await put(who, values)
      if (state === 'frozen') await transact(town.ctx, (tx) => emit(tx, userFrozen, { userId: who.userId }))
      if (state === 'suspended') await transact(town.ctx, (tx) => emit(tx, accountStandingChanged, suspension(who)))
      if (state === 'frozen' || state === 'suspended') expect(await stream.closed).toBeGreaterThan(0)
      const browser = openBrowser(town.url)
      const entered = await browser.post('/sign-in', { login: who.username, password: 'correct horse', next: '/home' })
      expect([entered.status, entered.location]).toEqual([303, '/access'])
      const door = await browser.get('/access')
      expect([door.status, door.text.includes(`@${who.username}`)]).toEqual([200, true])
      for (const path of closedPages) expect([path, (await browser.get(path)).status]).toEqual([path, 200])
      const outside = ['/home', '/notifications', '/settings/privacy', '/settings/invites', '/moderation', '/search']
      for (const path of outside) expect((await browser.get(path)).location).toMatch(/^\/sign-in\?next=/)
      expect((await browser.get('/sign-in?next=/home')).location).toBe('/access')
      const OPEN = ['access', 'sessions', 'email', 'standing', 'deletion', 'security', 'settings', 'moves']
      for (const name of OPEN) {
        const path = `/api/hamlet/v1/${name}`
        expect([path, (await browser.api('GET', path)).status]).toEqual([path, 200])
        expect([path, (await old.api('GET', path)).status]).toEqual([path, 200])
      }
      expect((await browser.api('GET', '/api/hamlet/v1/access')).body).toMatchObject({
        closed: state,
        id: who.accountId,
      })
      const shut: [string, string][] = [
        ['GET', '/api/v1/accounts/verify_credentials'],
        ['GET', '/api/v1/timelines/home'],
        ['GET', '/api/v1/notifications'],
        ['GET', '/api/v1/timelines/public'],
        ['POST', '/api/v1/statuses'],
        ['GET', '/api/hamlet/v1/invites'],
      ]
      for (const [method, path] of shut) {
        const json = method === 'POST' ? { status: 'let me out' } : undefined
        expect([path, await browser.api(method, path, json)]).toMatchObject([
          path,
          { status: 403, body: { error: no } },
        ])
        const byToken = await town.call(method, path, { token: who.token, ...(json ? { json } : {}) })
        expect([path, byToken]).toMatchObject([path, { status: 403, body: { error: no } }])
      }
      expect((await town.call('GET', '/api/hamlet/v1/sessions', { token: who.token })).status).toBe(403)
      expect((await town.call('GET', '/api/hamlet/v1/access', { token: who.token })).status).toBe(403)
      const move = await browser.api('POST', '/api/hamlet/v1/moves/aliases/remove', { uri: 'https://a.test/u' })
      expect(move.status).toBe(state === 'frozen' ? 200 : 403)
      await expect(dial(town.url, { token: who.token })).rejects.toThrow(/403|401/)
      stream.socket.terminate()
    },
  )

  test('an app gets no consent of theirs, and out of it they come', async () => {
    const who = await town.person('shut_consent')
    await put(who, { users: { disabled_at: now } })
    const browser = openBrowser(town.url)
    const ask = await consentPath(town)
    expect(
      (await browser.post('/sign-in', { login: 'shut_consent', password: 'correct horse', next: ask })).location,
    ).toBe('/access')
    expect((await browser.get(ask)).location).toMatch(/^\/sign-in\?next=/)
    const press = Object.fromEntries(new URL(ask, town.url).searchParams)
    expect((await browser.post('/oauth/authorize', { ...press, answer: 'allow' })).location).toMatch(
      /^\/sign-in\?next=/,
    )
    expect(
      (await town.ctx.db.selectFrom('oauth_grants').selectAll().where('user_id', '=', who.userId).execute()).length,
    ).toBe(0)
    await put(who, { users: { disabled_at: null } })
    expect((await browser.get('/access')).location).toBe('/home')
    expect((await browser.get('/home')).status).toBe(200)
  })

  test.each([
    ['remembered', { accounts: { memorial: true } }],
    ['being erased', { users: { leaving_at: now }, accounts: { suspended_at: now } }],
  ] as const)('who is %s does not come in at all', async (state, values) => {
    const who = await town.person(`gone_${state.slice(0, 5)}`.replace(' ', ''))
    const old = await atHome(town, who)
    await put(who, values)
    const answer = await openBrowser(town.url).post('/sign-in', { login: who.username, password: 'correct horse' })
    expect(answer.status).toBe(422)
    expect((await old.get('/access')).location).toMatch(/^\/sign-in/)
    expect((await old.api('GET', '/api/hamlet/v1/standing')).status).toBe(403)
    expect((await town.call('GET', '/api/v1/accounts/verify_credentials', { token: who.token })).status).toBe(403)
  })

  test('who is not confirmed has the link sent again, or to the right address', async () => {
    const who = await town.person('shut_mistyped')
    await put(who, { users: { confirmed_at: null } })
    const browser = await atHome(town, who)
    const wrong = await browser.post('/access/confirmation', { email: 'no address' })
    expect([wrong.status, wrong.text.includes('no address')]).toEqual([422, true])
    expect((await browser.post('/access/confirmation', { email: 'shut.right@example.org' })).status).toBe(200)
    await town.settled()
    const [letter] = readMails(town, 'shut.right@example.org')
    const key = /confirm\?key=([\w-]+)/.exec(letter?.text ?? '')?.[1] ?? ''
    expect((await browser.post('/confirm', { key })).status).toBe(200)
    expect((await browser.get('/home')).status).toBe(200)
    expect((await browser.post('/access/confirmation', {})).location).toBe('/home')
    expect((await openBrowser(town.url).post('/access/confirmation', {})).location).toMatch(/^\/sign-in/)
  })
})

type Values = { users?: Record<string, string | null>; accounts?: Record<string, string | boolean | null> }

const suspension = ({ accountId }: Person) => ({ accountId, standing: 'suspended', isOn: true, isLocal: true }) as const

/** Where an app sends somebody whose consent it wants. */
async function consentPath(where: TestTown): Promise<string> {
  const { body } = await where.call('POST', '/api/v1/apps', {
    json: { client_name: 'x', redirect_uris: 'app://done' },
  })
  const query = { response_type: 'code', client_id: body.client_id, redirect_uri: 'app://done', scope: 'read' }
  return `/oauth/authorize?${new URLSearchParams(query).toString()}`
}

test('a stolen database opens no account: tokens and passwords are kept as hashes', async () => {
  const ida = await town.person('ida')
  const dump = JSON.stringify([
    await town.ctx.db.selectFrom('oauth_tokens').selectAll().execute(),
    await town.ctx.db.selectFrom('users').selectAll().execute(),
  ])
  expect(dump).not.toContain(ida.token)
  expect(dump).not.toContain('correct horse')
  expect(dump).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
})

test('limits are told in headers, and over them the answer is 429', async () => {
  await using strict = await startTown({ environment: { HAMLET_RATE_LIMIT_FACTOR: '1' } })
  const statuses: number[] = []
  for (let press = 0; press < 7; press += 1) {
    const answer = await strict.call('POST', '/api/v1/apps', { json: { client_name: 'x', redirect_uris: 'a://b' } })
    statuses.push(answer.status)
    expect(answer.headers.get('x-ratelimit-limit')).toBe('5')
    expect(answer.headers.get('x-ratelimit-remaining')).toBe(String(Math.max(0, 4 - press)))
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429])
})
