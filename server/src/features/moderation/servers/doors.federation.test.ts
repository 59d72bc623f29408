import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { allowServer, removeDomainPolicy, setDomainPolicy, type PolicyWish } from '#features/domains'
import { writeSetting } from '#features/settings'
import { transact } from '#platform/context'
import { startPeer, type Peer } from '#test/peer'
import { startPictureHost, type PictureHost } from '#test/picture-host'
import { makePicture } from '#test/pictures'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 60_000 })
const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

let town: TestTown
let shelf: PictureHost
let ines: Person
let bram: Person
let serial = 0
const peers: Peer[] = []
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  shelf = await startPictureHost()
  ines = await town.person('ines')
  bram = await town.person('bram')
})
afterAll(async () => {
  for (const peer of peers) await peer[Symbol.asyncDispose]()
  await shelf[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})

type Actor = ReturnType<Peer['addActor']>
/** A server of which we know somebody already, with a post; then it is treated as it is to be. */
type World = { peer: Peer; ivo: Actor; known: string; picture: string; accountId: string }

const settle = async () => {
  for (let round = 0; round < 3; round += 1) await town.settled()
}
/** Strangers are heard when they speak to somebody here. */
const noteOf = (by: Actor, change: Record<string, unknown> = {}, to = bram) => {
  const id = `${by.id}/notes/${(serial += 1)}`
  const tag = [{ type: 'Mention', href: uriOf(to), name: `@${to.username}` }]
  const content = `<p>word${serial}</p>`
  return { id, type: 'Note', attributedTo: by.id, content, to: [PUBLIC], cc: [uriOf(to)], tag, ...change }
}
const say = async ({ peer }: Pick<World, 'peer'>, by: Actor, object: { id: string }) => {
  const create = { id: `${object.id}/activity`, type: 'Create', actor: by.id, to: [PUBLIC], object }
  const status = await peer.send(`${town.url}/inbox`, create, by)
  await settle()
  return status
}
const stored = async (uri: string) =>
  (await town.ctx.db.selectFrom('statuses').select('id').where('uri', '=', uri).execute()).length > 0
const asInes = (path: string) => town.call('GET', path, { token: ines.token })
const uriOf = (person: Person) => `${town.url}/ap/users/${person.accountId}`

async function meet(): Promise<World> {
  const peer = await startPeer()
  peers.push(peer)
  const ivo = peer.addActor('ivo')
  const url = shelf.put(await makePicture())
  const note = noteOf(ivo, { attachment: [{ type: 'Document', mediaType: 'image/jpeg', url }] })
  await say({ peer }, ivo, note)
  const found = await asInes(`/api/v2/search?resolve=true&type=accounts&q=${encodeURIComponent(`@ivo@${peer.host}`)}`)
  const accountId = found.body.accounts[0].id as string
  const statuses = await asInes(`/api/v1/accounts/${accountId}/statuses`)
  return { peer, ivo, known: note.id, picture: statuses.body[0].media_attachments[0].url, accountId }
}

/** What can come from a server or go to it; true where it goes through. */
const doors: Record<string, (world: World) => Promise<boolean>> = {
  inbox: async (world) => {
    const note = noteOf(world.ivo)
    await say(world, world.ivo, note)
    return stored(note.id)
  },
  'posts that are fetched': async ({ peer, ivo }) => {
    const note = noteOf(ivo)
    peer.documents.set(new URL(note.id).pathname, note)
    await asInes(`/api/v2/search?resolve=true&type=statuses&q=${encodeURIComponent(note.id)}`)
    return stored(note.id)
  },
  'people who are looked up': async ({ peer }) => {
    const name = `new${(serial += 1)}`
    peer.addActor(name)
    const query = encodeURIComponent(`@${name}@${peer.host}`)
    return (await asInes(`/api/v2/search?resolve=true&type=accounts&q=${query}`)).body.accounts.length === 1
  },
  delivery: async ({ peer }) => {
    const before = peer.requests.filter((one) => one.method === 'POST').length
    await town.call('POST', '/api/v1/statuses', { token: bram.token, json: { status: `hi @ivo@${peer.host}` } })
    await settle()
    return peer.requests.filter((one) => one.method === 'POST').length > before
  },
  pictures: async ({ picture }) => (await fetch(picture)).status === 200,
  reports: async ({ peer, ivo }) => {
    const flag = { id: `${ivo.id}/flags/${(serial += 1)}`, type: 'Flag', actor: ivo.id, content: 'look' }
    const count = async () => (await town.ctx.db.selectFrom('reports').select('id').execute()).length
    const before = await count()
    await peer.send(`${town.url}/inbox`, { ...flag, object: [uriOf(bram)] }, ivo)
    await settle()
    return (await count()) > before
  },
  'public timelines': async ({ known }) =>
    (await asInes('/api/v1/timelines/public?limit=40')).body.some((post: { uri: string }) => post.uri === known),
  'posts that are known': async ({ accountId }) =>
    (await asInes(`/api/v1/accounts/${accountId}/statuses`)).body.length > 0,
  notifications: async (world) => {
    const note = noteOf(world.ivo, {}, ines)
    await say(world, world.ivo, note)
    const told = (await asInes('/api/v1/notifications')).body as { status?: { uri: string } }[]
    return told.some((one) => one.status?.uri === note.id)
  },
  search: async ({ accountId }) =>
    (await asInes('/api/v1/accounts/search?q=ivo&limit=80')).body.some((one: { id: string }) => one.id === accountId),
}
const names = Object.keys(doors)
const allBut = (...shut: string[]) => names.filter((name) => !shut.includes(name))
const strangers = ['public timelines', 'notifications', 'search']

const policies: Record<string, { wish: Partial<PolicyWish> | null; open: string[] }> = {
  'no policy': { wish: null, open: names },
  noop: { wish: { severity: 'noop' }, open: names },
  silence: { wish: { severity: 'silence' }, open: allBut(...strangers) },
  suspend: { wish: { severity: 'suspend' }, open: [] },
  'reject media': { wish: { severity: 'noop', rejectMedia: true }, open: allBut('pictures') },
  'reject reports': { wish: { severity: 'noop', rejectReports: true }, open: allBut('reports') },
  'silence, and no media or reports': {
    wish: { severity: 'silence', rejectMedia: true, rejectReports: true },
    open: allBut(...strangers, 'pictures', 'reports'),
  },
}

describe('a server is treated as its policy says, at every door', () => {
  for (const [policy, { wish, open }] of Object.entries(policies))
    test(policy, async () => {
      const world = await meet()
      if (wish) await transact(town.ctx, (tx) => setDomainPolicy(tx, ines.accountId, world.peer.host, wish))
      await settle()
      const passed: string[] = []
      for (const name of names) if (await doors[name]?.(world)) passed.push(name)
      expect(passed).toEqual(open)
    })

  test('and as any other again when it ends', async () => {
    const world = await meet()
    const { host } = world.peer
    await transact(town.ctx, (tx) => setDomainPolicy(tx, ines.accountId, host, { severity: 'suspend' }))
    await settle()
    await transact(town.ctx, (tx) => removeDomainPolicy(tx, ines.accountId, host))
    await settle()
    const passed: string[] = []
    for (const name of names) if (await doors[name]?.(world)) passed.push(name)
    expect(passed).toEqual(names)
  })
})

describe('where only named servers are dealt with', () => {
  const limitedDoors = ['inbox', 'posts that are fetched', 'people who are looked up', 'delivery', 'reports']
  beforeAll(() => writeSetting(town.ctx, 'limited_federation', 'on'))
  afterAll(() => writeSetting(town.ctx, 'limited_federation', 'off'))

  test('one that is not named gets in by no door, and one that is by all', async () => {
    await writeSetting(town.ctx, 'limited_federation', 'off')
    const [stranger, friend] = [await meet(), await meet()]
    await writeSetting(town.ctx, 'limited_federation', 'on')
    await transact(town.ctx, (tx) => allowServer(tx, ines.accountId, friend.peer.host))
    for (const name of limitedDoors) {
      expect([name, await doors[name]?.(stranger)]).toEqual([name, false])
      expect([name, await doors[name]?.(friend)]).toEqual([name, true])
    }
  })

  test('strangers see nothing of its people, and an app still finds its way in', async () => {
    const refused = { error: 'This method requires an authenticated user' }
    for (const path of [
      '/api/v1/timelines/public',
      `/api/v1/accounts/${ines.accountId}`,
      '/api/v1/instance/rules',
      '/@ines.rss',
    ]) {
      const answer = await town.call('GET', path)
      expect([path, answer.status, answer.body]).toEqual([path, 401, refused])
    }
    const document = { headers: { accept: 'application/activity+json' } }
    expect((await town.call('GET', `/ap/users/${ines.accountId}`, document)).status).toBe(401)
    expect((await town.call('GET', '/@ines')).status).toBe(401)
    for (const path of ['/actor', '/about', '/api/v2/instance', '/.well-known/nodeinfo'])
      expect([path, (await town.call('GET', path)).status]).toEqual([path, 200])
    expect((await town.call('GET', '/api/v2/instance')).body.configuration.limited_federation).toBe(true)
    expect((await asInes('/api/v1/timelines/public')).status).toBe(200)
    expect((await asInes('/api/v1/instance/rules')).status).toBe(200)
    expect((await asInes('/api/v1/instance/peers')).status).toBe(404)
  })
})
