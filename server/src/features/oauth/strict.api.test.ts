import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { scopes as everyScope } from '@hamlet/contract/scopes'
import { rooms } from '#app/rooms'
import { oauth } from '#features/oauth'
import type { Route } from '#platform/http'
import { openBrowser, type Browser } from '#test/browser'
import { startTown, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

let town: TestTown
let browser: Browser
beforeAll(async () => {
  town = await startTown()
  await town.person('ines')
  browser = openBrowser(town.url)
  await browser.post('/sign-in', { login: 'ines', password: 'correct horse' })
})
afterAll(() => town[Symbol.asyncDispose]())

const HOME = 'https://app.example/back'
const register = (change: Record<string, unknown> = {}) =>
  town.call('POST', '/api/v1/apps', { json: { client_name: 'Ivory', redirect_uris: HOME, scopes: 'read', ...change } })

describe('OA-01: only the very address that was registered is led to', () => {
  test.each([
    'https://APP.example/back',
    'https://app.example/Back',
    'https://app.example/back/',
    'https://app.example/back/more',
    'https://app.example/x/../back',
    'https://app.example/back?x=1',
    'https://app.example/back#x',
    'https://ines@app.example/back',
    'https://app.example:443/back',
    'https://app.example:8443/back',
    'http://app.example/back',
    ' https://app.example/back',
    'https://evil.example/back',
  ])('%s', async (redirect_uri) => {
    const { client_id } = (await register()).body
    const asked = { response_type: 'code', client_id, redirect_uri, scope: 'read' }
    const shown = await browser.get(`/oauth/authorize?${new URLSearchParams(asked).toString()}`)
    const sent = await browser.post('/oauth/authorize', { ...asked, answer: 'allow' })
    expect([shown.status, shown.location, sent.status, sent.location]).toEqual([400, null, 400, null])
  })
})

describe('OA-02: an address that runs something, or is none, cannot be registered', () => {
  test.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://app.example/1',
    'about:blank',
    'https://app.example/back\r\nSet-Cookie: a=b',
    'https://app.example/\tback x',
    '\u0001javascript:alert(1)',
    '/back',
    'back',
    ' ',
    '',
  ])('%j', async (uri) => {
    const before = await town.ctx.db.selectFrom('oauth_applications').select('id').execute()
    for (const redirect_uris of [uri, [uri], [HOME, uri === ' ' || uri === '' ? 'back' : uri]])
      expect((await register({ redirect_uris })).status).toBe(422)
    expect(await town.ctx.db.selectFrom('oauth_applications').select('id').execute()).toHaveLength(before.length)
  })
})

describe('OA-10: there is one way to a token, and that of apps themselves', () => {
  test.each(['token', 'id_token', 'code token', 'none', 'device', ''])('response_type=%s', async (response_type) => {
    const { client_id } = (await register()).body
    const asked = new URLSearchParams({ response_type, client_id, redirect_uri: HOME, scope: 'read', state: 's' })
    const answer = await browser.get(`/oauth/authorize?${asked.toString()}`)
    expect(answer.location).toBe(`${HOME}?error=unsupported_response_type&state=s`)
    expect(answer.headers.get('location')).not.toContain('access_token')
  })

  test.each([
    'password',
    'implicit',
    'refresh_token',
    'urn:ietf:params:oauth:grant-type:device_code',
    'urn:ietf:params:oauth:grant-type:jwt-bearer',
    '',
  ])('grant_type=%s', async (grant_type) => {
    const { client_id, client_secret } = (await register()).body
    const login = { username: 'ines', password: 'correct horse', refresh_token: 'x', device_code: 'x' }
    const json = { grant_type, client_id, client_secret, scope: 'read', ...login }
    const before = await town.ctx.db.selectFrom('oauth_tokens').select('id').execute()
    const answer = await town.call('POST', '/oauth/token', { json })
    expect(answer).toMatchObject({ status: 400, body: { error: 'unsupported_grant_type' } })
    expect(await town.ctx.db.selectFrom('oauth_tokens').select('id').execute()).toHaveLength(before.length)
  })

  test('OA-20: a token lives until it is ended, and nothing comes with it that could renew it', async () => {
    const { client_id, client_secret } = (await register()).body
    const json = { grant_type: 'client_credentials', client_id, client_secret, scope: 'read' }
    const { body } = await town.call('POST', '/oauth/token', { json })
    expect(Object.keys(body).toSorted()).toEqual(['access_token', 'created_at', 'scope', 'token_type'])
  })
})

