import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requireRoleId } from '#features/roles'
import { openBrowser } from '#test/browser'
import { keyOf, linksOf } from '#test/mail'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let oda: Person
let pia: Person
let ines: Person
const scopes = 'read write follow admin:read admin:write'
beforeAll(async () => {
  town = await startTown()
  oda = await town.person('oda', scopes)
  pia = await town.person('pia', scopes)
  ines = await town.person('ines', scopes)
  await setRole(oda, 'owner')
  await setRole(pia, 'moderator')
})
afterAll(() => town[Symbol.asyncDispose]())

const setRole = (who: Person, role: string) =>
  town.ctx.db
    .updateTable('users')
    .set({ role_id: requireRoleId(role) })
    .where('id', '=', who.userId)
    .execute()
const call = (who: Person, method: string, path: string, json?: unknown) =>
  town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
const report = (who: Person, json: Record<string, unknown>) => call(who, 'POST', '/api/v1/reports', json)
const decide = (who: Person, id: string, decision: string, text = '') =>
  call(who, 'POST', `/api/web/moderation/reports/${id}/decision`, { decision, text })
const queue = async () => (await call(pia, 'GET', '/api/web/moderation/queue')).body

async function troublemaker(name: string) {
  const who = await town.person(name)
  const post = (
    await call(who, 'POST', '/api/v1/statuses', { status: 'People like him should be thrown off the pier' })
  ).body
  const filed = await report(ines, {
    account_id: who.accountId,
    status_ids: [post.id],
    comment: 'A threat',
    category: 'violation',
  })
  return { who, post, reportId: filed.body.id as string }
}

const appealLinkOf = (address: string) => linksOf(town, address).find((link) => link.startsWith('/appeal?key=')) ?? ''

test('a report keeps what was said, and never tells who reported', async () => {
  const { who, post, reportId } = await troublemaker('tern')
  await call(who, 'PUT', `/api/v1/statuses/${post.id}`, { status: 'Think again' })
  const shown = (await call(pia, 'GET', `/api/web/moderation/reports/${reportId}`)).body
  expect(shown).toMatchObject({ comment: 'A threat', reporter: { acct: 'ines' }, target: { acct: 'tern' }, others: 0 })
  expect(shown.evidence[0]).toMatchObject({ id: post.id, place: 'reported', is_gone: false })
  expect(shown.evidence[0].html).toContain('thrown off the pier')
  expect(shown.evidence[0].now.html).toContain('Think again')
  expect(shown.consequences.map((one: { decision: string }) => one.decision)).toEqual([
    'none',
    'warn',
    'mark',
    'delete',
    'sensitive',
    'limit',
    'freeze',
    'suspend',
  ])
  const theirs = await Promise.all(
    ['/api/v1/notifications', '/api/v1/timelines/home', `/api/v1/accounts/${who.accountId}`].map((path) =>
      call(who, 'GET', path),
    ),
  )
  expect(theirs.map((answer) => answer.text).join()).not.toContain('A threat')
  await decide(pia, reportId, 'none')
})

test('suspended: gone from sight, signed out, told by mail; an appeal undoes it', async () => {
  const { who, post, reportId } = await troublemaker('gull')
  const browser = openBrowser(town.url)
  await browser.post('/sign-in', { login: 'gull', password: 'correct horse' })
  const presses = await Promise.all([1, 2, 3].map(() => decide(pia, reportId, 'suspend', 'This is a threat.')))
  expect(presses.map((press) => press.status).toSorted((a, b) => a - b)).toEqual([200, 409, 409])
  await town.settled()
  expect((await town.call('GET', `/api/v1/statuses/${post.id}`)).status).toBe(404)
  expect((await call(who, 'GET', '/api/v1/timelines/home')).status).toBe(403)
  expect((await browser.api('GET', '/api/v1/timelines/home')).status).toBe(403)
  expect((await town.call('GET', `/api/v1/accounts/${who.accountId}`)).body).toMatchObject({
    suspended: true,
    note: '',
  })
  const page = await browser.get('/@gull')
  expect(page.text).toContain('This account is suspended')
  const link = appealLinkOf('gull@example.org')
  const guest = openBrowser(town.url)
  expect((await guest.get(link)).text).toContain('Your account was suspended.')
  const key = keyOf(link)
  expect((await guest.post('/appeal', { key, text: ' ' })).status).toBe(422)
  expect((await guest.post('/appeal', { key, text: 'It was a joke among friends.' })).text).toContain(
    'with the moderators',
  )
  expect((await guest.post('/appeal', { key, text: 'again' })).status).toBe(422)
  expect((await guest.get('/appeal?key=guess')).status).toBe(404)
  const [appeal] = (await queue()).appeals
  expect(appeal).toMatchObject({ text: 'It was a joke among friends.', action: 'suspend', target: { acct: 'gull' } })
  expect(appeal).toMatchObject({ by: { acct: 'pia' }, words: expect.any(String), decided_at: expect.any(String) })
  const twice = await Promise.all(
    [1, 2].map(() => call(pia, 'POST', `/api/web/moderation/appeals/${appeal.id}/decision`, { approve: true })),
  )
  expect(twice.map((one) => one.status).toSorted((a, b) => a - b)).toEqual([200, 404])
  expect((await call(who, 'GET', '/api/v1/timelines/home')).status).toBe(200)
  expect((await town.call('GET', `/api/v1/statuses/${post.id}`)).status).toBe(200)
})

