import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { requireRoleId } from '#features/roles'
import { writeSetting } from '#features/settings'
import { openBrowser } from '#test/browser'
import { findDifferences, readFacts } from '#test/facts'
import { keyOf, linksOf, mailsTo } from '#test/mail'
import { filledIn } from '#test/sign-up'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 30_000 })

let town: TestTown
let oda: Person
let pia: Person
let ines: Person
const scopes = 'read write admin:read admin:write'
beforeAll(async () => {
  town = await startTown()
  oda = await town.person('oda', scopes)
  pia = await town.person('pia', scopes)
  ines = await town.person('ines', scopes)
  await setRole(oda.userId, requireRoleId('owner'))
  await setRole(pia.userId, requireRoleId('moderator'))
  await writeSetting(town.ctx, 'registrations', 'approval')
})
afterAll(() => town[Symbol.asyncDispose]())

const setRole = (userId: string, role_id: string) =>
  town.ctx.db.updateTable('users').set({ role_id }).where('id', '=', userId).execute()
const call = (who: Person, method: string, path: string) => town.call(method, path, { token: who.token })
const decide = (who: Person, id: string, verb: 'approve' | 'reject') =>
  call(who, 'POST', `/api/v1/admin/accounts/${id}/${verb}`)
const waiting = async (query = '') => (await call(pia, 'GET', `/api/web/moderation/sign-ups${query}`)).body
const countWaiting = async () => (await call(pia, 'GET', '/api/web/moderation/queue')).body.sign_ups
const newestAct = async () => (await call(oda, 'GET', '/api/web/admin/log')).body[0]
const told = async (who: Person): Promise<string[]> => {
  const { body } = await call(who, 'GET', '/api/v1/notifications?types[]=admin.sign_up')
  return body.map((one: { account: { acct: string } }) => one.account.acct)
}

const addressOf = (name: string) => `${name}@example.net`

async function signUp(name: string) {
  const fields = { username: name, email: addressOf(name), password: 'battery staple', agreement: '1' }
  const answer = await openBrowser(town.url).post('/sign-up', filledIn(town, { ...fields, reason: `I am ${name}` }))
  expect(answer.status).toBe(200)
  await town.settled()
  return (await waiting()).find((one: { username: string }) => one.username === name).id as string
}

async function confirm(name: string): Promise<string> {
  return (await openBrowser(town.url).post('/confirm', { key: keyOf(linksOf(town, addressOf(name))[0]) })).text
}

const signIn = (name: string) => openBrowser(town.url).post('/sign-in', { login: name, password: 'battery staple' })

