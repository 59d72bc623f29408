import type { TeamRole } from '@hamlet/contract/role'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { bitsOf, roleIds, type Permission } from '#features/roles'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 60_000 })

const PATH = '/api/web/admin/roles'
let town: TestTown
const people: Record<string, Person> = {}
/** A ladder of roles, each of which may hand out roles and nothing above itself. */
const LADDER: [name: string, position: number, may: Permission[]][] = [
  ['low', 20, ['manage_roles', 'manage_users']],
  ['middle', 50, ['manage_roles', 'manage_users', 'manage_reports']],
  ['high', 500, ['manage_roles', 'manage_users', 'manage_reports', 'manage_settings']],
]
const idOf = (name: string) => `9${LADDER.findIndex(([one]) => one === name)}`

beforeAll(async () => {
  town = await startTown({ environment: { HAMLET_RATE_LIMIT_FACTOR: '1000' } })
  for (const [name, position, may] of LADDER) {
    // oxlint-disable no-await-in-loop -- a handful, in order
    await town.ctx.db
      .insertInto('roles')
      .values({ id: idOf(name), name, position, permissions: bitsOf(may), created_at: '2026-11-26' })
      .execute()
    people[name] = await town.person(name, 'admin:read admin:write')
    await hold(people[name], idOf(name))
  }
  people['owner'] = await town.person('oda', 'admin:read admin:write')
  await hold(people['owner'], roleIds.owner)
})
afterAll(() => town[Symbol.asyncDispose]())

const hold = (who: Person, id: string) =>
  town.ctx.db.updateTable('users').set({ role_id: id }).where('id', '=', who.userId).execute()
const call = (who: string, method: string, path: string, json?: Record<string, unknown>) =>
  town.call(method, path, { token: people[who]!.token, ...(json ? { json } : {}) })
const list = async (who = 'owner') => (await call(who, 'GET', PATH)).body as TeamRole[]

