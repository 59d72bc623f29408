import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { judgeSignUp } from '#features/gates'
import { requireRoleId } from '#features/roles'
import { writeSetting } from '#features/settings'
import { openBrowser } from '#test/browser'
import { filledIn } from '#test/sign-up'
import { startTown, type Answer, type Person, type TestTown } from '#test/test-town'
import { schedules } from './jobs.ts'
import { skeletonOf } from './skeleton.ts'

const DOMAINS = '/api/v1/admin/email_domain_blocks'
const NAMES = '/api/web/moderation/names'
const DAY_MS = 24 * 3_600_000

let town: TestTown
let oda: Person
let ines: Person
let appToken: string
beforeAll(async () => {
  town = await startTown()
  oda = await town.person('oda', 'read write admin:read admin:write')
  ines = await town.person('ines', 'read write admin:read admin:write')
  await setRole(oda, requireRoleId('admin'))
  await writeSetting(town.ctx, 'registrations', 'open')
  const app = { client_name: 'x', redirect_uris: 'app://done', scopes: 'read write' }
  const { client_id, client_secret } = (await town.call('POST', '/api/v1/apps', { json: app })).body
  const asked = { grant_type: 'client_credentials', client_id, client_secret, scope: 'read write' }
  appToken = (await town.call('POST', '/oauth/token', { json: asked })).body.access_token
})
afterAll(() => town[Symbol.asyncDispose]())

const setRole = (who: Person, role_id: string) =>
  town.ctx.db.updateTable('users').set({ role_id }).where('id', '=', who.userId).execute()
const call = (who: Person, method: string, path: string, json?: unknown): Promise<Answer> =>
  town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
const blockDomain = (domain: string, allow_with_approval = false) =>
  call(oda, 'POST', DOMAINS, { domain, allow_with_approval })
const blockName = (pattern: string, rest: Record<string, unknown> = {}) =>
  call(oda, 'POST', NAMES, { pattern, ...rest })
const actsOn = async (label: string): Promise<string[]> => {
  const log = (await town.ctx.db.selectFrom('audit_log').selectAll().orderBy('id').execute()).filter(
    (entry) => entry.target_label === label,
  )
  expect(log.map((entry) => entry.actor_account_id)).toEqual(log.map(() => oda.accountId))
  return log.map((entry) => entry.action)
}

type NewPerson = { username: string; email: string }

async function standingOf(username: string): Promise<'refused' | 'approval' | 'pass'> {
  const person = await town.ctx.db
    .selectFrom('accounts')
    .innerJoin('user_accounts', 'user_accounts.account_id', 'accounts.id')
    .innerJoin('users', 'users.id', 'user_accounts.user_id')
    .select('users.approved_at')
    .where('accounts.username', '=', username)
    .executeTakeFirst()
  if (!person) return 'refused'
  return person.approved_at === null ? 'approval' : 'pass'
}

const byForm = (who: NewPerson) =>
  openBrowser(town.url).post('/sign-up', filledIn(town, { ...who, password: 'battery staple', agreement: '1' }))
const byApp = (who: NewPerson) =>
  town.call('POST', '/api/v1/accounts', {
    token: appToken,
    json: { ...who, password: 'battery staple', agreement: true },
  })

