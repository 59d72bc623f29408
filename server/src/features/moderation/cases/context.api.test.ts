import type { ReportCase } from '@hamlet/contract/moderation'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { requireRoleId } from '#features/roles'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 60_000 })

let town: TestTown
let pia: Person
let oda: Person
let ines: Person
beforeAll(async () => {
  town = await startTown()
  const scopes = 'read write admin:read admin:write'
  ;[pia, oda, ines] = [await town.person('pia', scopes), await town.person('oda', scopes), await town.person('ines')]
  for (const who of [pia, oda])
    await town.ctx.db
      .updateTable('users')
      .set({ role_id: requireRoleId('moderator') })
      .where('id', '=', who.userId)
      .execute()
})
afterAll(() => town[Symbol.asyncDispose]())

const call = (who: Person, method: string, path: string, json?: unknown) =>
  town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
const file = async (by: Person, about: Person, more: Record<string, unknown> = {}): Promise<string> =>
  (await call(by, 'POST', '/api/v1/reports', { account_id: about.accountId, ...more })).body.id
const show = async (id: string, who = pia) =>
  (await call(who, 'GET', `/api/web/moderation/reports/${id}`)).body as ReportCase
const look = (who: Person, id: string, here: boolean) =>
  call(who, 'POST', `/api/web/moderation/reports/${id}/look`, { here })

test('a case says who was reported, by whom, what it may belong to and what was done', async () => {
  const [tern, gull, crow] = [await town.person('tern'), await town.person('gull'), await town.person('crow')]
  await call(ines, 'POST', `/api/v1/accounts/${tern.accountId}/block`)
  const post = async (who: Person) =>
    (await call(who, 'POST', '/api/v1/statuses', { status: 'Look: https://cheap-coins.example/1' })).body.id as string
  const before = await file(crow, tern, { comment: 'earlier' })
  await call(pia, 'POST', `/api/v1/admin/reports/${before}/resolve`)
  const other = await file(crow, gull, { status_ids: [await post(gull)] })
  const id = await file(ines, tern, { status_ids: [await post(tern)] })
  await file(crow, tern, { comment: 'me too' })
  await call(pia, 'POST', `/api/v1/admin/reports/${id}/assign_to_self`)
  const shown = await show(id)
  expect(shown).toMatchObject({
    assigned: { acct: 'pia' },
    outcome: null,
    facts: { reports: 3, upheld: 0, blocked_by: 1 },
    timeline: [{ action: 'report.assign', by: { acct: 'pia' } }],
    next: other,
  })
  expect(shown.reporters.map((one) => one.acct).toSorted()).toEqual(['crow', 'ines'])
  expect(shown.related.map((one) => one.id)).toContain(before)
  expect(shown.related.map((one) => one.target.acct)).toContain('gull')
  expect(shown.kin).toMatchObject({ mail_domain: 'example.org' })
})

test('whose mailbox lies beside whose is for those who may manage people alone', async () => {
  const id = await file(ines, await town.person('heron'))
  const role = await town.ctx.db
    .insertInto('roles')
    .values({
      id: '77',
      name: 'Reader',
      permissions: String(1 << 4),
      position: 5,
      color: '',
      highlighted: false,
      created_at: new Date().toISOString(),
      updated_at: new Date().toISOString(),
    } as never)
    .returning('id')
    .executeTakeFirstOrThrow()
  const reader = await town.person('reader', 'read write admin:read admin:write')
  await town.ctx.db.updateTable('users').set({ role_id: role.id }).where('id', '=', reader.userId).execute()
  expect((await show(id, reader)).kin).toBeNull()
})

test('colleagues see who looks at a case, until they leave or are not heard of for a minute', async () => {
  const id = await file(ines, await town.person('kelp'))
  expect((await look(pia, id, true)).body).toEqual([])
  expect((await look(oda, id, true)).body).toMatchObject([{ acct: 'pia' }])
  expect((await show(id)).looking).toMatchObject([{ acct: 'oda' }])
  expect((await look(oda, id, false)).body).toMatchObject([{ acct: 'pia' }])
  expect((await show(id)).looking).toEqual([])
  await look(oda, id, true)
  town.clock.advance(61_000)
  expect((await show(id)).looking).toEqual([])
  expect((await look(pia, '404', true)).status).toBe(404)
  expect((await look(pia, 'x', true)).status).toBe(404)
  expect((await look(ines, id, true)).status).toBe(403)
})

test('a case costs as many statements for many reports as for one', async () => {
  const wren = await town.person('wren')
  const id = await file(ines, wren)
  const cost = () => town.countStatements(() => call(pia, 'GET', `/api/web/moderation/reports/${id}`))
  await cost()
  const one = await cost()
  for (const name of ['b1', 'b2', 'b3']) await file(await town.person(name), wren, { comment: name })
  expect(await cost()).toBe(one)
})
