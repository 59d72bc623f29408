import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rooms } from '#app/rooms'
import { transact } from '#platform/context'
import { dial } from '#test/listener'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let ines: Person
let bram: Person
let cleo: Person
beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines')
  bram = await town.person('bram')
  cleo = await town.person('cleo')
  const everybody = [ines, bram, cleo]
  for (const who of everybody)
    for (const other of everybody) if (who !== other) await act(who, `accounts/${other.accountId}/follow`)
})
afterAll(() => town[Symbol.asyncDispose]())

type Thread = { id: string; unread: boolean; accounts: { acct: string }[]; last_status: { id: string } | null }

const act = (who: Person, path: string, json: Record<string, unknown> = {}) =>
  town.call('POST', `/api/v1/${path}`, { token: who.token, json })
const get = (who: Person, path: string) => town.call('GET', path, { token: who.token })

async function tell(who: Person, status: string, more: Record<string, unknown> = {}): Promise<string> {
  const answer = await act(who, 'statuses', { status, visibility: 'direct', ...more })
  expect(answer.status, answer.text).toBe(200)
  await town.settled()
  return answer.body.id
}

const threadsOf = async (who: Person): Promise<Thread[]> => (await get(who, '/api/v1/conversations')).body
const newest = async (who: Person) => (await threadsOf(who))[0] as Thread
const messagesOf = async (who: Person, thread: Thread) =>
  (await get(who, `/api/hamlet/v1/conversations/${thread.id}/statuses`)).body.map((one: { id: string }) => one.id)
const unreadOf = async (who: Person) => (await get(who, '/api/hamlet/v1/conversations/unread_count')).body.count

/** A pair of people who have written nothing yet. */
let pairs = 0
async function makePair(): Promise<[Person, Person]> {
  pairs += 1
  const [one, other] = [await town.person(`one_${pairs}`), await town.person(`other_${pairs}`)]
  await act(one, `accounts/${other.accountId}/follow`)
  await act(other, `accounts/${one.accountId}/follow`)
  return [one, other]
}

describe('a private mention', () => {
  test('is a thread of both, unread for whoever did not write it', async () => {
    const first = await tell(ines, '@bram the boat is yours')
    expect(await newest(ines)).toMatchObject({
      unread: false,
      accounts: [{ acct: 'bram' }],
      last_status: { id: first },
    })
    expect(await newest(bram)).toMatchObject({ unread: true, accounts: [{ acct: 'ines' }], last_status: { id: first } })
    const answer = await tell(bram, '@ines thank you', { in_reply_to_id: first })
    expect(await newest(bram), 'who answers has read').toMatchObject({ unread: false, last_status: { id: answer } })
    const thread = await newest(ines)
    expect(thread).toMatchObject({ unread: true, last_status: { id: answer } })
    expect(await messagesOf(ines, thread)).toEqual([answer, first])
  })

  test('among other people is another thread of the same conversation', async () => {
    const [root] = [await tell(ines, '@bram @cleo all of us')]
    const aside = await tell(bram, '@ines only we two', { in_reply_to_id: root })
    const [two, three] = await threadsOf(ines)
    expect(two).toMatchObject({ accounts: [{ acct: 'bram' }], last_status: { id: aside } })
    expect(three?.accounts.map((one) => one.acct).toSorted()).toEqual(['bram', 'cleo'])
    expect(await messagesOf(ines, three as Thread)).toEqual([root])
    expect((await newest(cleo)).last_status?.id).toBe(root)
  })

  test('to nobody is a note to oneself', async () => {
    const [me] = await makePair()
    await tell(me, 'buy rope')
    expect(await threadsOf(me)).toMatchObject([{ unread: false, accounts: [{ acct: me.username }] }])
  })

  test('gathered twice is there once, and stays read', async () => {
    const [one, other] = await makePair()
    await tell(one, `@${other.username} once`)
    const thread = await newest(other)
    await act(other, `conversations/${thread.id}/read`)
    const { gatherMessages } = await import('#features/direct-threads')
    const again = { accountId: other.accountId, statusId: thread.last_status?.id as string, isQuiet: false }
    await transact(town.ctx, (tx) => gatherMessages(tx, [again, again]))
    expect(await threadsOf(other)).toMatchObject([{ id: thread.id, unread: false }])
    expect(await messagesOf(other, thread)).toHaveLength(1)
  })

  test('twenty at once make one thread with twenty messages', async () => {
    const [one, other] = await makePair()
    const root = await tell(one, `@${other.username} now`)
    const say = (who: Person, whom: Person) =>
      act(who, 'statuses', { status: `@${whom.username} yes`, visibility: 'direct', in_reply_to_id: root })
    await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? say(one, other) : say(other, one))))
    await town.settled()
    for (const who of [one, other]) {
      const threads = await threadsOf(who)
      expect(threads).toHaveLength(1)
      expect(await messagesOf(who, threads[0] as Thread)).toHaveLength(21)
    }
  })
})

