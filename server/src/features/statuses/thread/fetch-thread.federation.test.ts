import { afterAll, beforeAll, expect, test } from 'vitest'
import { setDomainPolicy } from '#features/domains'
import { transact } from '#platform/context'
import { startPeer, type Peer } from '#test/peer'
import { startTown, type Person, type TestTown } from '#test/test-town'
import { document, find, post, PUBLIC } from '../quotes.fixture.ts'
import { resolveStatus } from '../receive-note.ts'

let town: TestTown
let peer: Peer
let other: Peer
let ines: Person
let ivo: ReturnType<Peer['addActor']>
let mia: ReturnType<Peer['addActor']>
let count = 0
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  peer = await startPeer()
  other = await startPeer()
  ines = await town.person('ines')
  ivo = peer.addActor('ivo')
  mia = other.addActor('mia')
})
afterAll(async () => {
  await peer[Symbol.asyncDispose]()
  await other[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})

const LONG_AGO = '2026-01-02T03:04:05.000Z'
type Note = Record<string, unknown> & { id: string }

function write(on: Peer, by: { id: string }, change: Record<string, unknown> = {}): Note {
  const path = `/notes/${(count += 1)}`
  const id = `${on.url}${path}`
  const made = {
    id,
    type: 'Note',
    attributedTo: by.id,
    content: '<p>hi</p>',
    to: [PUBLIC],
    published: LONG_AGO,
    ...change,
  }
  on.documents.set(path, made)
  return made
}
const listed = (on: Peer, of: Note, items: unknown[], more: Record<string, unknown> = {}) => {
  const path = `${new URL(of.id).pathname}/replies`
  on.documents.set(path, { id: `${on.url}${path}`, type: 'Collection', items, ...more })
  of.replies = `${on.url}${path}`
}
const context = (id: string, query = '', headers: Record<string, string> = {}) =>
  town.call('GET', `/api/v1/statuses/${id}/context${query}`, { token: ines.token, headers })
const settle = async () => {
  for (let round = 0; round < 3; round += 1) await town.settled()
}
const asked = (on: Peer, uri: unknown) =>
  on.requests.filter((one) => one.method === 'GET' && one.path === new URL(String(uri)).pathname).length

test('whoever opens a thread from elsewhere gets the rest of it, from every server that it lies on', async () => {
  const root = write(peer, ivo)
  const answer = write(other, mia, { inReplyTo: root.id })
  const deeper = write(peer, ivo, { inReplyTo: answer.id })
  listed(peer, root, [answer.id])
  listed(other, answer, [{ type: 'Note', id: deeper.id, content: 'forged' }])
  const seen = await find(town, ines, root.id)
  const first = await context(seen.id)
  const [, token, left] = /^id="([^"]+)", retry=(\d+), result_count=0$/.exec(
    first.headers.get('mastodon-async-refresh') ?? '',
  ) as unknown as [string, string, string]
  expect(Number(left)).toBeGreaterThan(0)
  expect(first.body.descendants).toEqual([])
  expect(first.body.hamlet.thread_fetch.status).toBe('running')
  await settle()
  const done = await town.call('GET', `/api/v1_alpha/async_refreshes/${token}`, { token: ines.token })
  expect(done.body.async_refresh).toEqual({ id: token, status: 'finished', result_count: 2 })
  const second = await context(seen.id, '', { 'Mastodon-Async-Refresh-Id': token })
  expect(second.headers.get('mastodon-async-refresh')).toBeNull()
  expect(second.body.descendants.map((one: { uri: string }) => one.uri)).toEqual([answer.id, deeper.id])
  expect(second.body.descendants[1].content).toBe('<p>hi</p>')
  expect(second.body.hamlet.thread_fetch).toEqual({
    id: token,
    status: 'finished',
    found: 2,
    expected: 1,
    silent_hosts: [],
  })
})

