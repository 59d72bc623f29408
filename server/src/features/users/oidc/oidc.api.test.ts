import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { writeSetting } from '#features/settings'
import { openBrowser, type Browser } from '#test/browser'
import { atHome, hidden, nextCode, setUpTotp, whoAmI } from '#test/factors'
import { startProvider, type Provider, type Says } from '#test/openid-provider'
import { startTown, type TestTown } from '#test/test-town'

let provider: Provider
let town: TestTown
let browser: Browser
let serial = 0
const environment = (more: Record<string, string> = {}) => ({
  HAMLET_OIDC_ISSUER: provider.issuer,
  HAMLET_OIDC_CLIENT_ID: 'hamlet',
  HAMLET_OIDC_CLIENT_SECRET: 'sesame',
  HAMLET_OIDC_NAME: 'Lighthouse',
  HAMLET_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8,::1/128',
  ...more,
})
beforeAll(async () => {
  provider = await startProvider()
  town = await startTown({ environment: environment() })
  await writeSetting(town.ctx, 'registrations', 'open')
})
afterAll(async () => {
  await town[Symbol.asyncDispose]()
  await provider[Symbol.asyncDispose]()
})
beforeEach(() => {
  serial += 1
  browser = openBrowser(town.url)
})

/** Away to the service and back; gives what the browser is shown. */
async function comeBack(at: Browser, says: Says = {}, { query = '?next=/explore', of = town } = {}) {
  const away = await at.get(`/sign-in/openid${query}`)
  const back = provider.agree(away.location ?? '', { sub: `sub-${serial}`, ...says })
  return at.get(back.replace(of.ctx.config.url, ''))
}

async function join(at: Browser, more: Record<string, string> = {}) {
  const fields = { username: `skate_${serial}`, email: `skate_${serial}@example.net`, agreement: '1', ...more }
  return at.post('/sign-in/openid/join', fields)
}

describe('another service', () => {
  test('is offered at the door, and asked with state, nonce and PKCE', async () => {
    expect((await browser.get('/sign-in?next=/explore')).text).toContain('Continue with Lighthouse')
    const away = await browser.get('/sign-in/openid?next=/explore')
    const asked = new URL(away.location ?? '')
    expect(asked.origin).toBe(provider.issuer)
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'hamlet',
      redirect_uri: `${town.ctx.config.url}/sign-in/openid/back`,
      scope: 'openid profile email',
      code_challenge_method: 'S256',
    })
    const cookie = away.headers.getSetCookie().join('\n')
    expect(cookie).toMatch(/__Host-hamlet-flow=v1\.[^;]+; Max-Age=900; Path=\/; HttpOnly; Secure; SameSite=Lax/)
    expect(cookie).not.toContain(asked.searchParams.get('nonce'))
  })

  test('brings somebody new through the gates of sign-up, and knows them the next time', async () => {
    const email = `skate_${serial}@example.net`
    const says = { email, email_verified: true, preferred_username: `skate_${serial}!` }
    const form = await comeBack(browser, says)
    expect(form.location).toBe('/sign-in/openid/join')
    const page = await browser.get('/sign-in/openid/join')
    expect(page.text).toContain(`value="skate_${serial}"`)
    expect((await join(browser, { agreement: '' })).status).toBe(422)
    expect((await join(browser, { username: 'admin' })).status).toBe(422)
    expect(await join(browser)).toMatchObject({ status: 303, location: '/explore' })
    expect((await whoAmI(browser)).body.acct).toBe(`skate_${serial}`)
    const again = openBrowser(town.url)
    expect(await comeBack(again)).toMatchObject({ status: 303, location: '/explore' })
    expect((await whoAmI(again)).body.acct).toBe(`skate_${serial}`)
    const history = (await again.api('GET', '/api/hamlet/v1/security/sign_ins')).body
    expect(history[0]).toMatchObject({ method: 'openid', succeeded: true })
  })

  test.each([
    ['not verified', { email_verified: false }, {}],
    ['another than the one that was verified', { email_verified: true }, { email: 'other_x@example.net' }],
  ])('an address that is %s must be confirmed', async (_name, says, fields) => {
    await comeBack(browser, { email: `skate_${serial}@example.net`, ...says })
    const answer = await join(browser, fields)
    expect(answer.status).toBe(200)
    expect((await whoAmI(browser)).status).toBe(401)
  })

  test('a closed server takes nobody, and one that reads every request lets them wait', async () => {
    await writeSetting(town.ctx, 'registrations', 'closed')
    await comeBack(browser, { email: 'x@example.net', email_verified: true })
    expect((await join(browser)).status).toBe(422)
    await writeSetting(town.ctx, 'registrations', 'approval')
    await comeBack(browser, { email: `skate_${serial}@example.net`, email_verified: true })
    expect((await join(browser, { reason: 'I row.' })).text).toContain('A person reads every request to join')
    expect((await whoAmI(browser)).status).toBe(401)
    await writeSetting(town.ctx, 'registrations', 'open')
  })

  test('does not open an account by its address alone', async () => {
    const who = await town.person(`ray_${serial}`)
    const answer = await comeBack(browser, { email: `${who.username}@example.org`, email_verified: true })
    expect(answer.location).toBe('/sign-in/openid/join')
    const joined = await join(browser, { email: `${who.username}@example.org` })
    expect(joined.text).toContain('Look into your mail')
    expect((await whoAmI(browser)).status).toBe(401)
  })

  test('is linked by somebody who is signed in and has just proved it, and then opens their account', async () => {
    const who = await town.person(`ray_${serial}`)
    const home = await atHome(town, who)
    expect((await comeBack(home, {}, { query: '?link=1' })).location).toBe('/settings/security')
    expect((await comeBack(browser)).location).toBe('/explore')
    expect((await whoAmI(browser)).body.acct).toBe(who.username)
    const other = await atHome(town, await town.person(`other_${serial}`))
    expect((await comeBack(other, {}, { query: '?link=1' })).status).toBe(422)
    const late = await atHome(town, await town.person(`late_${serial}`))
    town.clock.advance(3_600_001)
    expect((await comeBack(late, { sub: `late-${serial}` }, { query: '?link=1' })).status).toBe(422)
  })

  test('a second factor that is set up here is asked for all the same', async () => {
    const who = await town.person(`ray_${serial}`)
    const home = await atHome(town, who)
    await comeBack(home, {}, { query: '?link=1' })
    const { secret } = await setUpTotp(town, home)
    const page = await comeBack(browser)
    expect(page.text).toContain('autocomplete="one-time-code"')
    expect((await whoAmI(browser)).status).toBe(401)
    const fields = { key: hidden(page, 'key'), code: nextCode(town, secret), next: hidden(page, 'next') }
    expect(await browser.post('/sign-in/second', fields)).toMatchObject({ status: 303, location: '/explore' })
  })
})

