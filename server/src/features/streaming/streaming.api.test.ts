import { createStreamingAPIClient } from 'masto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { WebSocket } from 'ws'
import { openContext } from '#app/context'
import { startServer } from '#app/server'
import { revokeTokensOf } from '#features/oauth'
import { announce } from '#features/streaming'
import { openBrowser } from '#test/browser'
import { dial, until, type Listener } from '#test/listener'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let ines: Person
let follower: Person
let stranger: Person
const open: Listener[] = []

beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines')
  follower = await town.person('follower')
  stranger = await town.person('stranger')
  await act(follower, `accounts/${ines.accountId}/follow`)
})
afterAll(async () => {
  for (const listener of open) listener.socket.terminate()
  await town[Symbol.asyncDispose]()
})

const act = (who: Person, path: string, json: Record<string, unknown> = {}) =>
  town.call('POST', `/api/v1/${path}`, { token: who.token, json })
const say = async (who: Person, status: string, more: Record<string, unknown> = {}) =>
  (await act(who, 'statuses', { status, ...more })).body as { id: string }
const remove = (who: Person, id: string) => town.call('DELETE', `/api/v1/statuses/${id}`, { token: who.token })

const EVERYTHING = ['user', 'user:notification', 'public', 'public:local', 'public:remote', 'direct']

async function listen(who: Person, streams: string[] = EVERYTHING, tags: string[] = []): Promise<Listener> {
  const listener = await dial(town.url, { token: who.token })
  open.push(listener)
  for (const stream of streams) listener.say({ type: 'subscribe', stream })
  for (const tag of tags) listener.say({ type: 'subscribe', stream: 'hashtag', tag })
  // A stream that there is not is answered last, so the others are subscribed.
  listener.say({ type: 'subscribe', stream: 'nonsense' })
  await listener.complaint()
  return listener
}

/** Once this has arrived, everything announced before has too, or never will. */
async function settle(listener: Listener): Promise<void> {
  await town.settled()
  const mark = `mark ${Math.random()}`
  listener.say({ type: 'subscribe', stream: 'public:local' })
  for (let lane = 0; lane < 8; lane += 1) await say(ines, mark)
  await until(
    () => (listener.heard.filter((one) => one.payload.includes(mark)).length >= 8 ? true : undefined),
    'the marks did not arrive',
  )
}

const countOf = (listener: Listener, id: string) => listener.heard.filter((one) => one.payload.includes(id)).length

const idsOf = (listener: Listener, stream?: string) =>
  listener.heard
    .filter((one) => stream === undefined || one.stream[0] === stream)
    .map((one) => (one.event === 'delete' ? one.payload : JSON.parse(one.payload).id))

