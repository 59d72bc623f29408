import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeSubscription } from '#test/push-service'
import { dial } from '#test/listener'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
beforeAll(async () => {
  town = await startTown()
})
afterAll(() => town[Symbol.asyncDispose]())

let count = 0
const people = (...names: string[]) => Promise.all(names.map((name) => town.person(`${name}_${(count += 1)}`)))
const act = (who: Person, path: string, json: Record<string, unknown> = {}) =>
  town.call('POST', `/api/v1/${path}`, { token: who.token, json })
const say = async (who: Person, status: string, more: Record<string, unknown> = {}) =>
  (await act(who, 'statuses', { status, ...more })).body as { id: string }
const pause = (who: Person, id: string, json: Record<string, unknown> = {}) =>
  town.call('POST', `/api/hamlet/v1/statuses/${id}/notifications/pause`, { token: who.token, json })
const OURS = ['favourite', 'follow', 'reblog', 'admin.sign_up', 'mention'].map((kind) => `grouped_types[]=${kind}`)
const groups = async (who: Person, query = OURS.join('&')) => {
  await town.settled()
  const answer = await town.call('GET', `/api/v2/notifications?${query}`, { token: who.token })
  return answer.body as { notification_groups: any[]; statuses: { id: string }[] }
}
const unread = async (who: Person, version = 'v1') =>
  (await town.call('GET', `/api/${version}/notifications/unread_count`, { token: who.token })).body.count as number
const reply = (who: Person, to: Person, postId: string, text: string) =>
  say(who, `@${to.username} ${text}`, { in_reply_to_id: postId })

describe('a surge', () => {
  test('100 mentions in five minutes: one row, one offer; apps that do not ask for it see each', async () => {
    const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
    const post = await say(ines, 'Ferry is out')
    for (let at = 0; at < 100; at += 1) {
      await reply(bram, ines, post.id, `no ${at}`)
      if (at % 10 === 9) await town.settled()
      town.clock.advance(3_000)
    }
    const { notification_groups, statuses } = await groups(ines)
    expect(notification_groups).toHaveLength(1)
    const [row] = notification_groups
    expect(row).toMatchObject({ type: 'mention', notifications_count: 100, group_key: `surge-${post.id}` })
    expect(row.hamlet).toEqual({ status_id: post.id, surge: true, events: 100, paused_until: null })
    expect(statuses.map((one) => one.id)).toContain(post.id)
    const usual = (await groups(ines, 'limit=80')).notification_groups
    expect(usual).toHaveLength(80)
    expect(usual.filter((one) => one.hamlet)).toHaveLength(1)
    expect(usual.every((one) => /^ungrouped-\d+$/.test(one.group_key))).toBe(true)
    const plain = (await town.call('GET', '/api/v1/notifications', { token: ines.token })).body
    expect(plain.every((one: { group_key: string }) => /^ungrouped-\d+$/.test(one.group_key))).toBe(true)
    const pages = `${OURS.join('&')}&max_id=${row.most_recent_notification_id}`
    expect((await groups(ines, pages)).notification_groups, 'the row is on one page').toEqual([])
    town.clock.advance(11 * 60_000)
    const [later] = (await groups(ines)).notification_groups
    expect([later.notifications_count, later.hamlet], 'it is over, and stays one row').toEqual([100, undefined])
  })

  test('thirty events are none, thirty-one are one; favourites, boosts and answers count together, the offer comes once', async () => {
    const [ines, ...others] = (await people('ines', ...Array.from({ length: 16 }, () => 'fan'))) as [
      Person,
      ...Person[],
    ]
    const post = await say(ines, 'much loved')
    const other = await say(ines, 'another post')
    for (const one of others.slice(0, 15)) {
      await act(one, `statuses/${post.id}/favourite`)
      await act(one, `statuses/${post.id}/reblog`)
    }
    await act(others[0]!, `statuses/${other.id}/favourite`)
    expect((await groups(ines)).notification_groups.filter((one) => one.hamlet)).toEqual([])
    await reply(others[15]!, ines, post.id, 'me too')
    const all = (await groups(ines)).notification_groups
    expect(all).toHaveLength(4)
    expect(all.filter((one) => one.hamlet).map((one) => one.hamlet.events)).toEqual([31])
    expect(all[0]?.hamlet?.status_id).toBe(post.id)
  })
})

