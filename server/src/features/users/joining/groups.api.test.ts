import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { requireRoleId } from '#features/roles'
import { writeSetting } from '#features/settings'
import { users } from '#features/users'
import { openBrowser } from '#test/browser'
import { keyOf, linksOf, readMails } from '#test/mail'
import { filledIn } from '#test/sign-up'
import { startTown, type Person, type TestTown } from '#test/test-town'
import { marksOf } from './marks.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const PATH = '/api/web/moderation/sign-ups'

let town: TestTown
let pia: Person
let oda: Person
let ines: Person
beforeAll(async () => {
  town = await startTown({ environment: { HAMLET_TRUSTED_PROXIES: '127.0.0.0/8' } })
  const scopes = 'read write admin:read admin:write'
  oda = await town.person('oda', scopes)
  pia = await town.person('pia', scopes)
  ines = await town.person('ines', scopes)
  for (const [who, role] of [
    [oda, 'owner'],
    [pia, 'moderator'],
  ] as const)
    await town.ctx.db
      .updateTable('users')
      .set({ role_id: requireRoleId(role) })
      .where('id', '=', who.userId)
      .execute()
  await writeSetting(town.ctx, 'registrations', 'approval')
})
afterAll(() => town[Symbol.asyncDispose]())

const call = (who: Person, method: string, path: string, json?: unknown) =>
  town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
const groups = async () => (await call(pia, 'GET', `${PATH}/groups`)).body
const groupOf = async (mark: string) => (await groups()).find((one: { mark: string }) => one.mark === mark)
const names = async (query = '') =>
  (await call(pia, 'GET', `${PATH}${query}`)).body.map((row: { username: string }) => row.username)
const decide = (who: Person, mark: string, decision: string, until: string) =>
  call(who, 'POST', `${PATH}/decision`, { mark, decision, until })

type Coming = { username: string; email?: string; reason?: string; ip?: string }
async function come({
  username,
  email = `${username}@common-${username}.example`,
  reason = `I am ${username}`,
  ip = '198.51.100.1',
}: Coming) {
  const fields = filledIn(town, { username, email, reason, password: 'battery staple', agreement: '1' })
  const headers = { origin: town.url, 'x-forwarded-for': ip }
  expect((await openBrowser(town.url).post('/sign-up', fields, headers)).status).toBe(200)
}
const confirm = async (email: string) => {
  await town.settled()
  await openBrowser(town.url).post('/confirm', { key: keyOf(linksOf(town, email)[0]) })
}

beforeEach(async () => {
  for (const row of (await call(pia, 'GET', PATH)).body)
    await call(pia, 'POST', `/api/v1/admin/accounts/${row.id}/reject`)
  await town.settled()
})

test.each([
  [
    {
      username: 'Buy4Less99',
      email: 'x@Spam.Example',
      ip: '203.0.113.77',
      reason: 'Hello, THERE!! 42',
      why: ['proof'],
    },
    ['address:203.0.113.0/24', 'mail:spam.example', 'name:buy#less#', 'reason:', 'why:proof'],
  ],
  [
    { username: 'kelpie', email: 'kelpie@gmail.com', ip: '2001:db8:1:2:3::4', reason: '', why: [] },
    ['address:2001:db8:1:2::/64'],
  ],
  [
    { username: 'kelpie', email: 'kelpie@gmail.com', ip: '::ffff:203.0.113.9', reason: ' ... ', why: [] },
    ['address:203.0.113.0/24'],
  ],
])('%o carries its marks', (marked, expected) => {
  const marks = marksOf(marked)
  expect(marks).toHaveLength(expected.length)
  for (const [at, mark] of expected.entries()) expect(marks[at]).toContain(mark)
})

test('a reason is the same whatever stands between its words', () => {
  const mark = (reason: string) => marksOf({ username: 'a', email: 'a@gmail.com', ip: 'x', reason, why: [] })[1]
  expect(mark('Hello, friends!')).toBe(mark(' hello friends 12'))
  expect(mark('Hello, friends!')).not.toBe(mark('Hello, foes!'))
})

