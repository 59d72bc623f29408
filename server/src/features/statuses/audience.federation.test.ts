import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { startPeer, type Peer } from '#test/peer'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let ines: Person
let bram: Person
let near: Peer
let far: Peer
let oda: string
let temel: string
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  town.clock.advance(3_600_000)
  ines = await town.person('ines')
  bram = await town.person('bram')
  near = await startPeer()
  far = await startPeer()
  await town.call('POST', `/api/v1/accounts/${ines.accountId}/follow`, { token: bram.token })
  oda = await meet(near, 'oda', true)
  temel = await meet(far, 'temel', false)
  await town.settled()
})
afterAll(async () => {
  await town[Symbol.asyncDispose]()
  for (const peer of [near, far]) await peer[Symbol.asyncDispose]()
})

/** Somebody on another server, known here, who follows ines or does not. Gives their handle. */
async function meet(peer: Peer, name: string, follows: boolean): Promise<string> {
  const actor = peer.addActor(name)
  const handle = `${name}@${peer.host}`
  const object = `${town.url}/ap/users/${ines.accountId}`
  const follow = { '@context': 'https://www.w3.org/ns/activitystreams', id: `${actor.id}#f`, type: 'Follow', object }
  if (follows) expect(await peer.send(`${object}/inbox`, { ...follow, actor: actor.id }, actor)).toBe(202)
  await town.settled()
  const query = `/api/v2/search?resolve=true&q=${encodeURIComponent(`@${handle}`)}`
  expect((await town.call('GET', query, { token: ines.token })).body.accounts).toHaveLength(1)
  return handle
}

const preview = async (json: Record<string, unknown>) =>
  (await town.call('POST', '/api/hamlet/v1/audience', { token: ines.token, json })).body
const created = (peer: Peer) =>
  peer.requests.filter(({ method, body }) => method === 'POST' && body.includes('"Create"'))

describe.each(['public', 'unlisted', 'private', 'direct'])('a post for %s', (visibility) => {
  test.each([
    ['that names nobody', () => 'hello'],
    ['that names a follower and a stranger', () => `@${oda} and @${temel} hello`],
    ['that names somebody here', () => '@bram hello'],
  ])('%s reaches the servers that were said before', async (_name, text) => {
    const said = await preview({ visibility, text: text() })
    const made = await town.call('POST', '/api/v1/statuses', {
      token: ines.token,
      json: { status: text(), visibility },
    })
    await town.settled()
    const { rows } = await sql<{ host: string }>`
      select distinct d.host from deliveries d join outbound_activities a on a.id = d.activity_id
      where a.subject_id = ${made.body.id}`.execute(town.ctx.db)
    expect(said.servers).toBe(rows.length)
    expect(said.followers).toBe(visibility === 'direct' ? 0 : 2)
    expect(said.notified.map((one: { acct: string }) => one.acct).toSorted()).toEqual(
      made.body.mentions.map((one: { acct: string }) => one.acct).toSorted(),
    )
    expect(said.unknown).toEqual([])
  })
})

test('a reply reaches its author too; handles that nobody knows are named and not looked up', async () => {
  const parent = (await town.call('POST', '/api/v1/statuses', { token: bram.token, json: { status: 'hi' } })).body
  const asked = { visibility: 'private', text: '@ines @nobody @who@else.test', in_reply_to_id: parent.id }
  const before = near.requests.length
  expect(await preview(asked)).toEqual({ followers: 2, servers: 1, notified: [], unknown: ['nobody', 'who@else.test'] })
  expect(near.requests.length).toBe(before)
  const secret = { status: 'psst', visibility: 'private' }
  const hidden = (await town.call('POST', '/api/v1/statuses', { token: bram.token, json: secret })).body
  const answer = await town.call('POST', '/api/hamlet/v1/audience', {
    token: ines.token,
    json: { visibility: 'public', in_reply_to_id: hidden.id },
  })
  expect(answer.status).toBe(404)
})

test('a held post leaves only when its time has passed, and one that was taken back never', async () => {
  const hold = async (status: string) =>
    (await town.call('POST', '/api/v1/statuses', { token: ines.token, json: { status, hold_for: 60 } })).body
  const before = created(near).length
  const [kept, undone] = [await hold(`kept @${oda}`), await hold(`undone @${oda}`)]
  await town.call('PUT', `/api/v1/statuses/${kept.id}`, { token: ines.token, json: { status: `mended @${oda}` } })
  await town.settled()
  const asked = near.requests.length
  await town.call('DELETE', `/api/v1/statuses/${undone.id}`, { token: ines.token })
  await town.settled()
  expect(near.requests.length).toBe(asked)
  expect(created(near)).toHaveLength(before)
  await sql`update jobs set run_at = now() where kind = 'statuses.publish-held'`.execute(town.ctx.db)
  await town.settled()
  const sent = created(near).slice(before)
  expect(sent).toHaveLength(1)
  const { object } = JSON.parse(sent[0]!.body)
  expect(object.content).toContain('mended')
  expect(Date.parse(object.published)).toBeGreaterThan(Date.parse(kept.created_at))
  expect(near.requests.some(({ body }) => /undone|"Delete"|"Update"/.test(body))).toBe(false)
})