describe('what is not an answer to the question', () => {
  test('OA-25: another browser cannot use it', async () => {
    const away = await browser.get('/sign-in/openid')
    const back = provider.agree(away.location ?? '', { sub: 'sub-x' }).replace(town.ctx.config.url, '')
    for (const victim of [openBrowser(town.url), openBrowser(town.url)]) {
      const answer = await victim.get(back)
      expect(answer.status).toBe(422)
      expect(victim.cookies.size).toBe(0)
      await victim.get('/sign-in/openid')
      expect((await victim.get(back)).status).toBe(422)
    }
  })

  test.each<[string, Says]>([
    ['another nonce', { nonce: 'x' }],
    ['for another server', { aud: 'other' }],
    ['of another service', { iss: 'https://evil.example' }],
    ['too old', { exp: 1 }],
    ['signed by another key', { isSignedByOther: true }],
  ])('OA-26: %s', async (_name, says) => {
    const answer = await comeBack(browser, says)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('The other service did not say who you are.')
  })

  test('a code that comes twice, a state that is changed, a cookie that is written by hand', async () => {
    const away = await browser.get('/sign-in/openid')
    const back = provider.agree(away.location ?? '').replace(town.ctx.config.url, '')
    const flow = browser.cookies.get('__Host-hamlet-flow') ?? ''
    expect((await browser.get(back.replace(/state=[^&]+/, 'state=x'))).status).toBe(422)
    browser.cookies.set('__Host-hamlet-flow', `${flow.slice(0, -2)}AA`)
    expect((await browser.get(back)).status).toBe(422)
    browser.cookies.set('__Host-hamlet-flow', flow)
    expect((await browser.get(back)).status).toBe(303)
    browser.cookies.set('__Host-hamlet-flow', flow)
    expect((await browser.get(back)).status).toBe(422)
    for (const path of ['/sign-in/openid/back', '/sign-in/openid/back?error=access_denied&state=x'])
      expect((await openBrowser(town.url).get(path)).status).toBe(422)
  })

  test('nobody joins without having been there, and not after a quarter of an hour', async () => {
    expect((await browser.get('/sign-in/openid/join')).location).toBe('/sign-in')
    expect((await join(browser)).status).toBe(422)
    await comeBack(browser)
    town.clock.advance(15 * 60_000 + 1)
    expect((await join(browser)).status).toBe(422)
  })
})

test('by wish of the operator it opens the account of an address that it made sure of', async () => {
  await using linking = await startTown({ environment: environment({ HAMLET_OIDC_LINK_BY_EMAIL: 'on' }) })
  const who = await linking.person('ray')
  const unsure = await comeBack(openBrowser(linking.url), { email: 'ray@example.org' }, { of: linking })
  expect(unsure.location).toBe('/sign-in/openid/join')
  const guest = openBrowser(linking.url)
  const says = { email: 'RAY@example.org', email_verified: true }
  expect(await comeBack(guest, says, { of: linking })).toMatchObject({ status: 303, location: '/explore' })
  expect((await whoAmI(guest)).body.acct).toBe(who.username)
})

test('where it is the only way, passwords and sign-up are shut, in pages and for apps', async () => {
  await using only = await startTown({ environment: environment({ HAMLET_OIDC_ONLY: 'on' }) })
  await writeSetting(only.ctx, 'registrations', 'open')
  await only.person('ray')
  const guest = openBrowser(only.url)
  expect((await guest.get('/sign-in')).text).not.toContain('name="password"')
  const refused = await guest.post('/sign-in', { login: 'ray', password: 'correct horse' })
  expect(refused.status).toBe(422)
  expect(guest.cookies.size).toBe(0)
  const app = { client_name: 'x', redirect_uris: 'app://x', scopes: 'read write' }
  const { client_id, client_secret } = (await only.call('POST', '/api/v1/apps', { json: app })).body
  const grant = { grant_type: 'client_credentials', scope: 'read write', client_id, client_secret }
  const token = (await only.call('POST', '/oauth/token', { json: grant })).body.access_token
  const json = { username: 'newone', email: 'n@example.net', password: 'battery staple', agreement: true, locale: 'en' }
  expect((await only.call('POST', '/api/v1/accounts', { token, json })).status).toBe(403)
})

test('a server without one says so', async () => {
  await using plain = await startTown()
  expect((await openBrowser(plain.url).get('/sign-in/openid')).status).toBe(404)
  expect((await openBrowser(plain.url).get('/sign-in')).text).not.toContain('/sign-in/openid')
})