describe('roles are made, changed and taken away', () => {
  test('one is made below one’s own, is listed, changed and dissolved, and the log says so', async () => {
    const wish = {
      name: ' Gardener ',
      position: 5,
      permissions: ['manage_reports'],
      color: '#1F7A8C',
      highlighted: true,
    }
    const made = await call('middle', 'POST', PATH, wish)
    expect(made).toMatchObject({
      status: 200,
      body: { name: 'Gardener', position: 5, permissions: ['manage_reports'], color: '#1f7a8c', highlighted: true },
    })
    expect(made.body).toMatchObject({ users_count: 0, builtin: false, editable: true, require_2fa: false })
    const who = await town.person('gus', 'read admin:read')
    expect(
      (await call('middle', 'POST', `/api/web/admin/accounts/${who.accountId}/role`, { role_id: made.body.id })).status,
    ).toBe(200)
    expect((await list()).find((one) => one.id === made.body.id)?.users_count).toBe(1)
    expect((await town.call('GET', '/api/web/moderation/queue', { token: who.token })).status).toBe(200)
    expect(
      (await call('middle', 'PUT', `${PATH}/${made.body.id}`, { name: 'Warden', permissions: [] })).body,
    ).toMatchObject({
      name: 'Warden',
      permissions: [],
      position: 5,
    })
    expect((await town.call('GET', '/api/web/moderation/queue', { token: who.token })).status).toBe(403)
    expect((await call('middle', 'DELETE', `${PATH}/${made.body.id}`)).status).toBe(200)
    expect((await list()).map((one) => one.id)).not.toContain(made.body.id)
    const row = await town.ctx.db.selectFrom('users').select('role_id').where('id', '=', who.userId).executeTakeFirst()
    expect(row?.role_id).toBe(roleIds.user)
    const acts = await town.ctx.db
      .selectFrom('audit_log')
      .select('action')
      .where('actor_account_id', '=', people['middle']!.accountId)
      .orderBy('id')
      .execute()
    expect(acts.map((one) => one.action)).toEqual(['role.create', 'role.assign', 'role.update', 'role.delete'])
  })

  const bad: [Record<string, unknown>, RegExp][] = [
    [{ position: 3 }, /Name can't be blank/],
    [{ name: 'x'.repeat(101) }, /too long/],
    [{ name: 'x', position: 1.5 }, /whole number/],
    [{ name: 'x', position: -1 }, /whole number/],
    [{ name: 'x', position: 2 ** 40 }, /whole number/],
    [{ name: 'x', permissions: ['fly'] }, /has no fly/],
    [{ name: 'x', color: 'red' }, /like #1f7a8c/],
  ]
  test.each(bad)('%j is refused in words', async (wish, words) => {
    const answer = await call('owner', 'POST', PATH, wish)
    expect(answer.status).toBe(422)
    expect(answer.body.error).toMatch(words)
  })

  test('what everybody has can only be to invite; its name, place and existence stay', async () => {
    const put = (json: Record<string, unknown>) => call('owner', 'PUT', `${PATH}/-99`, json)
    expect((await put({ permissions: [] })).body).toMatchObject({ permissions: [] })
    expect((await put({ permissions: ['invite_users', 'invite_bypass_approval'] })).status).toBe(200)
    expect((await put({ permissions: ['manage_reports'] })).status).toBe(422)
    expect((await put({ name: 'All' })).status).toBe(422)
    expect((await put({ position: 3 })).status).toBe(422)
    expect((await put({ require_2fa: true })).status).toBe(422)
    for (const id of Object.values(roleIds)) expect((await call('owner', 'DELETE', `${PATH}/${id}`)).status).toBe(403)
  })

  test.each(['404404', 'x', '-98', '99999999999999999999'])('there is no role %s', async (id) => {
    expect((await call('owner', 'PUT', `${PATH}/${id}`, { name: 'x' })).status).toBe(404)
    expect((await call('owner', 'DELETE', `${PATH}/${id}`)).status).toBe(404)
    const path = `/api/web/admin/accounts/${people['low']!.accountId}/role`
    expect((await call('owner', 'POST', path, { role_id: id })).status).toBe(404)
  })
})

describe('nobody rises by themselves, or lifts another above themselves: generated', () => {
  const actors = [...LADDER.map(([name]) => name), 'owner']
  const position = (name: string) => LADDER.find(([one]) => one === name)?.[1] ?? 1000
  const may = (name: string) => LADDER.find(([one]) => one === name)?.[2]
  let target: Person
  beforeAll(async () => {
    target = await town.person('target')
  })
  beforeEach(async () => {
    await hold(target, roleIds.user)
  })

  test('each role changes each other: only lower ones, by what it has itself', async () => {
    let tried = 0
    for (const actor of actors)
      for (const [name] of LADDER) {
        // oxlint-disable no-await-in-loop -- each is put back before the next
        const put = (json: Record<string, unknown>) => call(actor, 'PUT', `${PATH}/${idOf(name)}`, json)
        const isLower = position(name) < position(actor)
        expect((await put({ color: '#111111' })).status, `${actor} paints ${name}`).toBe(
          isLower || actor === name ? 200 : 403,
        )
        expect((await put({ position: position(actor) })).status, `${actor} lifts ${name} to itself`).toBe(
          actor === name ? 200 : 403,
        )
        for (const permission of ['manage_settings', 'manage_reports', 'administrator'] as Permission[]) {
          const has = actor === 'owner' || may(actor)!.includes(permission)
          const changes = !may(name)!.includes(permission)
          const given = await put({ permissions: [...may(name)!, permission] })
          expect(given.status, `${actor} gives ${permission} to ${name}`).toBe(
            !changes ? (isLower || actor === name ? 200 : 403) : isLower && has ? 200 : 403,
          )
          if (given.status === 200) expect((await put({ permissions: may(name) })).status).toBe(200)
          tried += 1
        }
        expect((await put({ require_2fa: true })).status).toBe(isLower ? 200 : 403)
        if (isLower) await put({ require_2fa: false })
      }
    expect(tried).toBe(actors.length * LADDER.length * 3)
  })

  test('each actor, each holder, each new role: only what is below, and never oneself', async () => {
    const all = LADDER.map(([name]) => [idOf(name), position(name), may(name)] as const)
    const ids = [...all, [roleIds.user, -1, []] as const, [roleIds.owner, 1000, undefined] as const]
    const may2 = (actor: string, wanted: readonly Permission[] = ['administrator']) =>
      actor === 'owner' || wanted.every((one) => may(actor)!.includes(one))
    let tried = 0
    for (const actor of actors)
      for (const [from, fromPosition, fromMay] of ids)
        for (const [to, toPosition, toMay] of ids) {
          await hold(target, from)
          const path = `/api/web/admin/accounts/${target.accountId}/role`
          const { status } = await call(actor, 'POST', path, { role_id: to })
          const fits = fromPosition < position(actor) && toPosition < position(actor)
          const covered = may2(actor, fromMay) && may2(actor, toMay)
          expect(status, `${actor}: ${from} to ${to}`).toBe(fits && covered ? 200 : 403)
          tried += 1
        }
    for (const actor of actors) {
      const path = `/api/web/admin/accounts/${people[actor]!.accountId}/role`
      expect((await call(actor, 'POST', path, { role_id: roleIds.user })).status, `${actor} itself`).toBe(403)
    }
    console.log(`${tried} triples of actor, holder and new role`)
    expect(tried).toBe(actors.length * ids.length ** 2)
  })

  test('a role that was taken away takes effect with the next request', async () => {
    await hold(target, idOf('low'))
    const token = (await town.person('target2', 'admin:read')).token
    expect((await town.call('GET', PATH, { token })).status).toBe(403)
  })
})
