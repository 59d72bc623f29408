import type { AdminReport } from '@hamlet/contract/moderation'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { requireRoleId } from '#features/roles'
import { addRule } from '#features/settings'
import { transact } from '#platform/context'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 60_000 })

const PATH = '/api/v1/admin/reports'
let town: TestTown
let pia: Person
let ines: Person
let tern: Person
let postId: string
beforeAll(async () => {
  town = await startTown({ environment: { HAMLET_RATE_LIMIT_FACTOR: '1000' } })
  pia = await town.person('pia', 'read write admin:read:reports admin:write:reports')
  const role = { role_id: requireRoleId('moderator') }
  await town.ctx.db.updateTable('users').set(role).where('id', '=', pia.userId).execute()
  ines = await town.person('ines')
  tern = await town.person('tern')
  postId = (await call(tern, 'POST', '/api/v1/statuses', { status: 'off the pier with him' })).body.id
})
afterAll(() => town[Symbol.asyncDispose]())

const call = (who: Person, method: string, path: string, json?: unknown) =>
  town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
let filed = 0
const file = async (by = ines, about = tern, more: Record<string, unknown> = {}): Promise<string> =>
  (await call(by, 'POST', '/api/v1/reports', { account_id: about.accountId, comment: `rude ${(filed += 1)}`, ...more }))
    .body.id
const show = async (id: string) => (await call(pia, 'GET', `${PATH}/${id}`)).body as AdminReport
const ids = async (query = '') =>
  ((await call(pia, 'GET', `${PATH}?${query}`)).body as AdminReport[]).map((one) => one.id)
const acts = async () =>
  (await town.ctx.db.selectFrom('audit_log').select('action').orderBy('id').execute()).map((line) => line.action)

test('a report is shown with everybody and everything in it', async () => {
  const rule = await transact(town.ctx, (tx) => addRule(tx, 'Be kind'))
  const id = await file(ines, tern, { status_ids: [postId], rule_ids: [rule.id], category: 'violation' })
  expect(await show(id)).toMatchObject({
    id,
    action_taken: false,
    action_taken_at: null,
    category: 'violation',
    comment: expect.stringContaining('rude'),
    forwarded: false,
    account: { username: 'ines', email: 'ines@example.org' },
    target_account: { username: 'tern' },
    assigned_account: null,
    action_taken_by_account: null,
    statuses: [{ id: postId }],
    rules: [{ id: rule.id, text: 'Be kind' }],
  })
})

test('reports are passed on, closed and opened again; pressed twice nothing more happens, and the log has each once', async () => {
  const id = await file()
  const before = (await acts()).length
  for (const [verb, expected] of [
    ['assign_to_self', { assigned_account: { username: 'pia' } }],
    ['unassign', { assigned_account: null }],
    ['resolve', { action_taken: true, action_taken_by_account: { username: 'pia' } }],
    ['reopen', { action_taken: false, action_taken_at: null, action_taken_by_account: null }],
  ] as const)
    for (let press = 0; press < 2; press++)
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect((await call(pia, 'POST', `${PATH}/${id}/${verb}`)).body).toMatchObject({ id, ...expected })
  expect((await acts()).slice(before)).toEqual(['report.assign', 'report.unassign', 'report.resolve', 'report.reopen'])
  expect(Date.parse((await show(id)).updated_at)).toBeGreaterThan(Date.parse((await show(id)).created_at))
})

describe('what a report is about', () => {
  test('is said anew; only a violation has rules', async () => {
    const rule = await transact(town.ctx, (tx) => addRule(tx, 'No spam'))
    const id = await file()
    const put = (json: Record<string, unknown>) => call(pia, 'PUT', `${PATH}/${id}`, json)
    expect((await put({ category: 'violation', rule_ids: [rule.id] })).body).toMatchObject({ rules: [{ id: rule.id }] })
    expect((await put({ category: 'spam' })).body).toMatchObject({ category: 'spam', rules: [] })
    expect((await put({ category: 'violation', rule_ids: ['404404'] })).status).toBe(422)
    expect((await put({ category: 'violation', rule_ids: ['x'] })).status).toBe(422)
    expect((await put({ category: 'mood' })).status).toBe(422)
    expect(await show(id)).toMatchObject({ category: 'spam', rules: [] })
  })
})

describe('which are listed', () => {
  test('those that wait, unless it is said otherwise; by who reported and who was', async () => {
    const other = await town.person('other')
    const waiting = await file(other, ines)
    const closed = await file(other, ines)
    await call(pia, 'POST', `${PATH}/${closed}/resolve`)
    const of = `account_id=${other.accountId}`
    expect(await ids(of)).toEqual([waiting])
    expect(await ids(`${of}&resolved=true`)).toEqual([closed])
    expect(await ids(`${of}&resolved=true&unresolved=true`)).toEqual([closed, waiting])
    expect(await ids(`target_account_id=${ines.accountId}`)).toEqual([waiting])
    expect(await ids(`target_account_id=${other.accountId}`)).toEqual([])
    expect((await call(pia, 'GET', `${PATH}?account_id=x`)).status).toBe(404)
  })

  test('in pages, in as many statements for many as for one', async () => {
    const page = await call(pia, 'GET', `${PATH}?limit=1`)
    expect(page.body).toHaveLength(1)
    expect(page.headers.get('link')).toMatch(/rel="next".*rel="prev"/)
    const cost = (query: string) => town.countStatements(() => call(pia, 'GET', `${PATH}?${query}`))
    await cost('limit=1')
    const named = `account_id=${ines.accountId}&resolved=true&unresolved=true`
    for (let more = 0; more < 3; more++) await file(ines, tern, { status_ids: [postId] })
    expect(await cost(`${named}&limit=4`)).toBe(await cost(`${named}&limit=1`))
  })

  test.each(['404404', 'x'])('there is none under %s', async (id) => {
    expect((await call(pia, 'GET', `${PATH}/${id}`)).status).toBe(404)
    for (const verb of ['assign_to_self', 'unassign', 'resolve', 'reopen'])
      expect((await call(pia, 'POST', `${PATH}/${id}/${verb}`)).status).toBe(404)
  })
})
