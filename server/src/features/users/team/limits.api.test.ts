import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { bitsOf, roleIds, type Permission } from '#features/roles'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 60_000 })

const PATH = '/api/web/admin/roles'
let town: TestTown
let oda: Person
let middle: Person
let serial = 0
beforeAll(async () => {
  town = await startTown({ environment: { HAMLET_RATE_LIMIT_FACTOR: '1000' } })
  oda = await town.person('oda', 'read write admin:read admin:write')
  middle = await town.person('middle', 'read write admin:read admin:write')
  const may: Permission[] = ['manage_roles', 'invite_users']
  const role = { id: '77', name: 'Middle', position: 50, permissions: bitsOf(may), created_at: '2026-11-26' }
  await town.ctx.db.insertInto('roles').values(role).execute()
  await hold(oda, roleIds.owner)
  await hold(middle, '77')
})
afterAll(() => town[Symbol.asyncDispose]())

const hold = (who: Person, id: string) =>
  town.ctx.db.updateTable('users').set({ role_id: id }).where('id', '=', who.userId).execute()
const call = (who: Person, method: string, path: string, json?: Record<string, unknown>) =>
  town.call(method, path, { token: who.token, ...(json ? { json } : {}) })
const limit = async (json: Record<string, unknown>, id: string = roleIds.user, who = oda) =>
  (await call(who, 'PUT', `${PATH}/${id}`, json)).status
const fresh = () => town.person(`tern${(serial += 1)}`)
const post = async (who: Person, status = 'words') => (await call(who, 'POST', '/api/v1/statuses', { status })).status
const invite = async (who: Person) => (await call(who, 'POST', '/api/hamlet/v1/invites', {})).status

describe('how much the holders of a role may do', () => {
  test('posts in an hour: from the next one on, in words, and again an hour later; boosts are free', async () => {
    const who = await fresh()
    expect(await limit({ posts_per_hour: 2 })).toBe(200)
    const first = (await call(who, 'POST', '/api/v1/statuses', { status: 'one' })).body
    expect(await post(who, 'two')).toBe(200)
    const refused = await call(who, 'POST', '/api/v1/statuses', { status: 'three' })
    expect(refused).toMatchObject({ status: 429, body: { error: expect.stringContaining('2 posts an hour') } })
    expect((await call(who, 'GET', `/api/v1/accounts/${who.accountId}/statuses`)).body).toHaveLength(2)
    expect((await call(who, 'POST', `/api/v1/statuses/${first.id}/reblog`)).status).toBe(200)
    expect(await post(oda, 'whoever has another role')).toBe(200)
    expect(await limit({ posts_per_hour: 3 })).toBe(200)
    expect(await post(who, 'three')).toBe(200)
    town.clock.advance(3_600_001)
    expect(await post(who, 'four')).toBe(200)
    expect(await limit({ posts_per_hour: null })).toBe(200)
  })

  test('a thread is let through whole or not at all, and of ten at once no more than there is room for', async () => {
    const who = await fresh()
    await limit({ posts_per_hour: 3 })
    const posts = Array.from({ length: 4 }, (_, at) => ({ status: `part ${at}` }))
    expect((await call(who, 'POST', '/api/hamlet/v1/statuses/thread', { posts })).status).toBe(429)
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(who)))
    expect(answers.filter((status) => status === 200)).toHaveLength(3)
    expect(answers.filter((status) => status === 429)).toHaveLength(7)
    await limit({ posts_per_hour: null })
  })

  test('a post that was sent twice with one key is one, at the limit as below it', async () => {
    const who = await fresh()
    await limit({ posts_per_hour: 1 })
    const send = () =>
      town.call('POST', '/api/v1/statuses', {
        token: who.token,
        json: { status: 'once' },
        headers: { 'idempotency-key': 'once' },
      })
    const [one, again] = [await send(), await send()]
    expect([one.status, again.status]).toEqual([200, 200])
    expect(again.body.id).toBe(one.body.id)
    await limit({ posts_per_hour: null })
  })

  test('open invitations: none, some, and as many as before', async () => {
    const who = await fresh()
    expect(await limit({ open_invites: 1 })).toBe(200)
    expect([await invite(who), await invite(who)]).toEqual([200, 422])
    expect(await limit({ open_invites: 0 })).toBe(200)
    expect(await invite(await fresh())).toBe(422)
    expect(await limit({ open_invites: null })).toBe(200)
    expect(await invite(who)).toBe(200)
  })

  test.each([
    { posts_per_hour: 0 },
    { posts_per_hour: 301 },
    { posts_per_hour: 1.5 },
    { open_invites: -1 },
    { open_invites: 101 },
    { open_invites: 1e300 },
  ])('%o is refused', async (json) => {
    expect(await limit(json)).toBe(422)
  })

  test('is set by whoever stands higher, not for oneself, and the log says so', async () => {
    expect(await limit({ posts_per_hour: 5 }, '77', middle)).toBe(403)
    expect(await limit({ posts_per_hour: 5 }, roleIds.owner, middle)).toBe(403)
    expect(await limit({ posts_per_hour: 5 }, '77')).toBe(200)
    const listed = (await call(oda, 'GET', PATH)).body as { id: string; posts_per_hour: number | null }[]
    expect(listed.find((role) => role.id === '77')).toMatchObject({ posts_per_hour: 5, open_invites: null })
    const log = town.ctx.db.selectFrom('audit_log').select('details').orderBy('id', 'desc').limit(1)
    expect((await log.executeTakeFirstOrThrow()).details).toMatchObject({ posts_per_hour: 5 })
  })
})
