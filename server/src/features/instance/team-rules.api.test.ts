import { afterAll, beforeAll, expect, test } from 'vitest'
import { requireRoleId } from '#features/roles'
import { findRules } from '#features/settings'
import { startTown, type Person, type TestTown } from '#test/test-town'

const PATH = '/api/web/admin/rules'
const SCOPES = 'read write admin:read admin:write'

let town: TestTown
let oda: Person
let bram: Person
beforeAll(async () => {
  town = await startTown()
  oda = await town.person('oda', SCOPES)
  bram = await town.person('bram', SCOPES)
  const role = { role_id: requireRoleId('owner') }
  await town.ctx.db.updateTable('users').set(role).where('id', '=', oda.userId).execute()
})
afterAll(() => town[Symbol.asyncDispose]())

const call = (method: string, path: string, json?: unknown, who = oda) =>
  town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
const list = async () => (await town.call('GET', '/api/v1/instance/rules')).body as { id: string; text: string }[]
const texts = async () => (await list()).map((rule) => rule.text)
const idOf = async (text: string) => (await list()).find((rule) => rule.text === text)?.id ?? ''
const countLog = async () =>
  (await town.ctx.db.selectFrom('audit_log').select('action').where('target_type', '=', 'server-rule').execute()).length

test('rules are added, said in other languages, and apps read them so', async () => {
  const said = { text: 'Seid freundlich.', hint: 'Zu allen.' }
  expect((await call('POST', PATH, { text: ' Be kind. ', translations: { de_AT: said } })).body).toEqual([
    { id: expect.any(String), text: 'Be kind.', hint: '', translations: { de: said } },
  ])
  await call('POST', PATH, { text: 'Be quiet.', hint: 'At night.' })
  expect(await texts()).toEqual(['Be kind.', 'Be quiet.'])
  expect(await countLog()).toBe(2)
  expect((await call('POST', PATH, { text: 'Be quiet.' })).status).toBe(422)
})

test('a rule keeps its id when its words change; a language that is not named goes; nothing new is no act', async () => {
  const id = await idOf('Be kind.')
  const wish = { text: 'Be kind to people.', hint: 'All of them.', translations: { fr: { text: 'Soyez gentils.' } } }
  const [first] = (await call('PUT', `${PATH}/${id}`, wish)).body
  expect(first).toEqual({ id, ...wish, translations: { fr: { text: 'Soyez gentils.', hint: '' } } })
  const acts = await countLog()
  await call('PUT', `${PATH}/${id}`, wish)
  expect(await countLog()).toBe(acts)
})

test('the order is that which the team gives; who has not seen all of them is told so', async () => {
  const ids = (await list()).map((rule) => rule.id)
  await call('PUT', `${PATH}/order`, { ids: ids.toReversed() })
  expect(await texts()).toEqual(['Be quiet.', 'Be kind to people.'])
  for (const wrong of [ids.slice(1), [...ids, '1'], [ids[0], ids[0]]])
    expect((await call('PUT', `${PATH}/order`, { ids: wrong })).status).toBe(422)
  expect(await texts()).toEqual(['Be quiet.', 'Be kind to people.'])
})

test('a rule that is out of force is gone for readers, and still there for reports that name it', async () => {
  const id = await idOf('Be quiet.')
  const filed = { account_id: bram.accountId, category: 'violation', rule_ids: [id] }
  const report = (await call('POST', '/api/v1/reports', filed)).body
  expect((await call('DELETE', `${PATH}/${id}`)).status).toBe(200)
  expect((await call('DELETE', `${PATH}/${id}`)).status).toBe(404)
  expect(await texts()).toEqual(['Be kind to people.'])
  expect((await findRules(town.ctx, [id])).map((rule) => rule.text)).toEqual(['Be quiet.'])
  const seen = (await call('GET', `/api/v1/admin/reports/${report.id}`)).body
  expect(seen.rules.map((rule: { text: string }) => rule.text)).toEqual(['Be quiet.'])
})

test.each([
  { text: '' },
  { text: 'x'.repeat(301) },
  { text: 'Fine', hint: 'x'.repeat(1001) },
  { text: 'Fine', translations: { tlh: { text: 'no' } } },
  { text: 'Fine', translations: { de: { text: '' } } },
  { text: 'Fine', translations: { de: { text: 'a' }, 'de-AT': { text: 'b' } } },
])('%o is refused, and nothing is written', async (wrong) => {
  const before = await list()
  expect((await call('POST', PATH, wrong)).status).toBe(422)
  expect(await list()).toEqual(before)
})

test('only who may write rules does', async () => {
  for (const [method, path, json] of [
    ['GET', PATH, undefined],
    ['POST', PATH, { text: 'Mine' }],
    ['PUT', `${PATH}/order`, { ids: [] }],
    ['DELETE', `${PATH}/${await idOf('Be kind to people.')}`, undefined],
  ] as const)
    expect((await call(method, path, json, bram)).status).toBe(403)
  for (const id of ['x', '1']) expect((await call('DELETE', `${PATH}/${id}`)).status).toBe(404)
})
