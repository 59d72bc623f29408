import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { requireRoleId } from '#features/roles'
import { startTown, type Person, type TestTown } from '#test/test-town'

const PATH = '/api/web/admin/settings'
const SCOPES = 'read write admin:read admin:write'

let town: TestTown
let oda: Person
let bram: Person
let usual: Record<string, unknown>
beforeAll(async () => {
  town = await startTown()
  oda = await town.person('oda', SCOPES)
  bram = await town.person('bram', SCOPES)
  const role = { role_id: requireRoleId('owner') }
  await town.ctx.db.updateTable('users').set(role).where('id', '=', oda.userId).execute()
  usual = (await town.call('GET', PATH, { token: oda.token })).body
})
afterAll(() => town[Symbol.asyncDispose]())
beforeEach(async () => void (await patch(usual)))

const patch = (json: unknown, who = oda) => town.call('PATCH', PATH, { token: who.token, json })
const get = (path: string, token?: string) => town.call('GET', path, token === undefined ? {} : { token })
const listLog = () => town.ctx.db.selectFrom('audit_log').selectAll().where('action', '=', 'settings.server').execute()

test('what is named changes, and the log says what it was before and after; the same twice is once', async () => {
  const count = (await listLog()).length
  const wish = { title: 'Skerry', contact_email: 'team@town.test', languages: 'de, EN', status_url: 'https://up.test' }
  const shown = (await patch(wish)).body
  expect(shown).toEqual({ ...usual, ...wish, languages: 'de, en', status_url: 'https://up.test/' })
  expect((await get(PATH, oda.token)).body).toEqual(shown)
  await patch(wish)
  const log = await listLog()
  expect(log).toHaveLength(count + 1)
  expect(log.at(-1)).toMatchObject({
    actor_account_id: oda.accountId,
    target_label: 'title, contact_email, languages, status_url',
    details: { title: { before: usual.title, after: 'Skerry' }, languages: { before: 'en', after: 'de, en' } },
  })
  const instance = (await get('/api/v2/instance')).body
  expect(instance).toMatchObject({ title: 'Skerry', languages: ['de', 'en'], contact: { email: 'team@town.test' } })
  expect(instance.configuration.urls.status).toBe('https://up.test/')
})

test.each([
  { title: '' },
  { title: '   ' },
  { title: 'x'.repeat(101) },
  { contact_email: 'nobody' },
  { languages: 'klingon' },
  { languages: '' },
  { status_url: 'javascript:alert(1)' },
  { local_topics: 'disabled' },
  { trends: 'maybe' },
  { contact_account: 'nobody_here' },
])('%o does not fit, and nothing else is set either', async (wrong) => {
  expect((await patch({ description: 'changed', ...wrong })).status).toBe(422)
  expect((await get(PATH, oda.token)).body).toEqual(usual)
})

test('members and strangers are kept out', async () => {
  expect((await patch({ title: 'Mine' }, bram)).status).toBe(403)
  expect((await get(PATH, bram.token)).status).toBe(403)
  expect((await get(PATH)).status).toBe(401)
})

test('whom to turn to is shown with name and picture, until they are gone', async () => {
  await patch({ contact_account: '@Bram' })
  expect((await get('/api/v2/instance')).body.contact.account).toMatchObject({ acct: 'bram' })
  expect((await get('/api/v1/instance')).body.contact_account).toMatchObject({ acct: 'bram' })
  expect((await get('/about')).text).toContain('@bram')
  const gone = { suspended_at: town.clock.now().toISOString() }
  await town.ctx.db.updateTable('accounts').set(gone).where('id', '=', bram.accountId).execute()
  expect((await get('/api/v2/instance')).body.contact.account).toBe(null)
  await town.ctx.db.updateTable('accounts').set({ suspended_at: null }).where('id', '=', bram.accountId).execute()
})

describe('who may read along', () => {
  beforeAll(() => town.call('POST', '/api/v1/statuses', { token: bram.token, json: { status: 'ahoy #rowing' } }))
  const read = async (path: string, token?: string) => {
    const { status, body } = await get(path, token)
    return status === 200 ? body.length : status
  }
  test.each([
    ['local_feed', '/api/v1/timelines/public?local=true'],
    ['local_feed', '/api/v1/timelines/public'],
    ['remote_feed', '/api/v1/timelines/public'],
    ['remote_topics', '/api/v1/timelines/tag/rowing'],
  ])('%s: %s', async (name, path) => {
    expect([await read(path), await read(path, bram.token)]).toEqual([1, 1])
    await patch({ [name]: 'authenticated' })
    expect([await read(path), await read(path, bram.token)]).toEqual([422, 1])
    await patch({ [name]: 'disabled' })
    expect([await read(path), await read(path, bram.token), await read(path, oda.token)]).toEqual([422, 0, 1])
  })

  test('pages for visitors show no more than that', async () => {
    for (const path of ['/', '/tags/rowing', '/about']) expect((await get(path)).text).toContain('ahoy')
    await patch({ local_feed: 'authenticated', local_topics: 'authenticated' })
    for (const path of ['/', '/tags/rowing', '/about']) expect((await get(path)).text).not.toContain('ahoy')
    expect((await get('/api/v2/instance')).body.configuration.timelines_access).toMatchObject({
      live_feeds: { local: 'authenticated', remote: 'public' },
      hashtag_feeds: { local: 'authenticated', remote: 'public' },
    })
  })
})

test('the directory and what is talked about are there unless they are switched off', async () => {
  expect((await get('/api/v1/directory')).status).toBe(200)
  await patch({ trends: 'off', profile_directory: 'off' })
  expect((await get('/api/v1/directory')).status).toBe(404)
  for (const what of ['tags', 'statuses', 'links']) expect((await get(`/api/v1/trends/${what}`)).body).toEqual([])
})
