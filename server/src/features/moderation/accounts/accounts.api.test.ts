import type { AdminAccount } from '@hamlet/contract/sign-up'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { requireAccount } from '#features/accounts'
import { requireRoleId, roleNames, type RoleName } from '#features/roles'
import { mailsTo } from '#test/mail'
import { startPeer, type Peer } from '#test/peer'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 60_000 })

const PATH = '/api/v1/admin/accounts'
let town: TestTown
let peer: Peer
let oda: Person
let pia: Person
let tern: Person
let strangerId: string
beforeAll(async () => {
  town = await startTown({ isReachable: true, environment: { HAMLET_RATE_LIMIT_FACTOR: '1000' } })
  peer = await startPeer()
  oda = await town.person('oda', 'read write follow admin:read admin:write')
  pia = await town.person('pia', 'read write admin:read:accounts admin:write:accounts')
  tern = await town.person('tern', 'read write')
  await setRole(oda, 'owner')
  await setRole(pia, 'moderator')
  peer.addActor('skua')
  const found = await call(oda, 'GET', `/api/v2/search?resolve=true&q=@skua@${encodeURIComponent(peer.host)}`)
  strangerId = found.body.accounts[0].id
})
afterAll(async () => {
  await peer[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})

const setRole = (who: Person, role: RoleName) =>
  town.ctx.db
    .updateTable('users')
    .set({ role_id: requireRoleId(role) })
    .where('id', '=', who.userId)
    .execute()
const call = (who: Person, method: string, path: string, json?: unknown) =>
  town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
const act = (who: Person, id: string, json: Record<string, unknown>) => call(who, 'POST', `${PATH}/${id}/action`, json)
const show = async (id: string) => (await call(pia, 'GET', `${PATH}/${id}`)).body as AdminAccount
const names = async (query: string, version = 2) => {
  const { status, body } = await call(pia, 'GET', `/api/v${version}/admin/accounts?${query}`)
  expect(status).toBe(200)
  return (body as AdminAccount[]).map((one) => one.username).toSorted()
}

describe('who is on the list', () => {
  test.each([
    ['', ['oda', 'pia', 'skua', 'tern']],
    ['origin=local', ['oda', 'pia', 'tern']],
    ['origin=remote', ['skua']],
    ['permissions=staff', ['oda', 'pia']],
    [`role_ids[]=${requireRoleId('moderator')}`, ['pia']],
    ['role_ids[]=nonsense&username=te', ['tern']],
    ['username=TE', ['tern']],
    ['username=@te', ['tern']],
    ['username=%25', []],
    ['display_name=nobody', []],
    ['email=tern@', ['tern']],
    ['status=pending', []],
    ['status=active&origin=local', ['oda', 'pia', 'tern']],
  ])('%s', async (query, expected) => {
    expect(await names(query)).toEqual(expected)
  })

  test('by server, and by the address that a browser was seen at', async () => {
    expect(await names(`by_domain=${peer.host}`)).toEqual(['skua'])
    await town.ctx.db
      .insertInto('sessions')
      .values({
        id: '5',
        user_id: tern.userId,
        account_id: tern.accountId,
        secret_hash: Buffer.from('x'),
        ip: '192.0.2.7',
        created_at: '2026-11-26',
        last_seen_at: '2026-11-26',
      })
      .execute()
    for (const ip of ['192.0.2.7', '192.0.2.0/24', '0.0.0.0/0']) expect(await names(`ip=${ip}`), ip).toEqual(['tern'])
    for (const ip of ['192.0.2.8', '2001:db8::/32']) expect(await names(`ip=${ip}`), ip).toEqual([])
    expect(await show(tern.accountId)).toMatchObject({ ip: '192.0.2.7', ips: [{ ip: '192.0.2.7' }] })
  })

  test.each(['origin=moon', 'status=odd', 'permissions=all', 'ip=nowhere', 'ip=1.2.3.4/99', "ip=1.2.3.4';--"])(
    '%s is refused with 400',
    async (query) => {
      expect((await call(pia, 'GET', `/api/v2/admin/accounts?${query}`)).status).toBe(400)
    },
  )

  test('version 1 lists people of here who are active, and takes the last flag that is set', async () => {
    expect(await names('', 1)).toEqual(['oda', 'pia', 'tern'])
    expect(await names('remote=true', 1)).toEqual(['skua'])
    expect(await names('staff=true', 1)).toEqual(['oda', 'pia'])
    expect(await names('active=true&suspended=true', 1)).toEqual([])
  })

  test('comes in pages, and costs as many statements for many as for one', async () => {
    const page = await call(pia, 'GET', `${PATH}?limit=1`)
    expect(page.body).toHaveLength(1)
    expect(page.headers.get('link')).toMatch(/rel="next".*rel="prev"/)
    const cost = (query: string) => town.countStatements(() => call(pia, 'GET', `/api/v2/admin/accounts?${query}`))
    await cost('limit=1')
    expect(await cost('limit=200&origin=local')).toBe(await cost('limit=1&origin=local'))
  })
})

test('of people of other servers nothing is known that only their own server knows', async () => {
  expect(await show(strangerId)).toMatchObject({
    domain: peer.host,
    email: null,
    ip: null,
    ips: [],
    confirmed: null,
    disabled: null,
    role: null,
    suspended: false,
  })
})

describe('what is done about somebody', () => {
  beforeEach(async () => {
    for (const verb of ['enable', 'unsensitive', 'unsilence', 'unsuspend'])
      await call(oda, 'POST', `${PATH}/${tern.accountId}/${verb}`)
  })

  test.each([
    ['sensitive', 'sensitized', 'unsensitive'],
    ['disable', 'disabled', 'enable'],
    ['silence', 'silenced', 'unsilence'],
    ['suspend', 'suspended', 'unsuspend'],
  ] as const)('%s is a measure that is seen, logged, told and taken back', async (type, flag, back) => {
    const { accountId } = tern
    const before = mailsTo(town, 'tern@example.org').length
    expect((await act(pia, accountId, { type, text: 'Enough', send_email_notification: true })).status).toBe(200)
    expect((await show(accountId))[flag]).toBe(true)
    expect(await names(`status=${flag}`)).toEqual(['tern'])
    expect((await call(tern, 'GET', '/api/v1/timelines/home')).status).toBe(
      type === 'disable' || type === 'suspend' ? 403 : 200,
    )
    await town.settled()
    expect(mailsTo(town, 'tern@example.org')).toHaveLength(before + 1)
    const lifted = await call(pia, 'POST', `${PATH}/${accountId}/${back}`)
    expect(lifted.body).toMatchObject({ id: accountId, [flag]: false })
    expect((await call(pia, 'POST', `${PATH}/${accountId}/${back}`)).status).toBe(200)
    expect((await call(tern, 'GET', '/api/v1/timelines/home')).status).toBe(200)
    const log = await town.ctx.db.selectFrom('audit_log').select('action').orderBy('id', 'desc').limit(2).execute()
    expect(log.map((line) => line.action)).toEqual([
      expect.stringMatching(/^account\.un/),
      expect.stringMatching(/^account\.(?!un)/),
    ])
  })

  test('all media of whoever is marked are sensitive, here and on their way to others', async () => {
    const post = (await call(tern, 'POST', '/api/v1/statuses', { status: 'a plain post' })).body
    expect(post.sensitive).toBe(false)
    await act(pia, tern.accountId, { type: 'sensitive' })
    expect((await call(oda, 'GET', `/api/v1/statuses/${post.id}`)).body.sensitive).toBe(true)
    const headers = { accept: 'application/activity+json' }
    const note = await town.call('GET', new URL(post.uri).pathname, { headers })
    expect(note.body).toMatchObject({ type: 'Note', sensitive: true })
    await call(pia, 'POST', `${PATH}/${tern.accountId}/unsensitive`)
    expect((await call(oda, 'GET', `/api/v1/statuses/${post.id}`)).body.sensitive).toBe(false)
  })

  test('without being asked to, nobody is mailed', async () => {
    const before = mailsTo(town, 'tern@example.org').length
    await act(pia, tern.accountId, { type: 'none', text: 'Mind your words' })
    await town.settled()
    expect(mailsTo(town, 'tern@example.org')).toHaveLength(before)
  })

  test('a report is decided with it, and is not decided twice', async () => {
    const filed = await call(oda, 'POST', '/api/v1/reports', { account_id: tern.accountId, comment: 'rude' })
    const json = { type: 'none', report_id: filed.body.id }
    expect((await act(pia, oda.accountId, json)).status).toBe(403)
    expect((await act(pia, strangerId, { ...json, type: 'silence' })).status).toBe(404)
    expect((await act(pia, tern.accountId, json)).status).toBe(200)
    const queue = (await call(oda, 'GET', '/api/web/moderation/queue')).body
    expect(queue.groups).toEqual([])
    expect((await act(pia, tern.accountId, json)).status).toBe(409)
    expect(await names('status=silenced')).toEqual([])
  })

  test.each([
    [{}, 422],
    [{ type: 'banish' }, 422],
    [{ type: 'suspend', report_id: '404404' }, 404],
    [{ type: 'suspend', report_id: 'x' }, 404],
    [{ type: 'none', text: 'x'.repeat(2001) }, 422],
  ])('%j is refused, and nothing has happened', async (json, status) => {
    expect((await act(pia, tern.accountId, json)).status).toBe(status)
    expect((await show(tern.accountId)).suspended).toBe(false)
  })

  test('of other servers only what is seen here can be changed', async () => {
    expect((await act(pia, strangerId, { type: 'disable' })).status).toBe(422)
    expect((await act(pia, strangerId, { type: 'none' })).status).toBe(422)
    for (const type of ['sensitive', 'silence', 'suspend'])
      expect((await act(pia, strangerId, { type })).status).toBe(200)
    expect(await requireAccount(town.ctx, strangerId)).toMatchObject({
      sensitized_at: expect.any(String),
      limited_at: expect.any(String),
      suspended_at: expect.any(String),
    })
    expect((await call(pia, 'POST', `${PATH}/${strangerId}/enable`)).status).toBe(404)
  })

  test.each(['404404', 'x', '99999999999999999999'])('there is nobody under %s', async (id) => {
    expect((await call(pia, 'GET', `${PATH}/${id}`)).status).toBe(404)
    expect((await act(pia, id, { type: 'suspend' })).status).toBe(404)
    for (const verb of ['enable', 'unsensitive', 'unsilence', 'unsuspend'])
      expect((await call(pia, 'POST', `${PATH}/${id}/${verb}`)).status).toBe(404)
  })
})

test('nobody acts on a role as high as theirs or higher: every pair, every act', async () => {
  const [actor, target] = [await town.person('actor', 'admin:read admin:write'), await town.person('target')]
  const rank = (role: RoleName) => roleNames.indexOf(role)
  let tried = 0
  for (const by of ['moderator', 'admin', 'owner'] as const)
    for (const of of roleNames) {
      // oxlint-disable no-await-in-loop -- one pair of people holds one pair of roles after the other
      await setRole(actor, by)
      await setRole(target, of)
      const expected = rank(of) < rank(by) ? 200 : 403
      for (const type of ['none', 'sensitive', 'disable', 'silence', 'suspend']) {
        expect((await act(actor, target.accountId, { type })).status, `${by} on ${of}: ${type}`).toBe(expected)
        tried += 1
      }
      for (const verb of ['enable', 'unsensitive', 'unsilence', 'unsuspend']) {
        const path = `${PATH}/${target.accountId}/${verb}`
        expect((await call(actor, 'POST', path)).status, `${by} on ${of}: ${verb}`).toBe(expected)
        tried += 1
      }
    }
  console.log(`${tried} acts of three roles on four`)
  expect(tried).toBe(3 * 4 * 9)
})
