import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeSetting } from '#features/settings'
import { openBrowser, type Browser } from '#test/browser'
import { startTown, type TestTown } from '#test/test-town'

let town: TestTown
let browser: Browser
let client: { client_id: string; client_secret: string }
const redirect_uri = 'app://done'
beforeAll(async () => {
  town = await startTown()
  await town.person('ines')
  browser = openBrowser(town.url)
  await browser.post('/sign-in', { login: 'ines', password: 'correct horse' })
  client = await register()
})
afterAll(() => town[Symbol.asyncDispose]())

async function register(
  scopes = 'read write follow',
  uris = `${redirect_uri}\nurn:ietf:wg:oauth:2.0:oob`,
): Promise<typeof client> {
  const json = { client_name: 'Ivory <b>', redirect_uris: uris, scopes }
  const { client_id, client_secret } = (await town.call('POST', '/api/v1/apps', { json })).body
  return { client_id, client_secret }
}

const ask = (change: Record<string, string> = {}) => ({
  response_type: 'code',
  client_id: client.client_id,
  redirect_uri,
  scope: 'read write',
  state: 'a b&c',
  ...change,
})
const allow = async (change: Record<string, string> = {}) => {
  const answer = await browser.post('/oauth/authorize', { ...ask(change), answer: 'allow' })
  return new URL(answer.location ?? '', town.url).searchParams.get('code') ?? ''
}
const redeem = (code: string, change: Record<string, string> = {}) =>
  town.call('POST', '/oauth/token', {
    json: { grant_type: 'authorization_code', code, redirect_uri, ...client, ...change },
  })

