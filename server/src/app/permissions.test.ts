import { hasScope } from '@hamlet/contract/scopes'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { rooms } from '#app/rooms'
import { builtinRoles } from '#features/roles'
import { bitsOf, isAllowed, permissions, type Permission } from '#features/roles'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

/** Every route that asks for a permission: generated, so that a new one is in it without anybody's doing. */
const guarded = rooms
  .flatMap((room) => room.routes)
  .filter((route) => route.access.kind === 'user' && route.access.permission !== undefined)
const permissionOf = (route: (typeof guarded)[number]) =>
  (route.access.kind === 'user' ? route.access.permission : undefined) as Permission
const scopeOf = (route: (typeof guarded)[number]) => (route.access.kind === 'user' ? route.access.scope : '')

/** The roles of a new server, one for each permission alone, and nobody's. */
const roles = [
  ...builtinRoles.map(({ name, permissions: bits }) => ({ name: name || 'everybody', bits })),
  ...permissions.map((name) => ({ name, bits: bitsOf([name]) })),
  { name: 'nothing', bits: '0' },
]

let town: TestTown
let actor: Person
beforeAll(async () => {
  town = await startTown({ environment: { HAMLET_RATE_LIMIT_FACTOR: '1000' } })
  actor = await town.person('actor', 'admin:read admin:write')
})
afterAll(() => town[Symbol.asyncDispose]())

/** As high as can be, so that only what it allows counts. */
async function hold(bits: string): Promise<void> {
  const role = { name: 'Tried', position: 999_999, permissions: bits, created_at: '2026-11-26' }
  await town.ctx.db
    .insertInto('roles')
    .values({ id: '7777', ...role })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(role))
    .execute()
  await town.ctx.db.updateTable('users').set({ role_id: '7777' }).where('id', '=', actor.userId).execute()
}

const ask = (route: (typeof guarded)[number], token: string) =>
  town.call(route.method, route.path.replaceAll(/:\w+/g, '404404'), { token, ...(route.body ? { json: {} } : {}) })

test('a route of the team lets pass whose role allows it, and nobody else: every role, every route', async () => {
  let tried = 0
  const wrong: string[] = []
  for (const role of roles) {
    // oxlint-disable-next-line no-await-in-loop -- one person holds one role after the other
    await hold(role.bits)
    const answers = await Promise.all(guarded.map((route) => ask(route, actor.token)))
    for (const [index, answer] of answers.entries()) {
      const route = guarded[index]!
      const passed = !(answer.status === 403 && answer.body.error === 'This action is not allowed')
      if (passed !== isAllowed(role.bits, permissionOf(route)) || answer.status >= 500)
        wrong.push(`${role.name}: ${route.method} ${route.path} answered ${answer.status}`)
      tried += 1
    }
  }
  console.log(`${tried} pairs of ${roles.length} roles and ${guarded.length} routes`)
  expect(wrong).toEqual([])
  expect(tried).toBe(roles.length * guarded.length)
})

test('a permission without the scope lets nobody pass, and every guarded route is of an admin scope', async () => {
  const plain = await town.person('plain', 'read write follow push')
  await hold(bitsOf(['administrator']))
  await town.ctx.db.updateTable('users').set({ role_id: '7777' }).where('id', '=', plain.userId).execute()
  for (const route of guarded) {
    expect(hasScope(['admin:read', 'admin:write'], scopeOf(route)), route.path).toBe(true)
    // oxlint-disable-next-line no-await-in-loop -- a list of refusals
    expect((await ask(route, plain.token)).status, `${route.method} ${route.path}`).toBe(403)
  }
})