describe('OA-12: every route is for the scopes that it names, and for no other', () => {
  const scoped = rooms.flatMap((room) => room.routes).filter((route) => 'scope' in route.access && !route.file)
  const declaredBy = (route: Route) => ('scope' in route.access ? route.access.scope : '').split('|')
  /** What contains a scope: itself, and what stands before its parts. `follow` is an older name of four. */
  const FOLLOW = /^(read|write):(blocks|follows|mutes)$/
  const holders = (scope: string) => {
    const parts = scope.split(':')
    const above = parts.map((_, at) => parts.slice(0, at + 1).join(':')).filter((name) => name !== 'admin')
    return FOLLOW.test(scope) ? [...above, 'follow'] : above
  }

  test('generated over all routes and all scopes', async () => {
    const wrong: string[] = []
    let tried = 0
    for (const [at, held] of everyScope.entries()) {
      // oxlint-disable-next-line no-await-in-loop -- one scope after the other
      const { token } = await town.person(`scope_${at}`, held)
      // oxlint-disable-next-line no-await-in-loop -- the same
      const answers = await Promise.all(
        scoped.map((route) =>
          town.call(route.method, route.path.replaceAll(/:\w+/g, '404404'), {
            token,
            ...(route.body ? { json: {} } : {}),
          }),
        ),
      )
      for (const [index, answer] of answers.entries()) {
        const route = scoped[index]!
        const isOutside = answer.status === 403 && answer.body?.error === 'This action is outside the authorized scopes'
        const mayPass = declaredBy(route).some((scope) => holders(scope).includes(held))
        if (isOutside === mayPass || answer.status >= 500)
          wrong.push(
            `${held}: ${route.method} ${route.path} (${declaredBy(route).join('|')}) answered ${answer.status}`,
          )
        tried += 1
      }
    }
    expect(wrong).toEqual([])
    expect(tried).toBe(everyScope.length * scoped.length)
  })
})

describe('OA-18: what an app says of itself is words', () => {
  test('markup is shown as it is written, signs that turn words around are left out', async () => {
    const client_name = '<img src=x onerror=alert(1)> \u202Egnp.ecivres\u202C\u200B\u0007'
    const { body } = await register({ client_name })
    expect(body.name).toBe('<img src=x onerror=alert(1)> gnp.ecivres')
    const asked = { response_type: 'code', client_id: body.client_id, redirect_uri: HOME, scope: 'read' }
    const page = await browser.get(`/oauth/authorize?${new URLSearchParams(asked).toString()}`)
    expect(page.status).toBe(200)
    expect(page.text).not.toContain('<img src=x')
    expect(page.text).not.toMatch(/[\u202A-\u202E\u200B]/)
  })

  test.each([
    ['ten thousand characters', { client_name: 'x'.repeat(10_000) }],
    ['nothing but unseen signs', { client_name: '\u202E\u200B' }],
    ['a script as website', { website: 'javascript:alert(1)' }],
    ['data as website', { website: 'data:text/html,x' }],
  ])('%s is refused', async (_name, change) => {
    expect((await register(change)).status).toBe(422)
  })
})

test('OA-19: an app that nobody let in within a week is swept, and one that somebody did is not', async () => {
  const [unused, used] = [(await register()).body, (await register()).body]
  const { client_id, client_secret } = used
  const json = { grant_type: 'client_credentials', client_id, client_secret, scope: 'read' }
  const { access_token: token } = (await town.call('POST', '/oauth/token', { json })).body
  const sweep = oauth.schedules[0]!.job
  const known = async (id: string) =>
    (await town.ctx.db.selectFrom('oauth_applications').select('id').where('client_id', '=', id).execute()).length
  town.clock.advance(6 * 24 * 3_600_000)
  await sweep.run(town.ctx, {})
  expect([await known(unused.client_id), await known(client_id)]).toEqual([1, 1])
  town.clock.advance(25 * 3_600_000)
  await sweep.run(town.ctx, {})
  expect([await known(unused.client_id), await known(client_id)]).toEqual([0, 1])
  expect((await town.call('GET', '/api/v1/apps/verify_credentials', { token })).status).toBe(200)
})

test('OA-07, OA-08: verifiers of a wrong form, and plain challenges, by an app with a challenge that is right', async () => {
  const { client_id, client_secret } = (await register()).body
  const verifier = 'v'.repeat(64)
  const code_challenge = createHash('sha256').update(verifier).digest('base64url')
  const asked = { response_type: 'code', client_id, redirect_uri: HOME, scope: 'read' }
  const allow = async (more: Record<string, string>) => {
    const answer = await browser.post('/oauth/authorize', { ...asked, ...more, answer: 'allow' })
    return new URL(answer.location ?? '').searchParams
  }
  expect((await allow({ code_challenge: verifier, code_challenge_method: 'plain' })).get('error')).toBe(
    'invalid_request',
  )
  for (const [code_verifier, error] of [
    ['v', 'invalid_request'],
    ['v'.repeat(42), 'invalid_request'],
    ['v'.repeat(129), 'invalid_request'],
    [`${'v'.repeat(60)}+/=`, 'invalid_request'],
    [undefined, 'invalid_grant'],
  ]) {
    const code = (await allow({ code_challenge, code_challenge_method: 'S256' })).get('code')
    const json = { grant_type: 'authorization_code', code, redirect_uri: HOME, client_id, client_secret }
    const first = await town.call('POST', '/oauth/token', {
      json: { ...json, ...(code_verifier && { code_verifier }) },
    })
    expect([code_verifier, first.body.error]).toEqual([code_verifier, error])
    // The code is used up by it.
    const second = await town.call('POST', '/oauth/token', { json: { ...json, code_verifier: verifier } })
    expect(second.body.error).toBe('invalid_grant')
  }
})
