import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPeer, type Peer } from '#test/peer'
import { startTown, type Person, type TestTown } from '#test/test-town'

/** What each server answers to what it is brought; 0 hangs up. */
const ANSWERS = [202, 200, 202, 202, 403, 410, 503, 0, 0]

let town: TestTown
let ines: Person
let peers: Peer[]
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  ines = await town.person('ines')
  peers = await Promise.all(ANSWERS.map(() => startPeer()))
  await Promise.all(peers.map((peer) => follow(peer, 'oda')))
  // Two people on one server are one server.
  await follow(peers[0]!, 'temel')
  await town.settled()
  for (const [at, peer] of peers.entries()) peer.answer = ANSWERS[at]!
})
afterAll(async () => {
  await town[Symbol.asyncDispose]()
  for (const peer of peers) await peer[Symbol.asyncDispose]()
})

async function follow(peer: Peer, name: string): Promise<void> {
  const actor = peer.addActor(name)
  const object = `${town.url}/ap/users/${ines.accountId}`
  const activity = { '@context': 'https://www.w3.org/ns/activitystreams', id: `${actor.id}#f`, type: 'Follow', object }
  expect(await peer.send(`${object}/inbox`, { ...activity, actor: actor.id }, actor)).toBe(202)
}

const brought = (peer: Peer, uri: string) =>
  peer.requests.some(({ method, body }) => method === 'POST' && body.includes('"Create"') && body.includes(uri))
const line = async (id: string) =>
  (await town.call('GET', `/api/v1/statuses/${id}`, { token: ines.token })).body.hamlet.deliveries

/** Until everything that is put off has been tried once more. */
async function tryAgain(change = 'attempts = attempts'): Promise<void> {
  await sql.raw(`update deliveries set next_at = now(), ${change} where state = 'waiting'`).execute(town.ctx.db)
  await sql`delete from delivery_hosts`.execute(town.ctx.db)
  for (let look = 0; look < 500; look += 1) {
    await town.settled()
    const due = sql<{
      n: number
    }>`select count(*)::int as n from deliveries where state = 'waiting' and next_at <= now()`
    if ((await due.execute(town.ctx.db)).rows[0]?.n === 0) return
    await new Promise((done) => setTimeout(done, 10))
  }
  throw new Error('Deliveries that are due were not tried')
}

test('the line under one’s own post is what the servers wrote down', async () => {
  const made = await town.call('POST', '/api/v1/statuses', { token: ines.token, json: { status: 'hello' } })
  await town.settled()
  const { id, uri } = made.body as { id: string; uri: string }
  const took = () => peers.filter((peer) => peer.answer >= 200 && peer.answer < 300 && brought(peer, uri)).length
  expect(
    peers.filter((peer) => brought(peer, uri)),
    'each was asked',
  ).toHaveLength(ANSWERS.length)
  expect(took()).toBe(4)
  expect(await line(id)).toEqual({ delivered: took(), waiting: 3, refused: 2, silent: 0, total: 9 })

  const [busy, mute, gone] = peers.slice(6) as [Peer, Peer, Peer]
  busy.answer = 202
  mute.answer = 202
  await tryAgain()
  expect(took()).toBe(6)
  expect(await line(id)).toEqual({ delivered: took(), waiting: 1, refused: 2, silent: 0, total: 9 })

  await tryAgain('attempts = 15')
  expect(brought(gone, uri)).toBe(true)
  expect(await line(id)).toEqual({ delivered: took(), waiting: 0, refused: 2, silent: 1, total: 9 })
  expect((await town.call('GET', `/api/v1/statuses/${id}`)).body.hamlet, 'nobody else is told').toBeUndefined()
})
