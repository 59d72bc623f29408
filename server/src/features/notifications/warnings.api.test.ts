import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openBench, type Bench } from '#test/measures-bench'
import { dial } from '#test/listener'
import type { Person } from '#test/test-town'

vi.setConfig({ testTimeout: 60_000 })

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

/** With the box ticked that has the person told. */
const act = (id: string, wish: Record<string, unknown>) => bench.act(id, { ...wish, send_email_notification: true })
const read = async (who: Person, path = 'v1/notifications') => {
  await bench.town.settled()
  return (await bench.call(who, 'GET', `/api/${path}`)).body
}

test.each([
  [{ type: 'none', text: 'Please mind the rules.' }, 'none'],
  [{ type: 'sensitive' }, 'sensitive'],
  [{ type: 'silence' }, 'silence'],
])('whom the team does something to is told, in both lists: %o', async (wish, action) => {
  const who = await bench.fresh()
  await act(who.accountId, wish)
  const told = {
    type: 'moderation_warning',
    moderation_warning: {
      action,
      text: 'text' in wish ? wish.text : '',
      status_ids: null,
      appeal: null,
      target_account: { id: who.accountId },
    },
  }
  const list = await read(who)
  expect(list).toMatchObject([{ ...told, account: { id: who.accountId } }])
  expect(list[0].moderation_warning.id).toBe((await bench.lastStrike(who.accountId)).id)
  // Nobody of the team is named in it.
  expect(JSON.stringify(list)).not.toContain(bench.pia.accountId)
  expect((await read(who, 'v2/notifications')).notification_groups).toMatchObject([told])
  expect(await read(who, 'v1/notifications/unread_count')).toEqual({ count: 1 })
})

test('a decision about posts names them, and an appeal is in it', async () => {
  const { fresh, say, report, decide, call, lastStrike } = bench
  const who = await fresh()
  const post = await say(who)
  await decide(await report(who, [post.id]), { decision: 'mark' })
  const strike = await lastStrike(who.accountId)
  await call(who, 'POST', `/api/hamlet/v1/strikes/${strike.id}/appeal`, { text: 'It was a boat.' })
  const [told] = await read(who)
  expect(told.moderation_warning).toMatchObject({ action: 'mark_statuses_as_sensitive', status_ids: [post.id] })
  expect(told.moderation_warning.appeal).toEqual({ text: 'It was a boat.', state: 'pending' })
})

test('is heard live, once for each decision, and not where nobody is to be told', async () => {
  const { town, fresh } = bench
  const who = await fresh()
  await using listener = await dial(town.streaming, { token: who.token, query: '?stream=user' })
  await act(who.accountId, { type: 'none', text: 'Mind.' })
  await town.settled()
  expect(await listener.hear('notification')).toMatchObject({
    type: 'moderation_warning',
    moderation_warning: { action: 'none', text: 'Mind.' },
  })
  await bench.act(who.accountId, { type: 'none' })
  await act(who.accountId, { type: 'silence' })
  expect((await read(who)).map((one: { type: string }) => one.type)).toEqual([
    'moderation_warning',
    'moderation_warning',
  ])
})

test('whoever was suspended reads of it once they are back', async () => {
  const { town, fresh, undo } = bench
  const who = await fresh()
  await act(who.accountId, { type: 'suspend' })
  await town.settled()
  await undo(who.accountId)
  const rows = await town.ctx.db
    .selectFrom('notifications')
    .select(['type', 'strike_id'])
    .where('account_id', '=', who.accountId)
    .execute()
  expect(rows).toEqual([{ type: 'moderation_warning', strike_id: (await bench.lastStrike(who.accountId)).id }])
})

test('a page costs no more statements for many decisions than for one', async () => {
  const { town, fresh } = bench
  const who = await fresh()
  const cost = () => town.countStatements(() => town.call('GET', '/api/v1/notifications', { token: who.token }))
  await act(who.accountId, { type: 'none' })
  await town.settled()
  const one = await cost()
  for (const type of ['sensitive', 'silence', 'none']) await act(who.accountId, { type })
  expect(await read(who)).toHaveLength(4)
  expect(await cost()).toBe(one)
})
