import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTown, type TestTown } from '#test/test-town'

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