test('limited: out of public feeds and search, not out of the feeds of followers', async () => {
  const { who, post, reportId } = await troublemaker('heron')
  await call(ines, 'POST', `/api/v1/accounts/${who.accountId}/follow`)
  await decide(pia, reportId, 'limit')
  const ids = async (path: string, reader: Person) =>
    (await call(reader, 'GET', path)).body.map((one: { id: string }) => one.id)
  expect(await ids('/api/v1/timelines/public', oda)).not.toContain(post.id)
  expect(await ids('/api/v1/timelines/home', ines)).toContain(post.id)
  expect((await call(oda, 'GET', '/api/v2/search?q=hero')).body.accounts).toEqual([])
})

test('removed posts are gone, and the one decision closes every open report about the account', async () => {
  const { who, post, reportId } = await troublemaker('cormorant')
  const other = await report(oda, { account_id: who.accountId, category: 'spam' })
  expect(
    (await queue()).groups
      .flatMap((group: { items: { target: { acct: string }; report_ids: string[] }[] }) => group.items)
      .find((item: { target: { acct: string } }) => item.target.acct === 'cormorant').report_ids,
  ).toHaveLength(2)
  await decide(pia, reportId, 'delete')
  expect((await town.call('GET', `/api/v1/statuses/${post.id}`)).status).toBe(404)
  expect((await decide(pia, other.body.id, 'none')).status).toBe(409)
  const log = (await call(oda, 'GET', '/api/web/admin/log')).body
  expect(log.filter((entry: { target_label: string }) => entry.target_label === 'cormorant')).toMatchObject([
    { action: 'report.delete' },
  ])
})

describe('who may', () => {
  const routes: [string, string, unknown?][] = [
    ['GET', '/api/web/moderation/queue'],
    ['GET', '/api/web/moderation/reports/1'],
    ['POST', '/api/web/moderation/reports/1/decision', { decision: 'none' }],
    ['POST', '/api/web/moderation/appeals/1/decision', { approve: true }],
    ['GET', '/api/web/admin/log'],
    ['GET', '/api/web/moderation/domains'],
    ['POST', '/api/web/moderation/domains', { host: 'x.example', severity: 'suspend' }],
    ['DELETE', '/api/web/moderation/domains/x.example'],
  ]
  test.each(routes)('%s %s is not for members, and not for an app without the scope', async (method, path, json) => {
    expect((await call(ines, method, path, json)).status).toBe(403)
    const plain = await town.person(`plain${routes.findIndex((one) => one[1] === path && one[0] === method)}`)
    expect((await call(plain, method, path, json)).status).toBe(403)
    expect((await town.call(method, path, json === undefined ? {} : { json })).status).toBe(401)
  })
  test('a moderator does not treat servers, and nobody acts on the team', async () => {
    expect(
      (await call(pia, 'POST', '/api/web/moderation/domains', { host: 'x.example', severity: 'suspend' })).status,
    ).toBe(403)
    const about = async (who: Person) => (await report(ines, { account_id: who.accountId })).body.id as string
    expect((await decide(pia, await about(oda), 'suspend')).status).toBe(403)
    expect((await decide(pia, await about(pia), 'suspend')).status).toBe(403)
    expect((await decide(oda, await about(pia), 'warn')).status).toBe(200)
  })
  test('servers are treated by those who may, and the log says so', async () => {
    const set = (host: string) => call(oda, 'POST', '/api/web/moderation/domains', { host, severity: 'suspend' })
    expect((await set('Evil.Example')).status).toBe(200)
    expect((await set('not a host')).status).toBe(422)
    expect((await set('town.test')).status).toBe(422)
    expect((await call(oda, 'GET', '/api/web/moderation/domains')).body).toMatchObject([
      { host: 'evil.example', severity: 'suspend' },
    ])
    expect((await call(oda, 'DELETE', '/api/web/moderation/domains/evil.example')).status).toBe(200)
    expect((await call(oda, 'DELETE', '/api/web/moderation/domains/evil.example')).status).toBe(404)
    const log = (await call(oda, 'GET', '/api/web/admin/log')).body.map((entry: { action: string }) => entry.action)
    expect(log.slice(0, 2)).toEqual(['domain.allow', 'domain.suspend'])
  })
})

test.each([
  ['nobody', { account_id: '99' }, 404],
  ['no account', {}, 400],
  ['a name that is no id', { account_id: 'x' }, 404],
  ['an unknown category', { account_id: '1', category: 'rude' }, 422],
])('a report about %s is refused', async (_name, json, status) => {
  expect((await report(ines, json)).status).toBe(status)
})

test('posts that the reporter cannot see, and posts of others, are left out of the report', async () => {
  const hidden = await town.person('hidden')
  const secret = (await call(hidden, 'POST', '/api/v1/statuses', { status: 'for followers', visibility: 'private' }))
    .body
  const others = (await call(oda, 'POST', '/api/v1/statuses', { status: 'mine' })).body
  const filed = await report(ines, { account_id: hidden.accountId, status_ids: [secret.id, others.id, 'x'] })
  expect(filed.body).toMatchObject({ status_ids: [], target_account: { id: hidden.accountId } })
  expect((await call(pia, 'GET', `/api/web/moderation/reports/${filed.body.id}`)).body.evidence).toEqual([])
  expect((await report(ines, { account_id: hidden.accountId, comment: 'x'.repeat(1001) })).status).toBe(422)
})
