import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPeer, type Peer } from '#test/peer'
import { startTown, type Person, type TestTown } from '#test/test-town'
import { find, PUBLIC } from './quotes.fixture.ts'

let town: TestTown
let peer: Peer
let ines: Person
let count = 0
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  peer = await startPeer()
  ines = await town.person('ines')
})
afterAll(async () => {
  await peer[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})

/** Somebody elsewhere whose profile lists pinned posts. */
function settle(name: string) {
  const actor = peer.addActor(name)
  const featured = `${actor.id}/featured`
  Object.assign(peer.documents.get(`/users/${name}`) as object, { featured })
  return { ...actor, featured }
}
function write(by: { id: string }, change: Record<string, unknown> = {}) {
  const path = `/notes/${(count += 1)}`
  const id = `${peer.url}${path}`
  const note = { id, type: 'Note', attributedTo: by.id, content: '<p>on top</p>', to: [PUBLIC] }
  peer.documents.set(path, { ...note, ...change })
  return id
}
const list = (name: string, orderedItems: unknown[]) =>
  peer.documents.set(`/users/${name}/featured`, {
    id: `${peer.url}/users/${name}/featured`,
    type: 'OrderedCollection',
    orderedItems,
  })
const rest = async () => {
  for (let round = 0; round < 3; round += 1) await town.settled()
}
const send = async (by: ReturnType<typeof settle>, type: string, object: string, target: string) => {
  const activity = { id: `${by.id}#${type}/${(count += 1)}`, type, actor: by.id, object, target, to: [PUBLIC] }
  expect(await peer.send(`${town.url}/inbox`, activity, by)).toBe(202)
  await rest()
}
const pinned = async (accountId: string) =>
  (await town.call('GET', `/api/v1/accounts/${accountId}/statuses?pinned=true`, { token: ines.token })).body.map(
    (one: { uri: string }) => one.uri,
  )

test('whoever is met is shown with what is pinned there: their own, open posts, the latest pin first', async () => {
  const ivo = settle('ivo')
  const mia = settle('mia')
  const [first, second] = [write(ivo), write(ivo)]
  const closed = write(ivo, { to: [`${ivo.id}/followers`] })
  list('ivo', [second, { type: 'Note', id: first, content: 'forged' }, write(mia), closed, `${peer.url}/nothing`, 7])
  const { account } = await find(town, ines, write(ivo))
  await rest()
  expect(await pinned(account.id)).toEqual([second, first])
})

test('Add and Remove change it, of the one list that is theirs', async () => {
  const olga = settle('olga')
  const mallory = settle('mallory')
  list('olga', [])
  const post = write(olga)
  const { account } = await find(town, ines, write(olga))
  await find(town, ines, write(mallory))
  await send(olga, 'Add', post, olga.featured)
  expect(await pinned(account.id)).toEqual([post])
  await send(olga, 'Add', post, olga.featured)
  await send(mallory, 'Remove', post, olga.featured)
  await send(mallory, 'Remove', post, mallory.featured)
  await send(mallory, 'Add', write(olga), mallory.featured)
  await send(olga, 'Add', write(mallory), olga.featured)
  await send(olga, 'Add', write(olga), `${olga.id}/other`)
  expect(await pinned(account.id)).toEqual([post])
  await send(olga, 'Remove', post, olga.featured)
  expect(await pinned(account.id)).toEqual([])
})

test('a list that does not come leaves what is known', async () => {
  const piet = settle('piet')
  const post = write(piet)
  const { account } = await find(town, ines, write(piet))
  await rest()
  await send(piet, 'Add', post, piet.featured)
  peer.documents.delete('/users/piet/featured')
  const activity = { id: `${piet.id}#u`, type: 'Update', actor: piet.id, object: piet.id, to: [PUBLIC] }
  expect(await peer.send(`${town.url}/inbox`, activity, piet)).toBe(202)
  await rest()
  expect(await pinned(account.id)).toEqual([post])
})