describe('signing up, by the form and by an app', () => {
  beforeAll(async () => {
    await blockName('scam', { comparison: 'contains' })
    await blockName('Captain', { allow_with_approval: true })
    await blockName('pier', { comparison: 'contains', allow_with_approval: true })
    await blockDomain('Spam.Example')
    await blockDomain('bücher.example')
    await blockDomain('odd.example', true)
    await blockDomain('worse.odd.example')
  })

  const reserved = { error: 'ERR_RESERVED', description: 'is reserved' }
  test.each(['admin', 'ADMIN', '4dm1n', '_ad_min_', 'admln', 'HamIet', 'h4m1et', 'r00t', 'my_scam_shop', '5C4Ming'])(
    'as %s is refused',
    async (username) => {
      const form = await byForm({ username, email: 'kelpie@example.net' })
      expect(form.status).toBe(422)
      expect(form.text).toContain('is reserved')
      const app = await byApp({ username, email: 'kelpie@example.net' })
      expect(app).toMatchObject({ status: 422, body: { details: { username: [reserved] } } })
      expect(app.body.error).toBe('Validation failed: Username is reserved')
      expect(await standingOf(username)).toBe('refused')
    },
  )

  const provider = { error: 'ERR_BLOCKED', description: 'comes from a provider that is not taken here' }
  test.each([
    'a@spam.example',
    'a@SPAM.example.',
    'a@mail.spam.example',
    'a@bücher.example',
    'a@xn--bcher-kva.example',
    'a@worse.odd.example',
    'a@very.worse.odd.example',
  ])('with %s is refused', async (email) => {
    const form = await byForm({ username: 'kelpie', email })
    expect(form.status).toBe(422)
    expect(form.text).toContain('comes from a provider that is not taken here')
    const app = await byApp({ username: 'kelpie', email })
    expect(app).toMatchObject({ status: 422, body: { details: { email: [provider] } } })
    expect(await standingOf('kelpie')).toBe('refused')
  })

  test.each(['a@spam.example/x', 'a@[127.0.0.1]', 'a@127.0.0.1', 'a@spam.example:25', 'a'])(
    'with %s is refused as no address',
    async (email) => {
      const app = await byApp({ username: 'kelpie', email })
      expect(app).toMatchObject({ status: 422, body: { details: { email: [{ error: 'ERR_INVALID' }] } } })
    },
  )

  test.each([
    [byForm, 'captain', 'a@example.net'],
    [byApp, 'capta1n', 'b@example.net'],
    [byForm, 'pierre', 'c@example.net'],
    [byApp, 'p1er_3', 'd@example.net'],
    [byForm, 'gull', 'e@odd.example'],
    [byApp, 'tern', 'f@rather.odd.example'],
  ])('%o as %s with %s waits for a moderator', async (door, username, email) => {
    expect((await door({ username, email })).status).toBe(200)
    expect(await standingOf(username)).toBe('approval')
  })

  test.each([
    [byForm, 'captains', 'g@example.net'],
    [byApp, 'administration', 'h@example.net'],
    [byForm, 'modest', 'i@notspam.example'],
    [byApp, 'rooted', 'j@spam.example.net'],
  ])('%o as %s with %s goes through', async (door, username, email) => {
    expect((await door({ username, email })).status).toBe(200)
    expect(await standingOf(username)).toBe('pass')
  })

  test('whether an address is known here is not told by a gate', async () => {
    await town.person('early')
    await town.ctx.db
      .updateTable('users')
      .set({ email: 'early@spam.example' })
      .where('email', 'like', 'early@%')
      .execute()
    const answers = await Promise.all(
      ['early@spam.example', 'nobody@spam.example'].map((email) => byApp({ username: 'kelpie', email })),
    )
    expect(answers[0]?.body).toEqual(answers[1]?.body)
  })

  test('an operator passes no gate', async () => {
    await town.person('support')
    expect(await standingOf('support')).toBe('pass')
  })

  test('a verdict costs a fixed number of queries, and one more for the count', async () => {
    await town.settled()
    const cost = (email: string) => town.countStatements(() => judgeSignUp(town.ctx, { username: 'kelpie', email }))
    expect([await cost('a@example.net'), await cost('a@a.b.c.spam.example')]).toEqual([4, 5])
  })
})

test('names that come with the server are compared as all others', async () => {
  const rows = await town.ctx.db.selectFrom('blocked_names').select(['pattern', 'skeleton']).execute()
  expect(rows.map((row) => row.skeleton)).toEqual(rows.map((row) => skeletonOf(row.pattern)))
  expect(rows.length).toBeGreaterThan(20)
})