test('an app asks, a person lets it in, a code becomes a token once', async () => {
  const page = await browser.get(`/oauth/authorize?${new URLSearchParams(ask()).toString()}`)
  expect(page.status).toBe(200)
  expect(page.text).toContain('Ivory &lt;b>')
  expect(page.headers.get('cache-control')).toBe('no-store')
  expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(page.text).not.toContain(client.client_secret)
  const led = await browser.post('/oauth/authorize', { ...ask(), answer: 'allow' })
  expect(led.status).toBe(303)
  const target = new URL(led.location ?? '')
  expect(target.protocol).toBe('app:')
  expect(target.searchParams.get('state')).toBe('a b&c')
  const code = target.searchParams.get('code') ?? ''
  const token = await redeem(code)
  expect(token.body).toMatchObject({ token_type: 'Bearer', scope: 'read write' })
  const me = await town.call('GET', '/api/v1/accounts/verify_credentials', { token: token.body.access_token })
  expect(me.body.acct).toBe('ines')
  // A code that comes again is in two hands: the first token ends too.
  expect(await redeem(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  const after = await town.call('GET', '/api/v1/accounts/verify_credentials', { token: token.body.access_token })
  expect(after.status).toBe(401)
})

test('two at once with one code get one token at most', async () => {
  const code = await allow()
  const answers = await Promise.all(Array.from({ length: 5 }, () => redeem(code)))
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
})

test('whoever is not signed in is led to the door and back', async () => {
  const target = `/oauth/authorize?${new URLSearchParams(ask()).toString()}`
  const stranger = openBrowser(town.url)
  const led = await stranger.get(target)
  expect(led.status).toBe(303)
  const next = new URL(led.location ?? '', town.url).searchParams.get('next') ?? ''
  const back = await stranger.post('/sign-in', { login: 'ines', password: 'correct horse', next })
  expect(back.location).toBe(target)
  expect((await stranger.get(back.location ?? '')).text).toContain('Let it in')
  expect((await stranger.get(`${target}&force_login=true`)).location).toMatch(/^\/sign-in/)
})

test('a no is told to the app; an out-of-band code is shown', async () => {
  const no = await browser.post('/oauth/authorize', { ...ask(), answer: 'deny' })
  expect(new URL(no.location ?? '').searchParams.get('error')).toBe('access_denied')
  const oob = 'urn:ietf:wg:oauth:2.0:oob'
  const shown = await browser.post('/oauth/authorize', { ...ask({ redirect_uri: oob }), answer: 'allow' })
  const page = await browser.get(shown.location ?? '')
  const code = new URL(shown.location ?? '', town.url).searchParams.get('code') ?? ''
  expect(page.text).toContain(code)
  expect((await redeem(code, { redirect_uri: oob })).status).toBe(200)
})

describe('nobody is led where the app did not register', () => {
  test.each(['app://done/', 'app://done?x=1', 'app://DONE', 'https://evil.example', 'app://done#x', ''])(
    '%s',
    async (uri) => {
      const answer = await browser.get(`/oauth/authorize?${new URLSearchParams(ask({ redirect_uri: uri })).toString()}`)
      expect(answer).toMatchObject({ status: 400, location: null })
    },
  )
  test('an unknown app', async () => {
    const answer = await browser.get(`/oauth/authorize?${new URLSearchParams(ask({ client_id: 'x' })).toString()}`)
    expect(answer).toMatchObject({ status: 400, location: null })
  })
  test('a form of another site', async () => {
    const answer = await browser.post(
      '/oauth/authorize',
      { ...ask(), answer: 'allow' },
      { origin: 'https://evil.example' },
    )
    expect(answer.status).toBe(403)
  })
})

test.each([
  ['another kind of answer', { response_type: 'token' }, 'unsupported_response_type'],
  ['a scope that was not registered', { scope: 'read push' }, 'invalid_scope'],
  ['a scope that does not exist', { scope: 'everything' }, 'invalid_scope'],
  ['a plain challenge', { code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' }, 'invalid_request'],
  ['a challenge without its method', { code_challenge: 'x'.repeat(43) }, 'invalid_request'],
])('%s is told to the app', async (_name, change, error) => {
  const answer = await browser.get(`/oauth/authorize?${new URLSearchParams(ask(change)).toString()}`)
  expect(new URL(answer.location ?? '').searchParams.get('error')).toBe(error)
})

test('scopes of the team are for the team', async () => {
  const own = client
  client = await register('read admin:read')
  const answer = await browser.post('/oauth/authorize', { ...ask({ scope: 'read admin:read' }), answer: 'allow' })
  expect(new URL(answer.location ?? '').searchParams.get('error')).toBe('invalid_scope')
  client = own
})

describe('PKCE', () => {
  const verifier = 'v'.repeat(64)
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const withChallenge = { code_challenge: challenge, code_challenge_method: 'S256' }
  test('the right verifier', async () => {
    expect((await redeem(await allow(withChallenge), { code_verifier: verifier })).status).toBe(200)
  })
  test.each([
    ['a wrong one', { code_verifier: 'w'.repeat(64) }, 'invalid_grant'],
    ['none', {}, 'invalid_grant'],
    ['one that is too short', { code_verifier: 'v' }, 'invalid_request'],
    ['one that is too long', { code_verifier: 'v'.repeat(129) }, 'invalid_request'],
  ])('%s uses the code up', async (_name, change, error) => {
    const code = await allow(withChallenge)
    expect(await redeem(code, change)).toMatchObject({ status: 400, body: { error } })
    expect((await redeem(code, { code_verifier: verifier })).status).toBe(400)
  })
  test('a verifier without a challenge', async () => {
    expect((await redeem(await allow(), { code_verifier: verifier })).body.error).toBe('invalid_grant')
  })
})

test.each([
  ['another address', { redirect_uri: 'urn:ietf:wg:oauth:2.0:oob' }, 400, 'invalid_grant'],
  ['a wrong secret', { client_secret: 'x' }, 401, 'invalid_client'],
  ['an unknown app', { client_id: 'x' }, 401, 'invalid_client'],
  ['a password', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ['no code', { code: '' }, 400, 'invalid_request'],
])('the token endpoint refuses %s', async (_name, change, status, error) => {
  const answer = await redeem(await allow(), change)
  expect(answer).toMatchObject({ status, body: { error } })
  expect(answer.body.error_description).toEqual(expect.any(String))
})

test('a code lives ten minutes, and belongs to its app', async () => {
  const code = await allow()
  const other = await register()
  expect((await redeem(code, other)).body.error).toBe('invalid_grant')
  expect((await redeem(code)).status).toBe(200)
  const late = await allow()
  town.clock.advance(10 * 60_000 + 1000)
  expect((await redeem(late)).body.error).toBe('invalid_grant')
})

test('an app by itself: client credentials, by HTTP Basic and as a form; it is no person', async () => {
  const basic = Buffer.from(`${client.client_id}:${client.client_secret}`).toString('base64')
  const token = await town.call('POST', '/oauth/token', {
    form: 'grant_type=client_credentials&scope=read',
    headers: { authorization: `Basic ${basic}` },
  })
  expect(token.body.scope).toBe('read')
  const { access_token } = token.body
  expect((await town.call('GET', '/api/v1/apps/verify_credentials', { token: access_token })).status).toBe(200)
  expect((await town.call('GET', '/api/v1/timelines/home', { token: access_token })).status).toBe(422)
})

test('ending a token: its own app can, another cannot, an unknown one is as good as ended', async () => {
  const { access_token } = (await redeem(await allow())).body
  const other = await register()
  const end = (app: typeof client, token: string) => town.call('POST', '/oauth/revoke', { json: { token, ...app } })
  expect(await end(other, access_token)).toMatchObject({ status: 403, body: { error: 'unauthorized_client' } })
  expect((await end(client, 'nothing')).status).toBe(200)
  expect((await end(client, access_token)).status).toBe(200)
  expect((await town.call('GET', '/api/v1/timelines/home', { token: access_token })).status).toBe(401)
})

test('the server describes how to sign in (RFC 8414)', async () => {
  const { body } = await town.call('GET', '/.well-known/oauth-authorization-server')
  expect(body).toMatchObject({
    issuer: 'https://town.test/',
    authorization_endpoint: 'https://town.test/oauth/authorize',
    code_challenge_methods_supported: ['S256'],
    response_types_supported: ['code'],
  })
  expect(body.scopes_supported).toContain('write:media')
})

test('an app signs a person up; the token waits for the confirmation', async () => {
  await writeSetting(town.ctx, 'registrations', 'open')
  const { access_token } = (
    await town.call('POST', '/oauth/token', {
      json: { grant_type: 'client_credentials', scope: 'read write', ...client },
    })
  ).body
  const json = {
    username: 'newbie',
    email: 'newbie@example.org',
    password: 'battery staple',
    agreement: true,
    locale: 'en',
  }
  const made = await town.call('POST', '/api/v1/accounts', { token: access_token, json })
  expect(made.body).toMatchObject({ token_type: 'Bearer', scope: 'read write' })
  const early = await town.call('GET', '/api/v1/accounts/verify_credentials', { token: made.body.access_token })
  expect(early).toMatchObject({ status: 403, body: { error: 'Your login is missing a confirmed e-mail address' } })
  const again = await town.call('POST', '/api/v1/accounts', {
    token: access_token,
    json: { ...json, email: 'b@c.example' },
  })
  expect(again).toMatchObject({ status: 422, body: { details: { username: [{ error: 'ERR_TAKEN' }] } } })
})