describe('what is heard', () => {
  test('a follower hears a post, its edit, its end, in the form apps know', async () => {
    const ear = await listen(follower, ['user'])
    const post = await say(ines, 'live', { visibility: 'private' })
    const update = await ear.hear('update', (status) => status.id === post.id)
    expect(update).toMatchObject({ content: '<p>live</p>', favourited: false, account: { acct: 'ines' } })
    expect(ear.heard[0]?.stream).toEqual(['user'])
    expect(typeof ear.heard[0]?.payload).toBe('string')
    await town.call('PUT', `/api/v1/statuses/${post.id}`, { token: ines.token, json: { status: 'edited' } })
    expect(await ear.hear('status.update')).toMatchObject({ id: post.id, content: '<p>edited</p>' })
    await remove(ines, post.id)
    expect(await ear.hear('delete')).toBe(post.id)
  })

  test('everybody hears a post as they would read it', async () => {
    const ears = await Promise.all([ines, follower, stranger].map((who) => listen(who, ['public'])))
    const read = async (who: Person, id: string) =>
      (await town.call('GET', `/api/v1/statuses/${id}`, { token: who.token })).body
    let parent: { id: string } | undefined
    for (const status of ['the same to all', 'and a thread']) {
      const post = await say(ines, status, parent ? { in_reply_to_id: parent.id } : {})
      parent = post
      for (const [at, who] of [ines, follower, stranger].entries()) {
        const heard = await ears[at]?.hear('update', (one) => one.id === post.id)
        expect(heard, who.username).toEqual(await read(who, post.id))
      }
    }
  })

  test('boosts arrive where they are shown, and leave when they are taken back', async () => {
    const ear = await listen(follower, ['user'])
    const post = await say(stranger, 'worth it')
    const boost = (await act(ines, `statuses/${post.id}/reblog`)).body
    expect(await ear.hear('update')).toMatchObject({ id: boost.id, reblog: { id: post.id } })
    await act(ines, `statuses/${post.id}/unreblog`)
    expect(await ear.hear('delete')).toBe(boost.id)
  })

  test('a follow that hides boosts hears none', async () => {
    const quiet = await town.person('quiet')
    await act(quiet, `accounts/${ines.accountId}/follow`, { reblogs: false })
    const ear = await listen(quiet, ['user'])
    const post = await say(stranger, 'not for the quiet')
    const boost = (await act(ines, `statuses/${post.id}/reblog`)).body
    await settle(ear)
    expect(idsOf(ear, 'user')).not.toContain(boost.id)
  })

  test('a notification arrives on both its streams', async () => {
    const ear = await listen(follower, ['user', 'user:notification', 'public', 'public:local'])
    const post = await say(follower, 'like me')
    await act(ines, `statuses/${post.id}/favourite`)
    const isOn = (stream: string) => (_: unknown, spoken: { stream: string[] }) => spoken.stream[0] === stream
    expect(await ear.hear('notification', isOn('user'))).toMatchObject({ type: 'favourite', status: { id: post.id } })
    expect(await ear.hear('notification', isOn('user:notification'))).toMatchObject({ account: { acct: 'ines' } })
    expect(ear.heard.filter((one) => one.event === 'notification').length).toBe(2)
    await town.call('PATCH', '/api/v2/notifications/policy', {
      token: follower.token,
      json: { for_new_accounts: 'filter' },
    })
    const mention = await say(stranger, '@follower filtered')
    await settle(ear)
    expect(ear.heard.filter((one) => one.event === 'notification' && one.payload.includes(mention.id))).toEqual([])
  })

  test('public streams and tags hear what is public, and only what they are for', async () => {
    const ear = await listen(stranger, ['public', 'public:local', 'public:remote'], ['Tide'])
    const post = await say(ines, 'the #tide comes')
    const onStreams = () =>
      ear.heard.filter((one) => one.payload.includes(post.id)).map((one) => JSON.stringify(one.stream))
    await until(() => (onStreams().length === 3 ? true : undefined), 'three streams hear it')
    expect(onStreams().toSorted()).toEqual(['["hashtag","tide"]', '["public"]', '["public:local"]'])
    ear.say({ type: 'unsubscribe', stream: 'public' })
    const next = await say(ines, 'without the first')
    await ear.hear('update', (status) => status.id === next.id)
    expect(idsOf(ear, 'public')).not.toContain(next.id)
  })

  test('a person is told on their own stream, on every connection, and nobody else', async () => {
    const [ear, second, other] = [await listen(follower), await listen(follower, ['user']), await listen(stranger)]
    announce(town.ctx.streams, 'filters_changed', { accountId: follower.accountId })
    await ear.hear('filters_changed')
    await second.hear('filters_changed')
    expect(ear.heard.map((one) => one.stream)).toEqual([['user']])
    expect(other.heard).toEqual([])
  })

  test('masto.js hears a post', async () => {
    const client = createStreamingAPIClient({
      streamingApiUrl: town.url.replace('http', 'ws'),
      accessToken: follower.token,
      implementation: WebSocket,
    })
    await client.prepare()
    const user = client.user.subscribe()
    const first = (async () => {
      for await (const event of user) if (event.event === 'update') return event.payload.content
    })()
    await new Promise((done) => setTimeout(done, 200))
    await say(ines, 'hello masto')
    expect(await first).toBe('<p>hello masto</p>')
    client.close()
  })
})

