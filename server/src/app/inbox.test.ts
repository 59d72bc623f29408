import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { deliver } from '#federation'
import { transact } from '#platform/context'
import { startPeer, type Forgery, type Peer } from '#test/peer'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let peer: Peer
let ines: Person
let inesUri: string
let bram: ReturnType<Peer['addActor']>
let mallory: ReturnType<Peer['addActor']>
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  peer = await startPeer()
  ines = await town.person('ines')
  inesUri = `${town.url}/ap/users/${ines.accountId}`
  bram = peer.addActor('bram')
  mallory = peer.addActor('mallory')
})
afterAll(async () => {
  await peer[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})

let count = 0
const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
const inbox = () => `${town.url}/inbox`
const like = () => ({ id: `${bram.id}#likes/${(count += 1)}`, type: 'Follow', actor: bram.id, object: inesUri })
const note = (by: { id: string }, change: Record<string, unknown> = {}) => {
  const id = `${by.id}/statuses/${(count += 1)}`
  return {
    id,
    type: 'Note',
    attributedTo: by.id,
    content: '<p>hello</p>',
    to: [PUBLIC],
    cc: [inesUri],
    tag: [{ type: 'Mention', href: inesUri, name: '@ines' }],
    published: new Date().toISOString(),
    ...change,
  }
}
const create = (by: { id: string }, object: Record<string, unknown>) => ({
  id: `${String(object.id)}/activity`,
  type: 'Create',
  actor: by.id,
  to: object.to,
  cc: object.cc,
  object,
})

async function facts() {
  const rows = async (table: 'statuses' | 'follows' | 'inbound_activities' | 'favourites' | 'blocks' | 'accounts') =>
    (
      await town.ctx.db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<string>().as('count'))
        .executeTakeFirstOrThrow()
    ).count
  return {
    statuses: await rows('statuses'),
    follows: await rows('follows'),
    inbound: await rows('inbound_activities'),
    favourites: await rows('favourites'),
    blocks: await rows('blocks'),
  }
}

describe('what is not proven is refused, and nothing is written', () => {
  let before: Awaited<ReturnType<typeof facts>>
  beforeEach(async () => {
    await peer.send(inbox(), { id: `${bram.id}#x`, type: 'Nothing', actor: bram.id }, bram)
    await town.settled()
    before = await facts()
  })
  const hour = 3_600_000
  test.each<[string, Forgery, number]>([
    ['unsigned', { drop: ['Signature'] }, 401],
    ['another body than was signed', { body: '{"type":"Follow"}' }, 401],
    ['no digest', { drop: ['Digest'] }, 401],
    ['no date', { drop: ['Date'] }, 401],
    ['two hours old', { date: new Date(Date.now() - 2 * hour) }, 401],
    ['from the future', { date: new Date(Date.now() + 2 * hour) }, 401],
    ['a key that nobody has', { keyId: 'http://localhost:1/nobody#main-key' }, 401],
    ['a key that is no address', { keyId: 'nobody' }, 401],
  ])('%s', async (_name, change, status) => {
    expect(await peer.send(inbox(), like(), bram, change)).toBe(status)
    await town.settled()
    expect(await facts()).toEqual(before)
  })

  test("somebody else's key", async () => {
    expect(await peer.send(inbox(), like(), mallory)).toBe(401)
    expect(await peer.send(inbox(), like(), { id: bram.id, key: mallory.key })).toBe(401)
    await town.settled()
    expect((await facts()).follows).toBe(before.follows)
  })

  test.each<[string, string, number]>([
    ['no JSON', 'x', 400],
    ['a list', '[]', 400],
    ['no actor', '{"type":"Follow"}', 400],
    ['too deep', `{"type":"Follow","actor":"http://x.example/","object":${'['.repeat(100)}${']'.repeat(100)}}`, 413],
  ])('a signed body that is %s', async (_name, body, status) => {
    const bytes = Buffer.from(body)
    expect(await peer.sendRaw(inbox(), bytes, bram)).toBe(status)
    await town.settled()
    expect(await facts()).toEqual(before)
  })
})