describe('let in', () => {
  test('a person who waits comes further than to their few pages only then, and gets a mail that says so', async () => {
    const id = await signUp('kelpie')
    await confirm('kelpie')
    expect((await signIn('kelpie')).location).toBe('/access')
    const answer = await decide(pia, id, 'approve')
    expect(answer).toMatchObject({
      status: 200,
      body: {
        id,
        username: 'kelpie',
        email: 'kelpie@example.net',
        confirmed: true,
        approved: true,
        invite_request: 'I am kelpie',
        // They came as far as the page that says that they wait.
        ips: [{ ip: '127.0.0.1', used_at: expect.any(String) }],
        role: { id: '-99' },
        account: { acct: 'kelpie' },
      },
    })
    expect(findDifferences(readFacts().entity('AdminAccount'), answer.body)).toEqual([])
    await town.settled()
    expect(linksOf(town, 'kelpie@example.net')).toEqual(['/sign-in'])
    expect((await signIn('kelpie')).location).toBe('/home')
    expect(await newestAct()).toMatchObject({ action: 'sign-up.approve', target_label: 'kelpie', target_id: id })
    expect(await waiting()).toEqual([])
  })

  test('whoever has not confirmed the address is in once they have, without a mail before', async () => {
    const id = await signUp('selkie')
    expect((await decide(pia, id, 'approve')).body).toMatchObject({ confirmed: false, approved: true })
    await town.settled()
    expect(mailsTo(town, 'selkie@example.net')).toHaveLength(1)
    expect((await signIn('selkie')).location).toBe('/access')
    expect(await confirm('selkie')).toContain('Welcome')
    expect((await signIn('selkie')).location).toBe('/home')
  })

  test('by an app: the team sees which, its token opens then, and the browsers that are signed in are named', async () => {
    const app = { client_name: 'Ivory', redirect_uris: 'app://done', scopes: 'read write' }
    const {
      client_id,
      client_secret,
      id: applicationId,
    } = (await town.call('POST', '/api/v1/apps', { json: app })).body
    const grant = { grant_type: 'client_credentials', client_id, client_secret, scope: 'read write' }
    const { access_token } = (await town.call('POST', '/oauth/token', { json: grant })).body
    const newcomer = { username: 'nix', email: addressOf('nix'), password: 'battery staple', agreement: true }
    const json = { ...newcomer, locale: 'de-AT', reason: 'By app' }
    const own = (await town.call('POST', '/api/v1/accounts', { token: access_token, json })).body.access_token
    const home = () => town.call('GET', '/api/v1/timelines/home', { token: own })
    await town.settled()
    await confirm('nix')
    expect((await home()).body).toEqual({ error: 'Your login is currently pending approval' })
    const [row] = await waiting()
    expect(row).toMatchObject({ username: 'nix', application: 'Ivory', confirmed: true, reason: 'By app' })
    const answer = await decide(pia, row.id, 'approve')
    expect(answer.body).toMatchObject({ created_by_application_id: applicationId, locale: 'de' })
    expect((await home()).status).toBe(200)
  })
})

describe('turned away', () => {
  test('nothing is left of them; the name and the address are free again, and a mail says so', async () => {
    const id = await signUp('merrow')
    expect(await told(pia)).toContain('merrow')
    expect(await decide(pia, id, 'reject')).toMatchObject({ status: 200, body: {} })
    await town.settled()
    const mail = mailsTo(town, 'merrow@example.net').at(-1)
    expect(mail).toContain('decided not to take it up')
    expect((await town.call('GET', `/api/v1/accounts/${id}`)).status).toBe(404)
    expect(await town.ctx.db.selectFrom('users').select('id').where('email', 'like', 'merrow%').execute()).toEqual([])
    expect((await signIn('merrow')).text).toContain('No account matches')
    expect(await told(pia)).not.toContain('merrow')
    expect(await newestAct()).toMatchObject({ action: 'sign-up.reject', target_label: 'merrow', target_id: null })
    const again = await signUp('merrow')
    expect(again).not.toBe(id)
    await decide(pia, again, 'approve')
  })

  test('the link to confirm the address leads nowhere any more', async () => {
    const id = await signUp('grindylow')
    const key = keyOf(linksOf(town, 'grindylow@example.net')[0])
    await decide(pia, id, 'reject')
    await town.settled()
    expect((await openBrowser(town.url).post('/confirm', { key })).text).toContain('This link is over')
  })
})

describe('once', () => {
  test.each(['approve', 'reject'] as const)('%s is said once, and nothing else after it', async (verb) => {
    const id = await signUp(`once_${verb}`)
    expect((await decide(pia, id, verb)).status).toBe(200)
    for (const later of ['approve', 'reject'] as const) expect((await decide(oda, id, later)).status).toBe(404)
  })

  test('of two moderators who decide at once one wins, and what they said holds', async () => {
    const id = await signUp('contested')
    await confirm('contested')
    const [yes, no] = await Promise.all([decide(pia, id, 'approve'), decide(oda, id, 'reject')])
    expect([yes.status, no.status].toSorted((a, b) => a - b)).toEqual([200, 404])
    await town.settled()
    const isIn = yes.status === 200
    expect((await signIn('contested')).status).toBe(isIn ? 303 : 422)
    expect((await newestAct()).action).toBe(isIn ? 'sign-up.approve' : 'sign-up.reject')
  })

  test.each([
    ['somebody who is in', () => ines.accountId],
    ['nobody', () => '99'],
    ['a name that is no id', () => 'x'],
  ])('%s cannot be decided', async (_name, id) => {
    for (const verb of ['approve', 'reject'] as const) expect((await decide(pia, id(), verb)).status).toBe(404)
    expect((await call(ines, 'GET', '/api/v1/timelines/home')).status).toBe(200)
  })
})

