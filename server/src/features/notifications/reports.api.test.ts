import { afterAll, beforeAll, expect, test } from 'vitest'
import { requireRoleId } from '#features/roles'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let ines: Person
let bram: Person
let judge: Person
beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines')
  bram = await town.person('bram')
  judge = await town.person('judge')
  const owner = { role_id: requireRoleId('owner') }
  await town.ctx.db.updateTable('users').set(owner).where('id', '=', judge.userId).execute()
})
afterAll(() => town[Symbol.asyncDispose]())

const report = async (json: Record<string, unknown>) =>
  (await town.call('POST', '/api/v1/reports', { token: ines.token, json })).body as { id: string }
const read = async (path: string) => {
  await town.settled()
  return (await town.call('GET', `/api/${path}`, { token: judge.token })).body
}

test('the team is told of a report with the report in it, the latest alone of each reporter', async () => {
  const post = await town.call('POST', '/api/v1/statuses', { token: bram.token, json: { status: 'rude' } })
  await report({ account_id: bram.accountId, comment: 'first' })
  await town.settled()
  const filed = await report({ account_id: bram.accountId, comment: 'second', status_ids: [post.body.id] })
  const told = {
    type: 'admin.report',
    report: {
      id: filed.id,
      comment: 'second',
      status_ids: [post.body.id],
      action_taken: false,
      action_taken_at: null,
      target_account: { id: bram.accountId },
    },
  }
  const list = await read('v1/notifications')
  expect(list).toMatchObject([{ ...told, account: { id: ines.accountId } }])
  expect(await read(`v1/notifications/${list[0].id}`)).toMatchObject(told)
  const groups = await read('v2/notifications')
  expect(groups.notification_groups).toMatchObject([told])
  expect((await read(`v2/notifications/${groups.notification_groups[0].group_key}`)).notification_groups).toMatchObject(
    [told],
  )
})

test('a page of notifications costs no more statements for its reports than for one', async () => {
  const cost = () => town.countStatements(() => town.call('GET', '/api/v1/notifications', { token: judge.token }))
  await report({ account_id: bram.accountId })
  await town.settled()
  const one = await cost()
  const others = [await town.person('oda'), await town.person('pia')]
  for (const { token } of others)
    await town.call('POST', '/api/v1/reports', { token, json: { account_id: bram.accountId } })
  await town.settled()
  expect(await read('v1/notifications')).toHaveLength(3)
  expect(await cost()).toBe(one)
})

test('a report that is gone is told no longer', async () => {
  const filed = await report({ account_id: bram.accountId })
  expect(await read('v1/notifications/unread_count')).toEqual({ count: 3 })
  await town.ctx.db.deleteFrom('reports').where('id', '=', filed.id).execute()
  expect(await read('v1/notifications/unread_count')).toEqual({ count: 2 })
  expect(await read('v1/notifications')).toHaveLength(2)
})

test('whoever has left the team is told no longer what was reported', async () => {
  expect(await read('v1/notifications')).toHaveLength(2)
  const user = { role_id: requireRoleId('user') }
  await town.ctx.db.updateTable('users').set(user).where('id', '=', judge.userId).execute()
  expect(await read('v1/notifications')).toEqual([])
  expect((await read('v2/notifications')).notification_groups).toEqual([])
})