describe('the list of mail domains', () => {
  test('is added to once and taken from once, however often one presses; the log says who did it', async () => {
    const presses = await Promise.all([1, 2, 3].map(() => blockDomain('Twice.Example')))
    expect(presses.map((press) => press.status).toSorted((a, b) => a - b)).toEqual([200, 422, 422])
    expect(presses.find((press) => press.status === 422)?.body.error).toBe(
      'Validation failed: Domain has already been taken',
    )
    const { id } = presses.find((press) => press.status === 200)?.body ?? {}
    expect((await call(oda, 'GET', `${DOMAINS}/${id}`)).body).toMatchObject({
      id,
      domain: 'twice.example',
      allow_with_approval: false,
    })
    const takes = await Promise.all([1, 2].map(() => call(oda, 'DELETE', `${DOMAINS}/${id}`)))
    expect(takes.map((take) => take.status).toSorted((a, b) => a - b)).toEqual([200, 404])
    expect((await call(oda, 'GET', `${DOMAINS}/${id}`)).status).toBe(404)
    await blockDomain('twice.example', true)
    expect(await actsOn('twice.example')).toEqual(['mail-domain.block', 'mail-domain.allow', 'mail-domain.hold'])
  })

  test('counts attempts by day, for seven days in the answer and fourteen in the database', async () => {
    const { id } = (await blockDomain('busy.example')).body
    const week = async () =>
      (await call(oda, 'GET', `${DOMAINS}/${id}`)).body.history.map((day: { uses: string }) => Number(day.uses))
    expect(await week()).toEqual([0, 0, 0, 0, 0, 0, 0])
    await byForm({ username: 'kelpie', email: 'a@busy.example' })
    await byApp({ username: 'kelpie', email: 'a@mail.busy.example' })
    town.clock.advance(3 * DAY_MS)
    await byApp({ username: 'kelpie', email: 'b@busy.example' })
    expect(await week()).toEqual([1, 0, 0, 2, 0, 0, 0])
    const { history } = (await call(oda, 'GET', `${DOMAINS}/${id}`)).body
    const midnight = new Date(town.clock.now()).setUTCHours(0, 0, 0, 0) / 1000
    expect(history[0]).toEqual({ day: String(midnight), accounts: '1', uses: '1' })
    expect(history[6].day).toBe(String(midnight - (6 * DAY_MS) / 1000))
    town.clock.advance(4 * DAY_MS)
    expect(await week()).toEqual([0, 0, 0, 0, 1, 0, 0])
    town.clock.advance(7 * DAY_MS)
    for (const { job } of schedules) await job.run(town.ctx, {})
    const kept = town.ctx.db.selectFrom('mail_domain_attempts').select('count').where('host', '=', 'busy.example')
    expect(await kept.execute()).toEqual([{ count: 1 }])
    town.clock.advance(3 * DAY_MS)
    for (const { job } of schedules) await job.run(town.ctx, {})
    expect(await kept.execute()).toEqual([])
  })

  test('comes in pages, the newest first, at a fixed cost', async () => {
    await town.settled()
    // A token that was not seen for long is written down as seen.
    await call(oda, 'GET', `${DOMAINS}?limit=1`)
    const first = await town.countStatements(() => call(oda, 'GET', `${DOMAINS}?limit=1`))
    for (let at = 0; at < 5; at += 1) await blockDomain(`page-${at}.example`)
    const answer = await call(oda, 'GET', `${DOMAINS}?limit=2`)
    const domains = (body: { domain: string }[]) => body.map((one) => one.domain)
    expect(domains(answer.body)).toEqual(['page-4.example', 'page-3.example'])
    const next = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1] ?? ''
    const { pathname, search } = new URL(next)
    expect(domains((await call(oda, 'GET', pathname + search)).body)).toEqual(['page-2.example', 'page-1.example'])
    const above = await call(oda, 'GET', `${DOMAINS}?limit=1&min_id=${answer.body[1].id}`)
    expect(domains(above.body)).toEqual(['page-4.example'])
    expect(await town.countStatements(() => call(oda, 'GET', DOMAINS))).toBe(first)
  })

  test.each([
    '',
    '  ',
    'not a domain',
    'a@b.example',
    'x.example:25',
    'x.example/y',
    '127.0.0.1',
    '[::1]',
    '*.example',
  ])('does not take "%s"', async (domain) => {
    const answer = await blockDomain(domain)
    expect(answer.status).toBe(422)
    expect(answer.body.error).toMatch(/^Validation failed: Domain /)
  })
})