describe('what is not heard', () => {
  test('a closed post, its edit and its end reach no stranger on any stream', async () => {
    const ear = await listen(stranger, EVERYTHING, ['secret'])
    const own = await listen(follower)
    for (const visibility of ['private', 'direct']) {
      const post = await say(ines, 'a #secret', { visibility })
      const change = { token: ines.token, json: { status: 'a #secret still' } }
      await town.call('PUT', `/api/v1/statuses/${post.id}`, change)
      if (visibility === 'private') await act(ines, `statuses/${post.id}/reblog`)
      await remove(ines, post.id)
      await settle(ear)
      expect(countOf(ear, post.id), visibility).toBe(0)
      if (visibility === 'private') expect(idsOf(own)).toContain(post.id)
      else expect(countOf(own, post.id)).toBe(0)
    }
  })

  test('who hears what of which audience, on all streams at once', async () => {
    const names = ['m_author', 'm_follower', 'm_named', 'm_stranger', 'm_blocked'] as const
    const people = new Map(await Promise.all(names.map(async (name) => [name, await town.person(name)] as const)))
    const of = (name: (typeof names)[number]) => people.get(name) as Person
    await act(of('m_follower'), `accounts/${of('m_author').accountId}/follow`)
    await act(of('m_author'), `accounts/${of('m_blocked').accountId}/block`)
    await act(of('m_named'), `accounts/${of('m_author').accountId}/follow`)
    await act(of('m_named'), `accounts/${of('m_author').accountId}/unfollow`)
    await town.call('PATCH', '/api/v2/notifications/policy', {
      token: of('m_named').token,
      json: { for_private_mentions: 'accept' },
    })
    const ears = await Promise.all(
      names.map(async (name) => [name, await listen(of(name), EVERYTHING, ['grid'])] as const),
    )
    const open = ['hashtag update', 'public update', 'public:local update']
    const told = ['user notification', 'user:notification notification']
    const expected: Record<string, Record<(typeof names)[number], string[]>> = {
      public: {
        m_author: [...open, 'user update'],
        m_follower: [...open, 'user update'],
        m_named: [...open, ...told],
        m_stranger: open,
        m_blocked: [],
      },
      unlisted: {
        m_author: ['user update'],
        m_follower: ['user update'],
        m_named: told,
        m_stranger: [],
        m_blocked: [],
      },
      private: { m_author: ['user update'], m_follower: ['user update'], m_named: told, m_stranger: [], m_blocked: [] },
      direct: {
        m_author: ['user update', 'direct conversation'],
        m_follower: [],
        m_named: [...told, 'direct conversation'],
        m_stranger: [],
        m_blocked: [],
      },
    }
    for (const [visibility, cells] of Object.entries(expected)) {
      const post = await say(of('m_author'), '#grid @m_named', { visibility })
      await Promise.all(ears.filter(([name]) => name !== 'm_blocked').map(([, ear]) => settle(ear)))
      for (const [name, ear] of ears) {
        const wanted = cells[name]
        // The marks may all have gone through other lanes than the post, so that they prove silence and not arrival.
        const isThere = () => (countOf(ear, post.id) >= wanted.length ? true : undefined)
        await until(isThere, `${name} heard less of ${visibility} than ${wanted.join(', ')}`)
        const heard = ear.heard.filter((one) => one.payload.includes(post.id))
        const cell = heard.map((one) => `${one.stream[0]} ${one.event}`).toSorted()
        expect(cell, `${name} of ${visibility}`).toEqual(wanted.toSorted())
      }
    }
  })

  test('an unlisted post is on no public stream', async () => {
    const ear = await listen(stranger, ['public', 'public:local'], ['hush'])
    const post = await say(ines, '#hush', { visibility: 'unlisted' })
    await settle(ear)
    expect(idsOf(ear)).not.toContain(post.id)
  })

  test('posts of people one blocks, mutes, or is blocked by', async () => {
    const [one, other] = [await town.person('one'), await town.person('other')]
    const third = await town.person('third')
    await act(one, `accounts/${other.accountId}/follow`)
    const ear = await listen(one, EVERYTHING, ['noise'])
    await act(one, `accounts/${other.accountId}/block`)
    const blocked = await say(other, '#noise @one')
    await act(one, `accounts/${third.accountId}/mute`)
    const muted = await say(third, '#noise @one')
    const fourth = await town.person('fourth')
    await act(fourth, `accounts/${one.accountId}/block`)
    const reverse = await say(fourth, '#noise')
    await settle(ear)
    for (const post of [blocked, muted, reverse]) expect(countOf(ear, post.id)).toBe(0)
  })
})

