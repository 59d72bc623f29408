import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { rooms } from '#app/rooms'
import { bitsOf, builtinRoles, coversAll, isAllowed, permissions, type Permission } from '#features/roles'
import { aims, harmless, ownAllowed, type AimWorld } from '#test/aims'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 })

/** How high whoever acts stands, and whom they act on. */
const OWN = 50
const positions = { plain: -1, lower: 10, equal: OWN, higher: 100, own: OWN } as const
type Position = keyof typeof positions
const names = Object.keys(positions) as Position[]
const ROLES = { trial: '7777', lower: '8001', equal: '8002', higher: '8003', spare: '8000' }

/** The roles of a new server, one for each permission alone, and nobody's; all of them at one height. */
const roles = [
  ...builtinRoles.map(({ name, permissions: bits }) => ({ name: name || 'everybody', bits })),
  ...permissions.map((name) => ({ name, bits: bitsOf([name]) })),
  { name: 'nothing', bits: '0' },
]
const guarded = rooms
  .flatMap((room) => room.routes)
  .flatMap(({ method, path, access }) =>
    access.kind === 'user' && access.permission !== undefined
      ? [{ name: `${method} ${path}`, method, permission: access.permission as Permission }]
      : [],
  )
const aimed = guarded.filter(({ name }) => aims[name])
/** A role that opens none of these doors is refused at each, as `permissions.test.ts` has it: the long run tries them here, too. */
const telling = roles.filter(
  ({ name, bits }) =>
    process.env.HAMLET_TEST_MATRIX === 'all' ||
    name === 'nothing' ||
    aimed.some(({ permission }) => isAllowed(bits, permission)),
)

let town: TestTown
let world: AimWorld
let actor: Person
const targets = {} as Record<Position, Person>
beforeAll(async () => {
  town = await startTown({ environment: { HAMLET_RATE_LIMIT_FACTOR: '10000' } })
  actor = await town.person('actor', 'read write follow admin:read admin:write')
  world = { town, reporter: await town.person('reporter'), colleague: await town.person('colleague') }
  for (const name of ['spare', 'lower', 'equal', 'higher', 'trial'] as const)
    await writeRole(ROLES[name], name === 'trial' ? OWN : name === 'spare' ? 0 : positions[name], '0')
  for (const name of names) targets[name] = name === 'own' ? actor : await somebody(name)
})
afterAll(() => town[Symbol.asyncDispose]())

async function writeRole(id: string, position: number, bits: string): Promise<void> {
  const role = { name: `Role ${id}`, position, permissions: bits, created_at: '2026-11-26' }
  await town.ctx.db
    .insertInto('roles')
    .values({ id, ...role })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(role))
    .execute()
}
const hold = (person: Person, roleId: string) =>
  town.ctx.db.updateTable('users').set({ role_id: roleId }).where('id', '=', person.userId).execute()

let serial = 0
async function somebody(position: Position): Promise<Person> {
  const person = await town.person(`${position}${(serial += 1)}`)
  if (position !== 'plain' && position !== 'own') await hold(person, ROLES[position])
  return person
}

/** What an act could have changed about somebody, and about roles. */
async function stateOf(person: Person): Promise<string> {
  const found = await sql<{ state: string }>`
    select concat_ws(' ',
      (select to_jsonb(u) - 'last_seen_at' from users u where id = ${person.userId})::text,
      (select to_jsonb(a) from accounts a where id = ${person.accountId})::text,
      (select string_agg(to_jsonb(s)::text, ' ' order by id) from strikes s where target_account_id = ${person.accountId}),
      (select string_agg(to_jsonb(s)::text, ' ' order by id) from statuses s where account_id = ${person.accountId}),
      (select string_agg(to_jsonb(r)::text, ' ' order by id) from reports r where target_account_id = ${person.accountId}),
      (select string_agg(to_jsonb(r)::text, ' ' order by id) from roles r)) as state`.execute(town.ctx.db)
  return found.rows[0]!.state
}

test('every route of the team that writes is known to do something to somebody, or nothing', () => {
  const writing = guarded.filter(({ method }) => method !== 'GET').map(({ name }) => name)
  const unknown = writing.filter((name) => !aims[name] && !harmless.some((one) => one.test(name)))
  expect(unknown).toEqual([])
  expect(Object.keys(aims).filter((name) => !writing.includes(name))).toEqual([])
})