test('of 57 replies the fifteen that are missing come, and are counted', async () => {
  const root = write(peer, ivo)
  const replies = Array.from({ length: 57 }, () => write(peer, ivo, { inReplyTo: root.id }))
  const seen = await find(town, ines, root.id)
  for (const reply of replies.slice(0, 42)) await resolveStatus(town.ctx, reply.id)
  const page = (n: number, at: number, items: unknown[]) => {
    const path = `${new URL(root.id).pathname}/replies?page=${n}`
    const next = n === 3 ? {} : { next: `${peer.url}${new URL(root.id).pathname}/replies?page=${n + 1}` }
    peer.documents.set(path, {
      id: `${peer.url}${path}`,
      type: 'CollectionPage',
      items: items.slice(at, at + 20),
      ...next,
    })
    return `${peer.url}${path}`
  }
  const ids = replies.map(({ id }) => id)
  const first = [1, 2, 3].map((n) => page(n, (n - 1) * 20, ids))[0]
  root.replies = { type: 'Collection', first }
  await context(seen.id)
  await settle()
  const { body } = await context(seen.id)
  expect(body.descendants).toHaveLength(57)
  expect(body.hamlet.thread_fetch).toMatchObject({ status: 'finished', found: 15, expected: 57 })
})

test('a collection of the whole thread is read in its place, and nothing outside of the thread is taken from it', async () => {
  const root = write(peer, ivo)
  const answer = write(peer, ivo, { inReplyTo: root.id })
  const below = write(other, mia, { inReplyTo: answer.id })
  const stray = write(other, mia)
  const elsewhere = write(peer, ivo)
  const known = await find(town, ines, elsewhere.id)
  const intruder = write(other, mia, { inReplyTo: elsewhere.id })
  const path = '/contexts/1'
  root.context = `${peer.url}${path}`
  peer.documents.set(path, {
    id: `${peer.url}${path}`,
    type: 'Collection',
    // A reply before what it answers: its place is found all the same.
    items: [below.id, root.id, answer.id, stray.id, intruder.id],
  })
  const seen = await find(town, ines, root.id)
  await context(seen.id)
  await settle()
  const { body } = await context(seen.id)
  expect(body.descendants.map((one: { uri: string }) => one.uri)).toEqual([answer.id, below.id])
  expect((await context(known.id)).body.descendants).toEqual([])
  expect(asked(other, below.id)).toBe(1)
})

test('what is not for everybody, not where it says that it is, or in a circle does no harm', async () => {
  const root = write(peer, ivo)
  const priv = write(peer, ivo, { inReplyTo: root.id, to: [`${ivo.id}/followers`] })
  const forged = write(other, mia, { inReplyTo: root.id, attributedTo: ivo.id })
  const open = write(peer, ivo, { inReplyTo: root.id })
  const path = `${new URL(root.id).pathname}/replies`
  const circle = { id: `${peer.url}${path}`, type: 'CollectionPage', next: `${peer.url}${path}` }
  peer.documents.set(path, { ...circle, items: [priv.id, forged.id, open.id, 'nonsense', 7, null] })
  root.replies = `${peer.url}${path}`
  const seen = await find(town, ines, root.id)
  await context(seen.id)
  await settle()
  const { body } = await context(seen.id)
  expect(body.descendants.map((one: { uri: string }) => one.uri)).toEqual([open.id])
  expect(asked(peer, root.replies)).toBe(1)
  // A list that lies on another server is no list of this post.
  const next = write(peer, ivo)
  const lure = write(other, mia)
  listed(other, lure, [])
  next.replies = lure.replies
  const nextSeen = await find(town, ines, next.id)
  await context(nextSeen.id)
  await settle()
  expect(asked(other, lure.replies)).toBe(0)
})

test('a server that does not answer is named, and the others are heard', async () => {
  const gone = await startPeer()
  const noor = gone.addActor('noor')
  const root = write(peer, ivo)
  const lost = write(gone, noor, { inReplyTo: root.id })
  const there = write(other, mia, { inReplyTo: root.id })
  listed(peer, root, [lost.id, there.id])
  const seen = await find(town, ines, root.id)
  await gone[Symbol.asyncDispose]()
  await context(seen.id)
  await settle()
  const { body } = await context(seen.id)
  expect(body.hamlet.thread_fetch).toMatchObject({ found: 1, expected: 2, silent_hosts: [gone.host] })
  expect(body.descendants).toHaveLength(1)
})