describe('the door', () => {
  const refused = (how: Parameters<typeof dial>[1]) =>
    dial(town.url, how).then(
      () => 'open',
      (error: Error) => error.message,
    )

  test('takes the token in header, query or subprotocol, and nobody without one', async () => {
    for (const how of [
      { token: stranger.token },
      { query: `?access_token=${stranger.token}&stream=user` },
      { protocol: stranger.token },
    ]) {
      const listener = await dial(town.url, how)
      expect(listener.socket.readyState).toBe(1)
      listener.socket.terminate()
    }
    expect(await refused({})).toBe('401 Invalid access token')
    expect(await refused({ token: 'wrong' })).toBe('401 Invalid access token')
    expect(await refused({ protocol: 'wrong' })).toBe('401 Invalid access token')
  })

  test('takes a session from our own pages alone', async () => {
    const browser = openBrowser(town.url)
    await browser.post('/sign-in', { login: 'stranger', password: 'correct horse' })
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    expect(await refused({ headers: { cookie } })).toMatch(/^401/)
    expect(await refused({ headers: { cookie, origin: 'https://evil.example' } })).toMatch(/^401/)
    const listener = await dial(town.url, { headers: { cookie, origin: town.url }, query: '?stream=user' })
    open.push(listener)
    expect(listener.socket.readyState).toBe(1)
  })

  test('says no in the words apps know, and stays open', async () => {
    const narrow = await town.person('narrow', 'write read:notifications')
    const listener = await dial(town.url, { token: narrow.token })
    open.push(listener)
    const no = async (words: unknown) => {
      listener.complaints.length = 0
      listener.say(words)
      return listener.complaint()
    }
    expect(await no({ type: 'subscribe', stream: 'user' })).toMatchObject({ status: 401 })
    expect(await no({ type: 'subscribe', stream: 'nonsense' })).toMatchObject({ status: 400 })
    expect(await no({ type: 'subscribe', stream: 'constructor' })).toMatchObject({ status: 400 })
    expect(await no('no json')).toMatchObject({ status: 400 })
    expect(await no('[]')).toMatchObject({ status: 400 })
    const full = await dial(town.url, { token: stranger.token, query: '?stream=list&list=1' })
    open.push(full)
    expect(await full.complaint()).toEqual({ error: 'Not authorized to stream this list', status: 401 })
    full.complaints.length = 0
    full.say({ type: 'subscribe', stream: 'hashtag' })
    expect(await full.complaint()).toMatchObject({ status: 400 })
    full.say({ type: 'nonsense' })
    full.socket.send(Buffer.from('bytes'), { binary: true })
    expect(await full.closed).toBe(1003)
  })

  test('hears no notifications without the scope for them', async () => {
    const narrow = await town.person('no_notes', 'write read:statuses')
    const ear = await dial(town.url, { token: narrow.token, query: '?stream=user' })
    open.push(ear)
    const post = await say(narrow, 'mine')
    await act(ines, `statuses/${post.id}/favourite`)
    await settle(ear)
    expect(ear.heard.map((one) => one.event)).not.toContain('notification')
    expect(await refused({ token: (await town.person('writer', 'write')).token, query: '?stream=user' })).toBe('open')
  })

  test('closes at once when the token is revoked, and when the person may listen no longer', async () => {
    const leaver = await town.person('leaver')
    const listener = await dial(town.url, { token: leaver.token, query: '?stream=user' })
    await revokeTokensOf.run(town.ctx, { userId: leaver.userId })
    expect(await listener.closed).toBe(1008)
    expect(await refused({ token: leaver.token })).toMatch(/^401/)
  })

  test('holds so many connections of a person, and lets others in', async () => {
    const greedy = await town.person('greedy')
    const all = await Promise.all(Array.from({ length: 50 }, () => dial(town.url, { token: greedy.token })))
    const last = await dial(town.url, { token: greedy.token })
    expect(await last.closed).toBe(1008)
    expect(last.complaints).toEqual([{ error: 'Too many open connections', status: 429 }])
    for (const listener of all) listener.socket.close()
    await Promise.all(all.map((listener) => listener.closed))
    const again = await until(() => true, '').then(() => dial(town.url, { token: greedy.token }))
    expect(again.socket.readyState).toBe(1)
    again.socket.terminate()
  })

  test('other addresses take no sockets', async () => {
    const socket = new WebSocket(`${town.url.replace('http', 'ws')}/api/v1/statuses`)
    const status = await new Promise((done) =>
      socket.on('unexpected-response', (_request, response) => done(response.statusCode)),
    )
    socket.on('error', () => {})
    socket.terminate()
    expect(status).toBe(404)
  })
})