describe('a thread', () => {
  test('is read and unread at will, and the badge counts', async () => {
    const [one, other] = await makePair()
    await tell(one, `@${other.username} hello`)
    expect(await unreadOf(other)).toBe(1)
    const { id } = await newest(other)
    expect((await act(other, `conversations/${id}/read`)).body).toMatchObject({ id, unread: false })
    expect(await unreadOf(other)).toBe(0)
    expect((await act(other, `conversations/${id}/unread`)).body).toMatchObject({ id, unread: true })
    expect((await get(other, `/api/hamlet/v1/conversations/${id}`)).body).toMatchObject({ id, unread: true })
  })

  test('that was put away comes back with the next message, and with that alone', async () => {
    const [one, other] = await makePair()
    const first = await tell(one, `@${other.username} first`)
    const thread = await newest(other)
    const remove = () => town.call('DELETE', `/api/v1/conversations/${thread.id}`, { token: other.token })
    expect((await remove()).body).toEqual({})
    expect((await remove()).status).toBe(404)
    expect(await threadsOf(other)).toEqual([])
    expect(await threadsOf(one)).toHaveLength(1)
    const second = await tell(one, `@${other.username} second`, { in_reply_to_id: first })
    const back = await newest(other)
    expect(back).toMatchObject({ unread: true, last_status: { id: second } })
    expect(await messagesOf(other, back)).toEqual([second])
  })

  test('loses a deleted message, and ends with its last', async () => {
    const [one, other] = await makePair()
    const first = await tell(one, `@${other.username} first`)
    const second = await tell(one, `@${other.username} second`, { in_reply_to_id: first })
    const remove = async (id: string) => {
      await town.call('DELETE', `/api/v1/statuses/${id}`, { token: one.token })
      await town.settled()
    }
    await remove(second)
    expect((await newest(other)).last_status?.id).toBe(first)
    await remove(first)
    for (const who of [one, other]) expect(await threadsOf(who)).toEqual([])
  })

  test('is paged by its last messages, in a fixed number of statements', async () => {
    const [one, other] = await makePair()
    for (const n of [1, 2, 3]) await tell(one, `@${other.username} ${n}`)
    const all = await threadsOf(other)
    const page = await get(other, '/api/v1/conversations?limit=1')
    expect(page.body).toEqual([all[0]])
    const [next, prev] = (page.headers.get('link') as string)
      .split(', ')
      .map((link) => /<([^>]+)>/.exec(link)?.[1] as string)
    expect(next).toContain(`max_id=${all[0]?.last_status?.id}`)
    const walk = async (url: string) => (await get(other, url.replace(town.ctx.config.url, ''))).body
    expect(await walk(next as string)).toEqual([all[1]])
    expect(await walk(prev as string)).toEqual([])
    expect(await walk(`/api/v1/conversations?limit=1&min_id=${all[2]?.last_status?.id}`)).toEqual([all[1]])
    const cost = (limit: number) => town.countStatements(() => get(other, `/api/v1/conversations?limit=${limit}`))
    expect(await cost(3)).toBe(await cost(1))
  })
})

describe('who is not in it', () => {
  test('never sees anything: threads, posts, feeds, search, streams', async () => {
    const [one, other] = await makePair()
    await act(cleo, `accounts/${one.accountId}/follow`)
    await using ear = await dial(town.streaming, { token: cleo.token })
    for (const stream of ['user', 'user:notification', 'public', 'public:local', 'direct'])
      ear.say({ type: 'subscribe', stream })
    ear.say({ type: 'subscribe', stream: 'nonsense' })
    await ear.complaint()
    const secret = await tell(one, `@${other.username} #seaweed under the third plank`)
    await tell(other, `@${one.username} understood`, { in_reply_to_id: secret })
    const thread = await newest(other)
    for (const path of [
      `/api/v1/statuses/${secret}`,
      `/api/v1/statuses/${secret}/context`,
      `/api/hamlet/v1/conversations/${thread.id}`,
      `/api/hamlet/v1/conversations/${thread.id}/statuses`,
    ])
      expect((await get(cleo, path)).status, path).toBe(404)
    for (const verb of ['read', 'unread'])
      expect((await act(cleo, `conversations/${thread.id}/${verb}`)).status).toBe(404)
    expect((await act(cleo, `statuses/${secret}/mute`)).status).toBe(404)
    expect((await town.call('DELETE', `/api/v1/conversations/${thread.id}`, { token: cleo.token })).status).toBe(404)
    expect((await town.call('GET', `/ap/contexts/${secret}`)).status).toBe(404)
    const reads = [
      '/api/v1/conversations',
      '/api/v1/timelines/home',
      '/api/v1/timelines/public',
      '/api/v1/timelines/tag/seaweed',
      `/api/v1/accounts/${one.accountId}/statuses`,
      '/api/v2/search?q=seaweed',
      '/api/v1/notifications',
    ]
    for (const path of reads) expect((await get(cleo, path)).text, path).not.toContain('third plank')
    const mark = (await act(one, 'statuses', { status: 'mark' })).body.id
    await ear.hear('update', (status) => status.id === mark)
    for (const lane of ear.heard) expect(lane.payload).not.toContain('third plank')
    expect(ear.heard.some((spoken) => spoken.event === 'conversation')).toBe(false)
  })

  test('hears no thread on the stream, and whoever is in it does', async () => {
    const [one, other] = await makePair()
    await using ear = await dial(town.streaming, { token: other.token, query: '?stream=direct' })
    const id = await tell(one, `@${other.username} psst`)
    const heard = await ear.hear('conversation')
    expect(heard).toEqual(await newest(other))
    expect(heard).toMatchObject({ unread: true, last_status: { id } })
    expect(ear.heard[0]?.stream).toEqual(['direct'])
    await act(other, `conversations/${heard.id}/read`)
    expect(await ear.hear('conversation', (thread) => !thread.unread)).toMatchObject({ id: heard.id })
  })
})