test('a server that is shut out is not asked, whoever names what it holds', async () => {
  const shut = await startPeer()
  const mallory = shut.addActor('mallory')
  const root = write(peer, ivo)
  const theirs = write(shut, mallory, { inReplyTo: root.id })
  const below = write(peer, ivo, { inReplyTo: theirs.id })
  listed(peer, root, [theirs.id, below.id])
  const seen = await find(town, ines, root.id)
  await transact(town.ctx, (tx) => setDomainPolicy(tx, ines.accountId, shut.host, { severity: 'suspend' }))
  await context(seen.id)
  await settle()
  expect((await context(seen.id)).body.descendants).toEqual([])
  expect(await find(town, ines, theirs.id)).toBeUndefined()
  await town.call('GET', `/api/v1/accounts/search?resolve=true&q=@mallory@${shut.host}`, { token: ines.token })
  expect(shut.requests.filter((one) => !one.path.startsWith('/.well-known/'))).toEqual([])
  await shut[Symbol.asyncDispose]()
})

test('however many look, it is one errand; a press asks again after a minute, a look after a quarter of an hour', async () => {
  const root = write(peer, ivo)
  listed(peer, root, [])
  const seen = await find(town, ines, root.id)
  const before = asked(peer, root.id)
  await Promise.all([context(seen.id), context(seen.id), context(seen.id, '?fetch=1')])
  await settle()
  await context(seen.id)
  await context(seen.id, '?fetch=true')
  await settle()
  expect(asked(peer, root.id) - before).toBe(1)
  const past = async (minutes: number) => {
    await town.ctx.db
      .updateTable('thread_fetches')
      .set({ started_at: new Date(town.ctx.clock.now().getTime() - minutes * 60_000).toISOString() })
      .where('status_id', '=', seen.id)
      .execute()
  }
  await past(2)
  await context(seen.id)
  await settle()
  expect(asked(peer, root.id) - before).toBe(1)
  await context(seen.id, '?fetch=true')
  await settle()
  expect(asked(peer, root.id) - before).toBe(2)
  await past(16)
  await context(seen.id)
  await settle()
  expect(asked(peer, root.id) - before).toBe(3)
})

test('strangers and fresh posts set nothing in motion; nor does a thread of ours', async () => {
  const root = write(peer, ivo, { published: new Date().toISOString() })
  listed(peer, root, [])
  const seen = await find(town, ines, root.id)
  const before = asked(peer, root.id)
  const fresh = await context(seen.id)
  expect(fresh.headers.get('mastodon-async-refresh')).toBeNull()
  const anonymous = await town.call('GET', `/api/v1/statuses/${seen.id}/context?fetch=1`)
  expect(anonymous.status).toBe(200)
  expect(anonymous.body.hamlet).toBeUndefined()
  const own = await post(town, ines, 'statuses', { status: 'ours' })
  expect((await context(own.body.id, '?fetch=1')).body.hamlet).toBeUndefined()
  await settle()
  expect(asked(peer, root.id) - before).toBe(0)
  expect((await town.call('GET', '/api/v1_alpha/async_refreshes/nothing', { token: ines.token })).status).toBe(404)
  expect((await town.call('GET', '/api/v1_alpha/async_refreshes/nothing')).status).toBe(401)
})

test('our own open replies are listed for others; closed ones are not, and closed posts have no list', async () => {
  const { body: root } = await post(town, ines, 'statuses', { status: 'begin' })
  const { body: open } = await post(town, ines, 'statuses', { status: 'open', in_reply_to_id: root.id })
  await post(town, ines, 'statuses', { status: 'closed', in_reply_to_id: root.id, visibility: 'private' })
  const { body: priv } = await post(town, ines, 'statuses', { status: 'closed', visibility: 'private' })
  const note = await document(town, root.uri)
  expect(note.body.replies).toMatchObject({ id: `${root.uri}/replies`, type: 'Collection', first: { items: [] } })
  const list = await town.call('GET', `${new URL(root.uri).pathname}/replies`)
  expect(list.body).toMatchObject({ type: 'Collection', first: { items: [open.uri] } })
  const page = await town.call('GET', `${new URL(root.uri).pathname}/replies?page=true`)
  expect(page.body).toMatchObject({ type: 'CollectionPage', items: [open.uri] })
  expect((await town.call('GET', `${new URL(priv.uri).pathname}/replies`)).status).toBe(404)
})