test('nobody acts on whoever stands as high or higher: every role, every route that acts, every position', async () => {
  const tried = { all: 0, passed: 0 }
  const wrong: string[] = []
  for (const role of telling) {
    await writeRole(ROLES.trial, OWN, role.bits)
    await hold(actor, ROLES.trial)
    for (const { name, method, permission } of aimed)
      for (const position of names) {
        const isLower = positions[position] < OWN || (position === 'own' && ownAllowed.includes(name))
        const mayPass = isAllowed(role.bits, permission) && isLower
        const target = mayPass && position !== 'own' ? await somebody(position) : targets[position]
        const { path, json } = await aims[name]!(world, target)
        const before = await stateOf(target)
        const { status } = await town.call(method, path, { token: actor.token, ...(json ? { json } : {}) })
        const said = `${role.name}: ${name} on ${position} answered ${status}`
        if (mayPass ? [400, 403].includes(status) || status >= 500 : status !== 403) wrong.push(said)
        if (!mayPass && (await stateOf(target)) !== before) wrong.push(`${said} and changed something`)
        if (target === actor || !mayPass)
          await town.ctx.db
            .updateTable('users')
            .set({ approved_at: '2026-11-26' })
            .where('id', '=', target.userId)
            .execute()
        tried.all += 1
        tried.passed += mayPass ? 1 : 0
      }
  }
  console.log(
    `${tried.all} cases of ${telling.length} roles, ${aimed.length} routes that act on somebody and ${names.length} positions; ${tried.passed} may pass`,
  )
  expect(wrong).toEqual([])
  expect(tried.all).toBe(telling.length * aimed.length * names.length)
})

/** Ways to come by a permission, or to take it from others; each at a role or a person of a height. */
const ways = ['create', 'change', 'delete', 'assign', 'take'] as const

test('nobody hands out or takes what their own role lacks, nor touches a role as high as theirs', async () => {
  const wrong: string[] = []
  let tried = 0
  const call = (method: string, path: string, json?: Record<string, unknown>) =>
    town.call(method, path, { token: actor.token, ...(json ? { json } : {}) })
  for (const role of roles.filter(({ bits }) => isAllowed(bits, 'manage_roles'))) {
    await writeRole(ROLES.trial, OWN, role.bits)
    await hold(actor, ROLES.trial)
    for (const permission of permissions)
      for (const way of ways)
        for (const position of [10, OWN, 100]) {
          const bits = bitsOf([permission])
          await writeRole(ROLES.spare, position, way === 'change' ? '0' : bits)
          const holder = targets.plain
          if (way === 'take') await hold(holder, ROLES.spare)
          const before = await stateOf(holder)
          const run = {
            create: () =>
              call('POST', '/api/web/admin/roles', { name: `New ${tried}`, position, permissions: [permission] }),
            change: () => call('PUT', `/api/web/admin/roles/${ROLES.spare}`, { permissions: [permission] }),
            delete: () => call('DELETE', `/api/web/admin/roles/${ROLES.spare}`),
            assign: () => call('POST', `/api/web/admin/accounts/${holder.accountId}/role`, { role_id: ROLES.spare }),
            take: () => call('POST', `/api/web/admin/accounts/${holder.accountId}/role`, { role_id: '-99' }),
          }[way]
          const { status } = await run()
          const isRight = position < OWN && coversAll(role.bits, bits)
          const said = `${role.name}: ${way} ${permission} at ${position} answered ${status}`
          if (status !== (isRight ? 200 : 403)) wrong.push(said)
          if (!isRight && (await stateOf(holder)) !== before) wrong.push(`${said} and changed something`)
          await hold(holder, '-99')
          tried += 1
        }
  }
  console.log(`${tried} ways to come by a permission or to take one`)
  expect(wrong).toEqual([])
})

test('a decision about many passes over whoever stands as high or higher', async () => {
  await writeRole(ROLES.trial, OWN, bitsOf(['manage_reports']))
  await hold(actor, ROLES.trial)
  const many = [await somebody('lower'), targets.equal, targets.higher, actor]
  for (const one of many)
    await town.call('POST', '/api/v1/reports', { token: world.reporter.token, json: { account_id: one.accountId } })
  const newest = await sql<{ id: string }>`select max(id)::text as id from reports`.execute(town.ctx.db)
  const accounts = many.map((one) => one.accountId)
  const json = { key: 'reach-of-many', decision: 'limit', accounts, until: newest.rows[0]!.id }
  expect((await town.call('POST', '/api/web/moderation/bulk', { token: actor.token, json })).status).toBe(200)
  await town.settled()
  const limited = await town.ctx.db
    .selectFrom('accounts')
    .select('id')
    .where('limited_at', 'is not', null)
    .where(
      'id',
      'in',
      many.map((one) => one.accountId),
    )
    .execute()
  expect(limited.map((one) => one.id)).toEqual([many[0]!.accountId])
})
