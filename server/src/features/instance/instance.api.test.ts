import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensureDomain, removeDomainPolicy, setDomainPolicy } from '#features/domains'
import { writeSetting } from '#features/settings'
import { readHost, type Host } from '#lib/host'
import { transact } from '#platform/context'
import { keyOf, linksOf } from '#test/mail'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let ines: Person
beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines')
  await transact(town.ctx, async (tx) => {
    for (const host of ['peer.test', 'peony.test', 'rose.test']) await ensureDomain(tx, readHost(host) as Host)
  })
})
afterAll(() => town[Symbol.asyncDispose]())

const get = (path: string, token?: string) => town.call('GET', path, token === undefined ? {} : { token })
const set = (name: string, value: string) => writeSetting(town.ctx, name, value)

test.each(['/api/v1/instance', '/api/v2/instance'])('%s names the key that browsers subscribe to', async (path) => {
  const { public_key } = (await town.call('GET', path)).body.configuration.vapid
  expect(public_key).toBe(town.ctx.vapid.publicKey)
  expect(Buffer.from(public_key, 'base64url')).toHaveLength(65)
})

describe('what the team says at length', () => {
  test('is there once it is written, as paragraphs and links, and on the page about the server', async () => {
    expect((await get('/api/v1/instance/privacy_policy')).status).toBe(404)
    expect((await get('/api/v1/instance/terms_of_service')).status).toBe(404)
    await set('description', 'A town')
    expect((await get('/api/v1/instance/extended_description')).body).toEqual({
      updated_at: null,
      content: '<p>A town</p>',
    })
    await set('extended_description', 'Row <b>gently</b>.\n\nSee https://sea.test/')
    await set('privacy_policy', 'We keep little.')
    await set('terms_of_service', 'Be kind.')
    const long = (await get('/api/v1/instance/extended_description')).body
    expect(long).toMatchObject({ updated_at: expect.stringMatching(/^\d{4}-.*Z$/) })
    expect(long.content).toMatch(/^<p>Row &lt;b&gt;gently&lt;\/b&gt;\.<\/p><p>See <a href="https:\/\/sea\.test\/"/)
    expect((await get('/api/v1/instance/privacy_policy')).body.content).toBe('<p>We keep little.</p>')
    const terms = (await get('/api/v1/instance/terms_of_service')).body
    const today = town.clock.now().toISOString().slice(0, 10)
    expect(terms).toEqual({ effective_date: today, effective: true, content: '<p>Be kind.</p>', succeeded_by: null })
    expect((await get(`/api/v1/instance/terms_of_service/${today}`)).body).toEqual(terms)
    expect((await get('/api/v1/instance/terms_of_service/2001-01-01')).status).toBe(404)
    const { urls } = (await get('/api/v2/instance')).body.configuration
    expect(urls).toMatchObject({
      privacy_policy: `${town.ctx.config.url}/privacy-policy`,
      terms_of_service: `${town.ctx.config.url}/terms-of-service`,
    })
    const page = (await get('/about')).text
    for (const words of ['Row &lt;b>gently', 'We keep little.', 'Be kind.', 'id="privacy"', 'id="terms"'])
      expect(page.replaceAll('&gt;', '>')).toContain(words)
  })

  test('is gone when it is emptied, and has an end', async () => {
    await set('privacy_policy', '  ')
    expect((await get('/api/v1/instance/privacy_policy')).status).toBe(404)
    await expect(set('privacy_policy', 'x'.repeat(50_001))).rejects.toThrow('50000 characters at most')
  })
})

describe('servers that are limited or shut out', () => {
  const path = '/api/v1/instance/domain_blocks'
  beforeAll(() =>
    transact(town.ctx, async (tx) => {
      await setDomainPolicy(tx, ines.accountId, 'noisy.test', { severity: 'silence', publicComment: 'noise' })
      await setDomainPolicy(tx, ines.accountId, 'watched.test', { severity: 'noop', privateComment: 'a secret' })
    }),
  )
  test.each([
    ['disabled', 'all', 404, 404, undefined],
    ['users', 'all', 404, 200, 'noise'],
    ['all', 'disabled', 200, 200, null],
    ['all', 'users', 200, 200, 'noise'],
  ] as const)('%s, reasons %s', async (shown, reasons, ...[anonymous, member, comment]) => {
    await set('show_domain_blocks', shown)
    await set('show_domain_blocks_rationale', reasons)
    const [outside, inside] = [await get(path), await get(path, ines.token)]
    expect([outside.status, inside.status]).toEqual([anonymous, member])
    if (anonymous === 200) expect(outside.body.map((one: { comment: string }) => one.comment)).toEqual([null])
    if (member === 200)
      expect(inside.body).toEqual([
        { domain: 'noisy.test', digest: expect.stringMatching(/^[0-9a-f]{64}$/), severity: 'silence', comment },
      ])
    expect(inside.text).not.toContain('secret')
  })
  afterAll(() =>
    transact(town.ctx, async (tx) => {
      for (const host of ['noisy.test', 'watched.test']) await removeDomainPolicy(tx, ines.accountId, host)
    }),
  )
})