describe('a pause', () => {
  test('what happens meanwhile is one row, neither streamed, pushed nor counted; whom one follows is heard', async () => {
    const [ines, friend, ...others] = (await people('ines', 'friend', 'one', 'two')) as [Person, Person, ...Person[]]
    await act(ines, `accounts/${friend.accountId}/follow`)
    await act(ines, 'push/subscription', makeSubscription())
    const post = await say(ines, 'resting')
    const paused = await pause(ines, post.id)
    expect(Date.parse(paused.body.paused_until) - town.clock.now().getTime()).toBeGreaterThan(3_590_000)
    await using listener = await dial(town.streaming, { token: ines.token, query: '?stream=user:notification' })
    await town.settled()
    const jobs = async () =>
      (await town.ctx.db.selectFrom('jobs').select('id').where('kind', 'like', 'notifications.push%').execute()).length
    for (const who of others) {
      await reply(who, ines, post.id, 'well')
      await act(who, `statuses/${post.id}/favourite`)
    }
    await town.settled()
    expect([await unread(ines), await unread(ines, 'v2'), await jobs()]).toEqual([0, 0, 0])
    const { notification_groups } = await groups(ines)
    expect(notification_groups.map((one) => `${one.notifications_count} ${one.type}`).toSorted()).toEqual([
      '2 favourite',
      '2 mention',
    ])
    expect(notification_groups.filter((one) => one.hamlet).map((one) => one.hamlet.surge)).toEqual([false])
    await reply(friend, ines, post.id, 'are you well?')
    await listener.hear('notification', (told) => told.account.id === friend.accountId)
    expect(listener.heard.filter(({ event }) => event === 'notification')).toHaveLength(1)
    expect(await unread(ines)).toBe(1)
    expect((await pause(ines, post.id, { duration: 0 })).body).toEqual({ paused_until: null })
    await reply(others[0]!, ines, post.id, 'again')
    await town.settled()
    expect(await unread(ines)).toBe(2)
  })

  test("only of one's own posts, for as long as is allowed", async () => {
    const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
    const post = await say(ines, 'mine')
    const hidden = await say(ines, 'to nobody', { visibility: 'direct' })
    expect((await pause(bram, post.id)).status).toBe(403)
    expect((await pause(bram, hidden.id)).status).toBe(404)
    expect((await pause(ines, post.id, { duration: -1 })).status).toBe(422)
    expect((await pause(ines, post.id, { duration: 604_801 })).status).toBe(422)
    expect((await pause(ines, post.id, { duration: 60 })).status).toBe(200)
    town.clock.advance(61_000)
    await act(bram, `statuses/${post.id}/favourite`)
    await town.settled()
    expect(await unread(ines)).toBe(1)
    await town.call('DELETE', `/api/v1/statuses/${post.id}`, { token: ines.token })
    await town.settled()
    expect(
      await town.ctx.db
        .selectFrom('notification_pauses')
        .select('status_id')
        .where('status_id', '=', post.id)
        .execute(),
    ).toEqual([])
  })
})

test('several are dismissed at once, those of others stay', async () => {
  const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
  for (const text of ['one', 'two', 'three']) await say(bram, `@${ines.username} ${text}`)
  await say(ines, `@${bram.username} four`)
  await town.settled()
  const list = async (who: Person) => (await town.call('GET', '/api/v1/notifications', { token: who.token })).body
  const [[first, second], [theirs]] = [await list(ines), await list(bram)]
  const query = [first, theirs, { id: 'nonsense' }].map(({ id }) => `ids[]=${id}`).join('&')
  const path = '/api/v1/notifications/destroy_multiple'
  expect((await town.call('DELETE', `${path}?${query}`, { token: ines.token })).body).toEqual({})
  expect((await town.call('DELETE', path, { token: ines.token, json: { ids: [second.id] } })).body).toEqual({})
  expect([(await list(ines)).length, (await list(bram)).length]).toEqual([1, 1])
})