describe('server-sent events', () => {
  test('greet, tell, and end when the client goes', async () => {
    const leave = new AbortController()
    const response = await fetch(`${town.url}/api/v1/streaming/user`, {
      headers: { authorization: `Bearer ${follower.token}` },
      signal: leave.signal,
    })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    expect(response.headers.get('cache-control')).toBe('private, no-store')
    let text = ''
    const reading = (async () => {
      const decoder = new TextDecoder()
      for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) text += decoder.decode(part)
    })().catch(() => {})
    const post = await say(ines, 'over lines\n\nof text')
    await until(() => (text.includes(post.id) ? true : undefined), 'the event did not arrive')
    expect(text).toMatch(/^:\)\n\nevent: update\ndata: \{.*\}\n\n$/)
    leave.abort()
    await reading
  })

  test('refuse in the status of the answer', async () => {
    const get = (path: string, token?: string) =>
      town.call('GET', `/api/v1/streaming/${path}`, token === undefined ? {} : { token })
    expect((await get('public')).status).toBe(401)
    expect((await get('hashtag', stranger.token)).status).toBe(400)
    expect((await get('list?list=5', stranger.token)).status).toBe(401)
    expect((await get('nonsense', stranger.token)).status).toBe(404)
    const health = await get('health')
    expect([health.status, health.text]).toEqual([200, 'OK'])
  })
})

test('two processes are one: what is posted at one is heard at the other; stopping says so', async () => {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(town.ctx.db)
  const databaseUrl = inject('adminUrl').replace('/postgres?', `/${rows[0]?.name}?`)
  const config = { ...town.ctx.config, roles: ['streaming' as const] }
  const second = await openContext({ config, log: town.ctx.log, clock: town.clock, databaseUrl })
  const server = await startServer(second.ctx)
  const there = `http://127.0.0.1:${server.port}`
  const ear = await dial(there, { token: follower.token, query: '?stream=user' })
  ear.say({ type: 'subscribe', stream: 'user:notification' })
  const post = await say(ines, 'across, @follower')
  expect(await ear.hear('update', (status) => status.id === post.id)).toMatchObject({ id: post.id })
  expect(await ear.hear('notification')).toMatchObject({ type: 'mention', status: { id: post.id } })
  await remove(ines, post.id)
  expect(await ear.hear('delete')).toBe(post.id)
  expect((await fetch(`${there}/api/v1/timelines/public`)).status).toBe(404)
  await server.stop()
  expect(await ear.closed).toBe(1012)
  await second.close()
})