test('servers that are known are listed and found by how they begin, unless the team keeps that to itself', async () => {
  expect((await get('/api/v1/instance/peers')).body).toEqual(['peer.test', 'peony.test', 'rose.test'])
  expect((await get('/api/v1/peers/search?q=PE')).body).toEqual(['peer.test', 'peony.test'])
  expect((await get('/api/v1/peers/search?q=%25')).body).toEqual([])
  expect(await get('/api/v1/peers/search?q=+')).toMatchObject({ status: 200, text: 'null' })
  await set('peers_api', 'off')
  for (const path of ['/api/v1/instance/peers', '/api/v1/peers/search?q=pe']) expect((await get(path)).status).toBe(404)
  await set('peers_api', 'on')
})

test('twelve weeks are counted, this one first, each from its Monday on; the team can keep that to itself', async () => {
  const say = { token: ines.token, json: { status: 'hello' } }
  for (const _ of [1, 2]) await town.call('POST', '/api/v1/statuses', say)
  const { body, headers } = await get('/api/v1/instance/activity')
  expect(headers.get('cache-control')).toContain('max-age=86400')
  expect(body).toHaveLength(12)
  expect(body[0]).toMatchObject({ statuses: '2', logins: '1', registrations: '1' })
  expect(body[1]).toMatchObject({ statuses: '0', logins: '0', registrations: '0' })
  const weeks = body.map((one: { week: string }) => new Date(Number(one.week) * 1000))
  expect(weeks.map((week: Date) => week.getUTCDay())).toEqual(Array(12).fill(1))
  await set('activity_api', 'off')
  expect((await get('/api/v1/instance/activity')).status).toBe(404)
})

test('an address is confirmed anew for the app that somebody signed up with, and for no other', async () => {
  await set('registrations', 'open')
  const app = async () => {
    const asked = { client_name: 'x', redirect_uris: 'app://done', scopes: 'read write' }
    const { client_id, client_secret } = (await town.call('POST', '/api/v1/apps', { json: asked })).body
    const grant = { grant_type: 'client_credentials', client_id, client_secret, scope: 'read write' }
    return (await town.call('POST', '/oauth/token', { json: grant })).body.access_token as string
  }
  const signUp = { username: 'kelpie', email: 'kelpei@example.net', password: 'battery staple' }
  const made = await town.call('POST', '/api/v1/accounts', {
    token: await app(),
    json: { ...signUp, agreement: true, locale: 'en' },
  })
  const token = made.body.access_token as string
  const again = (email?: string) =>
    town.call('POST', '/api/v1/emails/confirmations', { token, json: email === undefined ? {} : { email } })
  await town.settled()
  expect((await get('/api/v1/accounts/verify_credentials', token)).status).toBe(403)
  expect((await get('/api/v1/emails/check_confirmation', token)).text).toBe('false')
  expect(await again()).toMatchObject({ status: 200, body: {} })
  expect((await again('nonsense')).status).toBe(422)
  expect((await again('kelpie@example.net')).status).toBe(200)
  await town.settled()
  const links = linksOf(town, 'kelpie@example.net')
  expect(links.length).toBe(1)
  expect((await again('ines@example.org')).status).toBe(200)
  await town.settled()
  expect(linksOf(town, 'ines@example.org').filter((link) => link.includes('/confirm'))).toEqual([])
  const form = new URLSearchParams({ key: keyOf(links[0]) }).toString()
  await town.call('POST', '/confirm', { form, headers: { origin: town.ctx.config.url } })
  expect((await get('/api/v1/emails/check_confirmation', token)).text).toBe('true')
  expect((await again()).status).toBe(403)
  expect((await town.call('POST', '/api/v1/emails/confirmations', { token: ines.token, json: {} })).status).toBe(403)
})

test('many accounts are shown at once, each once; forty at most', async () => {
  const ids = [ines.accountId, ines.accountId, '1', 'x'].map((id) => `id[]=${id}`).join('&')
  const found = await get(`/api/v1/accounts?${ids}`)
  expect(found.body.map((one: { acct: string }) => one.acct)).toEqual(['ines'])
  const many = Array.from({ length: 41 }, (_, index) => `id[]=${index + 1}`).join('&')
  expect((await get(`/api/v1/accounts?${many}`)).status).toBe(422)
  expect(await get('/api/v1/accounts')).toMatchObject({ status: 200, body: [] })
})

test('what is not there is said truthfully, so that no app stumbles', async () => {
  expect((await get('/api/v1/annual_reports', ines.token)).body).toEqual({
    annual_reports: [],
    accounts: [],
    statuses: [],
  })
  expect((await get('/api/v1/annual_reports/2025/state', ines.token)).body).toEqual({ state: 'ineligible' })
  expect((await get('/api/v1/donation_campaigns', ines.token)).status).toBe(204)
  expect((await get(`/api/v1/accounts/${ines.accountId}/identity_proofs`, ines.token)).body).toEqual([])
  expect((await get(`/api/v1/accounts/${ines.accountId}/collections`)).body).toEqual({ collections: [] })
  expect((await get('/api/v1/accounts/1/collections')).status).toBe(404)
  const other = await town.person('other')
  expect((await get(`/api/v1/accounts/${ines.accountId}/in_collections`, other.token)).status).toBe(403)
})

test('the description of the API tells of a route that answers nothing', async () => {
  const { paths } = (await get('/api/openapi.json')).body
  expect(Object.keys(paths['/api/v1/donation_campaigns'].get.responses)).toEqual(['204', 'default'])
  expect(Object.keys(paths['/api/v1/announcements'].get.responses)).toEqual(['200', 'default'])
})
