import { afterAll, beforeAll, expect, test } from 'vitest'
import { dial, until, type Listener } from '#test/listener'
import { startPeer, type Peer } from '#test/peer'
import { makeBrowser, startPushService, type PushService } from '#test/push-service'
import { startTown, type Person, type TestTown } from '#test/test-town'

const PEERS = 5
const AT_ONCE = 10
const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

let town: TestTown
let service: PushService
let peers: Peer[]
let writers: { peer: Peer; actor: ReturnType<Peer['addActor']> }[]
let friend: (typeof writers)[number]
let ines: Person
let inesUri: string
let post: { id: string; uri: string }
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  service = await startPushService()
  peers = await Promise.all(Array.from({ length: PEERS }, () => startPeer()))
  writers = peers.flatMap((peer) => ['bram', 'oda'].map((name) => ({ peer, actor: peer.addActor(name) })))
  friend = { peer: peers[0]!, actor: peers[0]!.addActor('friend') }
  ines = await town.person('ines')
  inesUri = `${town.url}/ap/users/${ines.accountId}`
  const browser = makeBrowser(`${service.url}/ines`)
  await call('POST', '/api/v1/push/subscription', browser.json)
  await call('POST', `/api/v1/accounts/${await idOf('friend', peers[0]!)}/follow`)
  await town.settled()
  const follow = JSON.parse(peers[0]!.requests.find(({ body }) => body.includes('"Follow"'))!.body)
  const accept = { id: `${friend.actor.id}#yes`, type: 'Accept', actor: friend.actor.id, object: follow }
  expect(await peers[0]!.send(`${town.url}/inbox`, accept, friend.actor)).toBe(202)
  post = (await call('POST', '/api/v1/statuses', { status: 'Ferry is out' })).body
  await town.settled()
})
afterAll(async () => {
  await town[Symbol.asyncDispose]()
  for (const one of [service, ...peers]) await one[Symbol.asyncDispose]()
})

const call = (method: string, path: string, json?: unknown) =>
  town.call(method, path, { token: ines.token, ...(json === undefined ? {} : { json }) })
const idOf = async (name: string, peer: Peer) =>
  (await call('GET', `/api/v2/search?resolve=true&q=@${name}@${encodeURIComponent(peer.host)}`)).body.accounts[0].id
const groups = async () => {
  const grouped = ['favourite', 'follow', 'mention', 'reblog'].map((kind) => `grouped_types[]=${kind}`).join('&')
  const { notification_groups: all } = (await call('GET', `/api/v2/notifications?${grouped}`)).body
  return { rows: all, offers: all.filter((one: { hamlet?: unknown }) => one.hamlet) }
}
const unread = async () => (await call('GET', '/api/v1/notifications/unread_count?limit=1000')).body.count
const pause = async (duration?: number) =>
  (
    await call(
      'POST',
      `/api/hamlet/v1/statuses/${post.id}/notifications/pause`,
      duration === undefined ? {} : { duration },
    )
  ).body

/** An answer to the post, written and signed on another server, brought to our inbox as any server brings it. */
async function answer({ peer, actor }: (typeof writers)[number], number: number): Promise<void> {
  const id = `${actor.id}/statuses/${number}`
  const to = { to: [PUBLIC], cc: [inesUri] }
  const tag = [{ type: 'Mention', href: inesUri, name: '@ines' }]
  const published = town.clock.now().toISOString()
  const object = {
    id,
    type: 'Note',
    attributedTo: actor.id,
    content: `<p>no ${number}</p>`,
    inReplyTo: post.uri,
    tag,
    published,
    ...to,
  }
  const create = { id: `${id}/activity`, type: 'Create', actor: actor.id, object, ...to }
  expect(await peer.send(`${town.url}/inbox`, create, actor)).toBe(202)
}

/** Ten answers at once, from ten people on five servers; then half a minute goes by. */
async function wave(number: number): Promise<void> {
  await Promise.all(writers.map((one, at) => answer(one, number * AT_ONCE + at)))
  await town.settled()
  town.clock.advance(30_000)
}

/** How often ines was told live, as soon as it is so often; and how often by web push. */
async function told(listener: Listener, times: number): Promise<[number, number]> {
  const live = () => listener.heard.filter(({ event }) => event === 'notification').length
  await until(() => (live() >= times ? true : undefined), `told live ${live()} times`)
  return [live(), service.pushed.length]
}

test('100 mentions from other servers in five minutes: offered once, one row, rested from, and nothing is lost', async () => {
  await using listener = await dial(town.streaming, { token: ines.token, query: '?stream=user:notification' })
  for (let number = 0; number < 5; number += 1) await wave(number)
  expect(await told(listener, 50)).toEqual([50, 50])
  expect(await unread()).toBe(50)
  const busy = await groups()
  expect(busy.offers, 'one offer').toHaveLength(1)
  expect(busy.rows.filter((one: { type: string }) => one.type === 'mention')).toHaveLength(1)
  expect(busy.offers[0]).toMatchObject({
    type: 'mention',
    notifications_count: 50,
    hamlet: { status_id: post.id, surge: true, events: 50, paused_until: null },
  })

  expect((await pause()).paused_until).not.toBeNull()
  for (let number = 5; number < 9; number += 1) await wave(number)
  expect(await told(listener, 50), 'streams and pushes rest').toEqual([50, 50])
  expect(await unread()).toBe(50)
  await answer(friend, 1000)
  await listener.hear('notification', ({ account }) => account.acct.startsWith('friend@'))
  await town.settled()
  expect(await told(listener, 51), 'whom one follows is heard').toEqual([51, 51])

  expect(await pause(0)).toEqual({ paused_until: null })
  await wave(9)
  expect(await told(listener, 61), 'the reader hears again').toEqual([61, 61])
  expect(await unread()).toBe(61)

  const { rows, offers } = await groups()
  expect(offers).toHaveLength(1)
  expect(rows.filter((one: { type: string }) => one.type === 'mention')).toHaveLength(1)
  expect(offers[0]).toMatchObject({ notifications_count: 101, hamlet: { surge: true, paused_until: null } })
  const { descendants } = (await call('GET', `/api/v1/statuses/${post.id}/context`)).body
  expect(descendants).toHaveLength(101)
  const each = new Set<string>()
  for (let page = (await call('GET', '/api/v1/notifications?limit=80')).body; page.length > 0;) {
    for (const one of page) if (one.type === 'mention') each.add(one.status.id)
    page = (await call('GET', `/api/v1/notifications?limit=80&max_id=${page.at(-1).id}`)).body
  }
  expect(each.size, 'an app that does not group sees each').toBe(101)
})