describe('who waits', () => {
  test('is listed from the oldest on, in pages, in as many statements for many as for one', async () => {
    const cost = () => town.countStatements(() => call(pia, 'GET', '/api/web/moderation/sign-ups'))
    const first = await signUp('first')
    expect(await waiting()).toEqual([
      {
        id: first,
        username: 'first',
        email: 'first@example.net',
        confirmed: false,
        reason: 'I am first',
        application: null,
        ip: '127.0.0.1',
        invited_by: null,
        why: [],
        created_at: expect.any(String),
      },
    ])
    const one = await cost()
    const [second, third] = [await signUp('second'), await signUp('third')]
    expect(await cost()).toBe(one)
    expect((await waiting()).map((row: { id: string }) => row.id)).toEqual([first, second, third])
    const page = await call(pia, 'GET', '/api/web/moderation/sign-ups?limit=2')
    expect(page.body.map((row: { id: string }) => row.id)).toEqual([first, second])
    const next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1] ?? ''
    const { search } = new URL(next)
    expect((await waiting(search)).map((row: { id: string }) => row.id)).toEqual([third])
    expect(await countWaiting()).toBe(3)
  })

  test('is told to those who may let them in, as long as they may', async () => {
    expect(await told(pia)).toEqual(expect.arrayContaining(['first', 'third']))
    expect(await told(ines)).toEqual([])
    const [group] = (await call(pia, 'GET', '/api/v2/notifications?types[]=admin.sign_up')).body.notification_groups
    expect(group).toMatchObject({ type: 'admin.sign_up', group_key: expect.stringMatching(/^admin\.sign_up-\d+$/) })
    expect(group.notifications_count).toBeGreaterThan(2)
    await setRole(pia.userId, requireRoleId('user'))
    expect(await told(pia)).toEqual([])
    await setRole(pia.userId, requireRoleId('moderator'))
  })
})

describe('who may', () => {
  const routes: [string, string][] = [
    ['GET', '/api/web/moderation/sign-ups'],
    ['POST', '/api/v1/admin/accounts/1/approve'],
    ['POST', '/api/v1/admin/accounts/1/reject'],
  ]
  test.each(routes)('%s %s is not for members, other duties, or an app without the scope', async (method, path) => {
    expect((await call(ines, method, path)).status).toBe(403)
    expect((await town.call(method, path)).status).toBe(401)
    const name = `plain${routes.findIndex((one) => one[1] === path)}`
    const plain = await town.person(name, 'read write admin:read:reports admin:write:reports')
    await setRole(plain.userId, requireRoleId('owner'))
    expect((await call(plain, method, path)).status).toBe(403)
    const judge = await town.person(`judge${name}`, scopes)
    const role = { id: `7${routes.findIndex((one) => one[1] === path)}`, name: 'Judge', position: 5, permissions: '16' }
    await town.ctx.db
      .insertInto('roles')
      .values({ ...role, created_at: new Date().toISOString() })
      .execute()
    await setRole(judge.userId, role.id)
    expect((await call(judge, method, path)).status).toBe(403)
  })

  test('nobody decides about the team', async () => {
    const id = await signUp('colleague')
    const admin = { role_id: requireRoleId('admin') }
    await town.ctx.db.updateTable('users').set(admin).where('email', '=', 'colleague@example.net').execute()
    for (const verb of ['approve', 'reject'] as const) expect((await decide(pia, id, verb)).status).toBe(403)
    expect((await decide(oda, id, 'approve')).status).toBe(200)
  })
})