describe('strangers and blocked people', () => {
  test('a stranger waits among the requests, and is let in with what they wrote', async () => {
    const [me] = await makePair()
    const stranger = await town.person('stranger')
    const id = await tell(stranger, `@${me.username} buy gold`)
    expect(await threadsOf(me)).toEqual([])
    expect(await threadsOf(stranger)).toHaveLength(1)
    const [request] = (await get(me, '/api/v1/notifications/requests')).body
    expect(request).toMatchObject({ account: { acct: 'stranger' }, last_status: { id } })
    await act(me, `notifications/requests/${request.id}/accept`)
    expect(await threadsOf(me)).toMatchObject([{ unread: true, accounts: [{ acct: 'stranger' }], last_status: { id } }])
  })

  test('a block takes the threads with somebody away, and nothing of theirs comes in', async () => {
    const [one, other] = await makePair()
    const first = await tell(one, `@${other.username} hello`)
    await act(other, `accounts/${one.accountId}/block`)
    expect(await threadsOf(other), 'at once').toEqual([])
    await town.settled()
    await tell(one, `@${other.username} and again`, { in_reply_to_id: first })
    await act(other, `accounts/${one.accountId}/unblock`)
    expect(await threadsOf(other), 'nothing came in meanwhile').toEqual([])
  })
})

describe('a text that names more people than its writer expects', () => {
  test('is refused with their names, and nothing is written', async () => {
    const [one, other] = await makePair()
    const status = `@${other.username} and @cleo`
    const refused = await act(one, 'statuses', { status, visibility: 'direct', allowed_mentions: [other.accountId] })
    expect(refused.status).toBe(422)
    expect(refused.body.error).toBe('Post would be sent to unexpected accounts')
    expect(refused.body.unexpected_accounts).toMatchObject([{ acct: 'cleo', id: cleo.accountId }])
    expect(await threadsOf(one)).toEqual([])
    const nobody = await act(one, 'statuses', { status, allowed_mentions: [] })
    expect(nobody.body.unexpected_accounts).toHaveLength(2)
    const both = { status, visibility: 'direct', allowed_mentions: [cleo.accountId, other.accountId] }
    expect((await act(one, 'statuses', both)).status).toBe(200)
  })
})

test('who leaves takes their side and their words along; threads of others without them go on', async () => {
  const [one, other] = await makePair()
  const third = await town.person('third')
  for (const who of [one, other]) {
    await act(who, `accounts/${third.accountId}/follow`)
    await act(third, `accounts/${who.accountId}/follow`)
  }
  const root = await tell(one, `@${other.username} @third all of us`)
  const kept = await tell(other, `@${one.username} @third yes`, { in_reply_to_id: root })
  await tell(one, `@${other.username} we two`)
  await transact(town.ctx, async (tx) => {
    for (const room of rooms) if (typeof room.erase === 'function') await room.erase(tx, one.accountId)
  })
  for (const [who, left] of [
    [other, 'third'],
    [third, other.username],
  ] as const) {
    const threads = await threadsOf(who)
    expect(threads).toMatchObject([{ accounts: [{ acct: left }], last_status: { id: kept } }])
    expect(await messagesOf(who, threads[0] as Thread)).toEqual([kept])
  }
  const empty = await sql`select 1 from direct_threads t
    where not exists (select 1 from direct_thread_statuses m where m.thread_id = t.id)`.execute(town.ctx.db)
  expect(empty.rows).toEqual([])
})
