import { afterAll, beforeAll, expect, test } from 'vitest'
import { dial } from '#test/listener'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let ines: Person
let bram: Person
beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines')
  bram = await town.person('bram')
  for (const [who, other] of [
    [ines, bram],
    [bram, ines],
  ] as const)
    await act(who, `accounts/${other.accountId}/follow`)
  await town.settled()
  await act(ines, 'notifications/clear')
})
afterAll(() => town[Symbol.asyncDispose]())

const act = (who: Person, path: string, json: Record<string, unknown> = {}) =>
  town.call('POST', `/api/v1/${path}`, { token: who.token, json })
const say = async (who: Person, status: string, more: Record<string, unknown> = {}) =>
  (await act(who, 'statuses', { status, ...more })).body.id as string
const show = async (who: Person, id: string) =>
  (await town.call('GET', `/api/v1/statuses/${id}`, { token: who.token })).body
const toldOf = async (who: Person): Promise<string[]> => {
  await town.settled()
  const told = (await town.call('GET', '/api/v1/notifications', { token: who.token })).body
  return told.map((one: { type: string; status?: { id: string } }) => `${one.type} ${one.status?.id}`)
}

test('a mute holds for the whole thread, above and below, and for its boosts; for its reader alone', async () => {
  const root = await say(ines, 'root')
  const reply = await say(bram, '@ines reply', { in_reply_to_id: root })
  const other = await say(ines, 'another thread')
  expect((await act(ines, `statuses/${reply}/mute`)).body).toMatchObject({ id: reply, muted: true })
  const later = await say(bram, '@ines later', { in_reply_to_id: reply })
  for (const id of [root, reply, later]) expect((await show(ines, id)).muted).toBe(true)
  expect((await show(ines, other)).muted).toBe(false)
  expect((await show(bram, root)).muted).toBe(false)
  expect((await town.call('GET', `/api/v1/statuses/${root}`)).body.muted).toBeUndefined()
  const boost = (await act(bram, `statuses/${root}/reblog`)).body
  expect(await show(ines, boost.id)).toMatchObject({ muted: true, reblog: { muted: true } })
  expect((await act(ines, `statuses/${boost.id}/unmute`)).body, 'a boost stands for its post').toMatchObject({
    id: root,
    muted: false,
  })
  expect((await show(ines, later)).muted).toBe(false)
})

test('nothing of a muted thread is told: mentions, favourites, boosts, edits, the bell; not on the stream either', async () => {
  await act(ines, `accounts/${bram.accountId}/follow`, { notify: true })
  const root = await say(ines, 'quiet please')
  const theirs = await say(bram, 'a thread of bram')
  await town.settled()
  for (const id of [root, theirs]) await act(ines, `statuses/${id}/mute`)
  await act(ines, `statuses/${theirs}/reblog`)
  const before = await toldOf(ines)
  await using ear = await dial(town.streaming, { token: ines.token, query: '?stream=user:notification' })
  await say(bram, '@ines mention', { in_reply_to_id: root })
  await say(bram, 'going on', { in_reply_to_id: theirs })
  await act(bram, `statuses/${root}/favourite`)
  await act(bram, `statuses/${root}/reblog`)
  await town.call('PUT', `/api/v1/statuses/${theirs}`, { token: bram.token, json: { status: 'edited' } })
  expect(await toldOf(ines)).toEqual(before)
  await act(ines, `statuses/${root}/unmute`)
  const heard = await say(bram, '@ines now', { in_reply_to_id: root })
  expect(await toldOf(ines)).toEqual([`mention ${heard}`, ...before])
  await ear.hear('notification', (one) => one.status.id === heard)
  expect(ear.heard.filter((spoken) => spoken.event === 'notification')).toHaveLength(1)
})

test('a private mention in a muted thread comes quietly: in the thread, read, and not told', async () => {
  const root = await say(bram, '@ines psst', { visibility: 'direct' })
  await town.settled()
  const threads = async () => (await town.call('GET', '/api/v1/conversations', { token: ines.token })).body
  const [{ id }] = await threads()
  await act(ines, `conversations/${id}/read`)
  await act(ines, `statuses/${root}/mute`)
  const before = await toldOf(ines)
  const more = await say(bram, '@ines more', { visibility: 'direct', in_reply_to_id: root })
  expect(await toldOf(ines)).toEqual(before)
  expect(await threads()).toMatchObject([{ id, unread: false, last_status: { id: more, muted: true } }])
})

test('a mute for a time ends by itself; muting anew sets its end anew', async () => {
  const root = await say(ines, 'for an hour')
  await act(ines, `statuses/${root}/mute`)
  await act(ines, `statuses/${root}/mute`, { duration: 3600 })
  expect((await show(ines, root)).muted).toBe(true)
  town.clock.advance(3_600_001)
  expect((await show(ines, root)).muted).toBe(false)
  const mention = await say(bram, '@ines over', { in_reply_to_id: root })
  expect(await toldOf(ines)).toContain(`mention ${mention}`)
})

test.each([-1, 1.5, 'long', 1e300, {}])('a duration of %j is refused', async (duration) => {
  const root = await say(ines, 'mine')
  expect((await act(ines, `statuses/${root}/mute`, { duration })).status).toBe(422)
  expect((await show(ines, root)).muted).toBe(false)
})

test('a page costs the same number of statements, however many threads it holds', async () => {
  for (let n = 0; n < 12; n += 1) await say(ines, `thread ${n}`)
  const cost = (limit: number) =>
    town.countStatements(() => town.call('GET', `/api/v1/timelines/public?limit=${limit}`, { token: ines.token }))
  expect(await cost(12)).toBe(await cost(2))
})