describe('the list of names', () => {
  test('is added to once and taken from once; a look-alike is on it already', async () => {
    const presses = await Promise.all([1, 2].map(() => blockName('@Harbour_Master')))
    expect(presses.map((press) => press.status).toSorted((a, b) => a - b)).toEqual([200, 422])
    expect((await blockName('h4rb0urm4ster')).status).toBe(422)
    const row = presses.find((press) => press.status === 200)?.body
    expect(row).toMatchObject({ pattern: 'harbour_master', comparison: 'exact', allow_with_approval: false })
    expect((await call(oda, 'GET', NAMES)).body[0]).toEqual(row)
    const takes = await Promise.all([1, 2].map(() => call(oda, 'DELETE', `${NAMES}/${row.id}`)))
    expect(takes.map((take) => take.status).toSorted((a, b) => a - b)).toEqual([200, 404])
    await blockName('harbour_master', { allow_with_approval: true, comparison: 'contains' })
    expect(await actsOn('harbour_master')).toEqual(['name.block', 'name.allow', 'name.hold'])
  })

  test('gives a name of the server free again', async () => {
    const names = (await call(oda, 'GET', NAMES)).body as { id: string; pattern: string }[]
    const info = names.find((one) => one.pattern === 'info')
    expect((await call(oda, 'DELETE', `${NAMES}/${info?.id}`)).status).toBe(200)
    expect((await byApp({ username: 'info', email: 'info@example.net' })).status).toBe(200)
  })

  test.each([
    ['nothing', { pattern: ' ' }],
    ['underscores alone', { pattern: '___' }],
    ['one letter for all names', { pattern: 'a_', comparison: 'contains' }],
    ['letters that no name has', { pattern: 'аdmin' }],
    ['a space', { pattern: 'a b' }],
    ['31 letters', { pattern: 'x'.repeat(31) }],
    ['another comparison', { pattern: 'fine', comparison: 'like' }],
  ])('does not take %s', async (_name, json) => {
    expect((await call(oda, 'POST', NAMES, json)).status).toBe(422)
  })
})

describe('who may', () => {
  const routes: [string, string, unknown?][] = [
    ['GET', DOMAINS],
    ['GET', `${DOMAINS}/1`],
    ['POST', DOMAINS, { domain: 'x.example' }],
    ['DELETE', `${DOMAINS}/1`],
    ['GET', NAMES],
    ['POST', NAMES, { pattern: 'kelpie' }],
    ['DELETE', `${NAMES}/1`],
  ]
  let narrow: Person
  let other: Person
  let pia: Person
  beforeAll(async () => {
    narrow = await town.person('narrow', 'read write')
    other = await town.person('other', 'read write admin:read:reports admin:write:reports')
    pia = await town.person('pia', 'read write admin:read admin:write')
    for (const who of [narrow, other]) await setRole(who, requireRoleId('owner'))
    await setRole(pia, requireRoleId('moderator'))
  })

  test.each(routes)('%s %s is for a scope and a permission together', async (method, path, json) => {
    for (const who of [narrow, other, ines, pia]) expect((await call(who, method, path, json)).status).toBe(403)
    expect((await town.call(method, path, json === undefined ? {} : { json })).status).toBe(401)
  })

  test('a role with this permission alone will do, and reading is not writing', async () => {
    const role = { id: '77', name: 'Porter', position: 5, permissions: String(1 << 7), created_at: '2026-11-25' }
    await town.ctx.db.insertInto('roles').values(role).execute()
    const porter = await town.person('porter', 'admin:read:email_domain_blocks')
    await setRole(porter, '77')
    expect((await call(porter, 'GET', DOMAINS)).status).toBe(200)
    expect((await call(porter, 'POST', DOMAINS, { domain: 'x.example' })).status).toBe(403)
    expect((await call(porter, 'POST', NAMES, { pattern: 'kelpie' })).status).toBe(403)
  })

  test.each(['99', 'x', '99999999999999999999'])('there is nothing under %s', async (id) => {
    expect((await call(oda, 'GET', `${DOMAINS}/${id}`)).status).toBe(404)
    expect((await call(oda, 'DELETE', `${DOMAINS}/${id}`)).status).toBe(404)
    expect((await call(oda, 'DELETE', `${NAMES}/${id}`)).status).toBe(404)
  })
})