describe('sign-ups that look alike', () => {
  test('are groups by network, mail domain, name and reason; two are none; who is let in is in none', async () => {
    for (const [at, ip] of ['203.0.113.5', '203.0.113.99', '203.0.113.200'].entries())
      await come({ username: `wave${at}1`, ip, email: `a${at}@gmail.com`, reason: 'I like it' })
    for (const at of [1, 2, 3])
      await come({ username: `other_${'abc'[at - 1]}`, ip: `192.0.${at}.1`, email: `b${at}@spam.example` })
    for (const at of [1, 2])
      await come({ username: `pair_${'ab'[at - 1]}`, ip: '192.0.9.1', email: `c${at}@two.example` })
    const found = await groups()
    expect(
      found.map((one: { mark: string; count: number }) => [one.mark.replace(/reason:.*/, 'reason'), one.count]),
    ).toEqual([
      ['address:203.0.113.0/24', 3],
      ['mail:spam.example', 3],
      ['name:wave#', 3],
      ['reason', 3],
    ])
    expect(found[3]).toMatchObject({
      kind: 'reason',
      value: 'I like it',
      usernames: ['wave01', 'wave11', 'wave21'],
      confirmed: 0,
    })
    expect(await names('?mark=mail:spam.example')).toEqual(['other_a', 'other_b', 'other_c'])
    const [row] = (await call(pia, 'GET', `${PATH}?mark=name:wave%23`)).body
    await call(pia, 'POST', `/api/v1/admin/accounts/${row.id}/approve`)
    expect(await groupOf('name:wave#')).toBeUndefined()
  })

  test('are turned away at once: nothing is left, only confirmed addresses get a mail, and the log has one line', async () => {
    for (const at of [1, 2, 3, 4]) await come({ username: `flood${at}`, email: `f${at}@flood.example` })
    await come({ username: 'bystander' })
    await confirm('f2@flood.example')
    const group = await groupOf('mail:flood.example')
    expect(group).toMatchObject({ count: 4, confirmed: 1 })
    const answer = await decide(pia, group.mark, 'reject', group.until)
    expect(answer).toMatchObject({ status: 200, body: { decided: 4 } })
    await town.settled()
    expect(await names()).toEqual(['bystander'])
    const left = await town.ctx.db
      .selectFrom('accounts')
      .select('username')
      .where('username', 'like', 'flood%')
      .execute()
    expect(left).toEqual([])
    const told = (at: number) =>
      readMails(town, `f${at}@flood.example`).filter((mail) => mail.subject.includes('Your request'))
    expect([1, 2, 3, 4].map((at) => told(at).length)).toEqual([0, 1, 0, 0])
    const log = await town.ctx.db
      .selectFrom('audit_log')
      .selectAll()
      .where('action', '=', 'sign-up.reject-group')
      .execute()
    expect(log).toEqual([
      expect.objectContaining({
        target_label: 'mail:flood.example',
        details: { count: 4 },
        actor_account_id: pia.accountId,
      }),
    ])
  })

  test('are let in at once, and who confirms later is in', async () => {
    for (const at of [1, 2, 3]) await come({ username: `choir${at}`, email: `c${at}@choir.example` })
    await confirm('c1@choir.example')
    const group = await groupOf('mail:choir.example')
    expect((await decide(pia, group.mark, 'approve', group.until)).body).toEqual({ decided: 3 })
    await town.settled()
    const signIn = (login: string) => openBrowser(town.url).post('/sign-in', { login, password: 'battery staple' })
    const leadsTo = async (login: string) => (await signIn(login)).headers.get('location')
    expect([await leadsTo('choir1'), await leadsTo('choir2')]).toEqual(['/home', '/access'])
    await openBrowser(town.url).post('/confirm', { key: keyOf(linksOf(town, 'c2@choir.example')[0]) })
    expect(await leadsTo('choir2')).toBe('/home')
  })

  test('of whom somebody came later are decided only as far as they were seen', async () => {
    for (const at of [1, 2, 3]) await come({ username: `early${at}`, email: `e${at}@late.example` })
    const group = await groupOf('mail:late.example')
    await come({ username: 'late4', email: 'e4@late.example' })
    expect((await decide(pia, group.mark, 'reject', group.until)).body).toEqual({ decided: 3 })
    expect(await names()).toEqual(['late4'])
  })

  test('are decided once, by whichever of two moderators was first', async () => {
    for (let at = 0; at < 6; at += 1) await come({ username: `twice${at}`, email: `t${at}@twice.example` })
    const group = await groupOf('mail:twice.example')
    const [yes, no] = await Promise.all([
      decide(pia, group.mark, 'approve', group.until),
      decide(oda, group.mark, 'reject', group.until),
    ])
    expect(yes.body.decided + no.body.decided).toBe(6)
    await town.settled()
    const inside = await town.ctx.db.selectFrom('accounts').select('id').where('username', 'like', 'twice%').execute()
    expect(inside).toHaveLength(yes.body.decided)
  })

  test('cost as many statements as there are many or few', async () => {
    for (const at of [1, 2, 3]) await come({ username: `count${at}`, email: `n${at}@count.example` })
    const cost = () => town.countStatements(() => call(pia, 'GET', `${PATH}/groups`))
    const few = await cost()
    for (const at of [4, 5, 6]) await come({ username: `count${at}`, email: `n${at}@count.example` })
    expect(await cost()).toBe(few)
  })

  test.each([
    ['no mark', { mark: 'everybody', decision: 'reject', until: '1' }, 422],
    ['no decision', { mark: 'mail:a.example', decision: 'ban', until: '1' }, 422],
    ['no id', { mark: 'mail:a.example', decision: 'reject', until: 'x' }, 422],
    ['nobody', { mark: 'mail:nobody.example', decision: 'reject', until: '1' }, 200],
  ])('%s decides about nobody', async (_what, json, status) => {
    await come({
      username: `stays_${status}${json.until}`.replaceAll(/\W/g, ''),
      email: `s@stays-${json.decision}.example`,
    })
    expect((await call(pia, 'POST', `${PATH}/decision`, json)).status).toBe(status)
    expect(await names()).toHaveLength(1)
  })

  test('are shown to those alone who may let people in', async () => {
    expect((await call(ines, 'GET', `${PATH}/groups`)).status).toBe(403)
    expect((await decide(ines, 'mail:a.example', 'reject', '1')).status).toBe(403)
  })
})

test('the team is told by one letter an hour, of those whose address is confirmed', async () => {
  const tell = async () => {
    for (const { job } of users.schedules.filter((one) => one.job.name === 'users.tell-team'))
      await job.run(town.ctx, {})
    await town.settled()
  }
  const letters = (who: Person) =>
    readMails(town, `${who.username}@example.org`).filter((mail) => mail.subject.includes('to join'))
  for (const name of ['asker_a', 'asker_b', 'silent']) await come({ username: name, email: `${name}@asking.example` })
  await tell()
  expect(letters(pia)).toEqual([])
  for (const name of ['asker_a', 'asker_b']) await confirm(`${name}@asking.example`)
  await tell()
  for (const who of [pia, oda]) {
    expect(letters(who)).toHaveLength(1)
    expect(letters(who)[0]?.subject).toBe('3 people wait to join Hamlet')
    expect(letters(who)[0]?.text).toContain('@asker_a, @asker_b')
    expect(letters(who)[0]?.text).toContain('/moderation/sign-ups')
  }
  expect(letters(ines)).toEqual([])
  town.clock.advance(3_700_000)
  await tell()
  expect(letters(pia)).toHaveLength(1)
})
