import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { requireRoleId, type RoleName } from '#features/roles'
import { startPeer, type Peer } from '#test/peer'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 60_000 })

const PATH = '/api/v1/admin/accounts'
let town: TestTown
let peer: Peer
let oda: Person
let pia: Person
let tern: Person
let serial = 0
beforeAll(async () => {
  town = await startTown({ isReachable: true, environment: { HAMLET_RATE_LIMIT_FACTOR: '1000' } })
  peer = await startPeer()
  oda = await town.person('oda', 'read write admin:read admin:write')
  pia = await town.person('pia', 'read write admin:read admin:write')
  await setRole(oda, 'owner')
  await setRole(pia, 'moderator')
  peer.addActor('skua')
})
afterAll(async () => {
  await peer[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})
beforeEach(async () => {
  tern = await town.person(`tern${(serial += 1)}`)
  await town.call('POST', '/api/v1/statuses', { token: tern.token, json: { status: `a tern’s words ${serial}` } })
})

const setRole = (who: Person, role: RoleName) =>
  town.ctx.db
    .updateTable('users')
    .set({ role_id: requireRoleId(role) })
    .where('id', '=', who.userId)
    .execute()
const call = (who: Person, method: string, path: string, json?: unknown) =>
  town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
const suspend = (id: string) => call(oda, 'POST', `${PATH}/${id}/action`, { type: 'suspend' })
const remove = (id: string, who = oda) => call(who, 'DELETE', `${PATH}/${id}`)
const isDeletable = async (id: string, who = oda) =>
  (await call(who, 'GET', `/api/web/moderation/accounts/${id}`)).body.deletable
const count = async (table: 'accounts' | 'users' | 'statuses', where: ReturnType<typeof sql>) =>
  (await sql`select 1 from ${sql.table(table)} where ${where}`.execute(town.ctx.db)).rows.length
const isLogged = async (label: string) =>
  (await sql`select 1 from audit_log where action = 'account.delete' and target_label = ${label}`.execute(town.ctx.db))
    .rows.length

test('of somebody suspended nothing stays but that the name is taken; a second press is refused', async () => {
  await suspend(tern.accountId)
  expect(await isDeletable(tern.accountId)).toBe(true)
  expect(await remove(tern.accountId)).toMatchObject({ status: 200, body: {} })
  expect((await remove(tern.accountId)).status).toBe(403)
  expect(await isDeletable(tern.accountId)).toBe(false)
  await town.settled()
  expect(await count('statuses', sql`account_id = ${tern.accountId}`)).toBe(0)
  expect(await count('accounts', sql`id = ${tern.accountId}`)).toBe(0)
  expect(await count('users', sql`id = ${tern.userId}`)).toBe(0)
  expect(await isLogged(tern.username)).toBe(1)
  expect((await remove(tern.accountId)).status).toBe(404)
})

test('whoever is not suspended by the team is not touched', async () => {
  expect((await remove(tern.accountId)).status).toBe(403)
  expect(await isDeletable(tern.accountId)).toBe(false)
  await sql`update accounts set suspended_at = now(), withdrawn_at = now() where id = ${tern.accountId}`.execute(
    town.ctx.db,
  )
  expect((await remove(tern.accountId)).status).toBe(403)
  await town.settled()
  expect(await count('statuses', sql`account_id = ${tern.accountId}`)).toBe(1)
  expect(await isLogged(tern.username)).toBe(0)
  for (const id of ['404', 'odd']) expect((await remove(id)).status).toBe(404)
})

test('of another server an empty row stays, suspended, which nothing brings back', async () => {
  const found = await call(oda, 'GET', `/api/v2/search?resolve=true&q=@skua@${encodeURIComponent(peer.host)}`)
  const { id } = found.body.accounts[0]
  await call(tern, 'POST', `/api/v1/accounts/${id}/note`, { comment: 'from the harbour' })
  await suspend(id)
  expect((await remove(id)).status).toBe(200)
  await town.settled()
  const row = await sql<{ display_name: string; suspended_at: string | null }>`
    select display_name, suspended_at from accounts where id = ${id}`.execute(town.ctx.db)
  expect(row.rows).toMatchObject([{ display_name: '', suspended_at: expect.anything() }])
  expect((await call(oda, 'GET', `${PATH}/${id}`)).body.suspended).toBe(true)
  expect((await remove(id)).status).toBe(200)
})

test('only a role that may delete, and only of somebody lower', async () => {
  await suspend(tern.accountId)
  expect((await remove(tern.accountId, pia)).status).toBe(403)
  expect(await isDeletable(tern.accountId, pia)).toBe(false)
  expect((await remove(tern.accountId, tern)).status).toBe(403)
  await sql`update accounts set suspended_at = now() where id = ${oda.accountId}`.execute(town.ctx.db)
  await setRole(pia, 'admin')
  expect((await remove(oda.accountId, pia)).status).toBe(403)
  await sql`update accounts set suspended_at = null where id = ${oda.accountId}`.execute(town.ctx.db)
  expect(await count('accounts', sql`id = ${oda.accountId}`)).toBe(1)
})