describe('what is proven may still not be said', () => {
  const refused = async (activity: unknown, by = mallory) => {
    const before = await facts()
    expect(await peer.send(inbox(), activity, by)).toBe(202)
    await town.settled()
    expect({ ...(await facts()), inbound: before.inbound }).toEqual(before)
  }
  test('a post in the name of another', () => refused(create(mallory, note(bram))))
  test('a post at the address of another host', () =>
    refused(create(mallory, { ...note(mallory), id: 'https://victim.example/notes/1' })))
  test('a post of ours', () => refused(create(mallory, { ...note(mallory), id: `${town.url}/ap/users/1/statuses/1` })))
  test('an edit and a deletion of what another wrote', async () => {
    const post = note(bram)
    await peer.send(inbox(), create(bram, post), bram)
    await town.settled()
    await refused({
      id: `${mallory.id}#u`,
      type: 'Update',
      actor: mallory.id,
      object: { ...post, content: 'changed', updated: new Date().toISOString() },
    })
    await refused({ id: `${mallory.id}#d`, type: 'Delete', actor: mallory.id, object: post.id })
    const [row] = await town.ctx.db.selectFrom('statuses').select('content').where('uri', '=', post.id).execute()
    expect(row?.content).toBe('<p>hello</p>')
  })
  test('an undoing of what another did', async () => {
    await peer.send(inbox(), { id: `${bram.id}#f`, type: 'Follow', actor: bram.id, object: inesUri }, bram)
    await town.settled()
    await refused({
      id: `${mallory.id}#uf`,
      type: 'Undo',
      actor: mallory.id,
      object: { id: `${bram.id}#f`, type: 'Follow', actor: bram.id, object: inesUri },
    })
    await refused({ id: `${mallory.id}#uf2`, type: 'Undo', actor: mallory.id, object: `${bram.id}#f` })
  })
  test('an answer to a request that was made to another', () =>
    refused({
      id: `${mallory.id}#a`,
      type: 'Accept',
      actor: mallory.id,
      object: { type: 'Follow', actor: inesUri, object: bram.id },
    }))
  test('a post that concerns nobody here', () => refused(create(mallory, note(mallory, { cc: [], tag: [] }))))
  test('the deletion of somebody else', () =>
    refused({ id: `${mallory.id}#dd`, type: 'Delete', actor: mallory.id, object: bram.id }))
})

test('that a stranger is gone or has changed is news to nobody: taken, unread, whoever signed it', async () => {
  await peer.send(inbox(), create(bram, note(bram)), bram)
  await town.settled()
  const before = await facts()
  const fetched = peer.requests.length
  const gone = `${peer.url}/users/gone`
  for (const type of ['Delete', 'Update']) {
    const activity = { id: `${gone}#${type}`, type, actor: gone, object: gone, to: [PUBLIC] }
    expect(await peer.send(inbox(), activity, { id: gone, key: mallory.key })).toBe(202)
  }
  expect(peer.requests.length).toBe(fetched)
  // Whoever is known is not taken at a stranger's word.
  expect(
    await peer.send(inbox(), { id: `${bram.id}#gone`, type: 'Delete', actor: bram.id, object: bram.id }, mallory),
  ).toBe(401)
  await town.settled()
  expect(await facts()).toEqual(before)
})

test('a repeat changes nothing, and a deletion that comes first wins', async () => {
  const post = note(bram)
  for (let times = 0; times < 3; times += 1) expect(await peer.send(inbox(), create(bram, post), bram)).toBe(202)
  await town.settled()
  const stored = () => town.ctx.db.selectFrom('statuses').select('id').where('uri', '=', post.id).execute()
  expect(await stored()).toHaveLength(1)
  const late = note(bram)
  await peer.send(inbox(), { id: `${late.id}#delete`, type: 'Delete', actor: bram.id, object: late.id }, bram)
  await town.settled()
  await peer.send(inbox(), create(bram, late), bram)
  await town.settled()
  expect(await town.ctx.db.selectFrom('statuses').select('id').where('uri', '=', late.id).execute()).toEqual([])
})

test('words of strangers arrive clean', async () => {
  const post = note(bram, {
    content:
      '<p onclick="x">hi <a href="javascript:alert(1)">there</a><script>alert(1)</script><img src=x onerror=alert(1)></p>',
    summary: '<b>warning</b><script>x</script>',
  })
  await peer.send(inbox(), create(bram, post), bram)
  await town.settled()
  const [row] = await town.ctx.db
    .selectFrom('statuses')
    .select(['content', 'spoiler_text'])
    .where('uri', '=', post.id)
    .execute()
  expect(row).toEqual({ content: '<p>hi there</p>', spoiler_text: 'warning' })
})

test('a dead host delays nobody: its deliveries wait alone', async () => {
  const dead = 'http://localhost:9/inbox'
  const alive = Array.from({ length: 20 }, (_, index) => `${peer.url}/box/${index}`)
  const from = peer.requests.length
  await transact(town.ctx, (tx) =>
    deliver(tx, { accountId: ines.accountId, activity: { type: 'Like', id: 'x' }, inboxes: [dead, ...alive] }),
  )
  for (let waited = 0; waited < 10_000; waited += 20) {
    if (peer.requests.slice(from).length >= alive.length) break
    await new Promise((done) => setTimeout(done, 20))
  }
  const paths = peer.requests.slice(from).map((request) => request.path)
  expect(paths.toSorted()).toEqual(alive.map((url) => new URL(url).pathname).toSorted())
  const states = await town.ctx.db
    .selectFrom('deliveries')
    .select(['host', 'state', 'attempts'])
    .where('inbox_url', '=', dead)
    .execute()
  expect(states).toMatchObject([{ host: 'localhost:9', state: 'waiting' }])
})
