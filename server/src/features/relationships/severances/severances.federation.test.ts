import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { removeDomainPolicy, setDomainPolicy } from '#features/domains'
import { transact } from '#platform/context'
import { startPeer, type Peer } from '#test/peer'
import { startTown, type Person, type TestTown } from '#test/test-town'
import { findTies } from './preview.ts'

vi.setConfig({ testTimeout: 60_000 })

let town: TestTown
let peer: Peer
let ines: Person
let bram: Person
let clara: Person
let ivo: ReturnType<Peer['addActor']>
let ivoId: string
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  peer = await startPeer()
  ines = await town.person('ines')
  bram = await town.person('bram')
  clara = await town.person('clara')
  ivo = peer.addActor('ivo')
  const found = await as(ines, 'GET', `/api/v2/search?resolve=true&type=accounts&q=@ivo@${peer.host}`)
  ivoId = found.body.accounts[0].id
  for (const who of [ines, bram]) await as(who, 'POST', `/api/v1/accounts/${ivoId}/follow`, { notify: who === ines })
  await settle()
  await acceptAll()
  await peer.send(`${town.url}/inbox`, follow(ines), ivo)
  await settle()
})
afterAll(async () => {
  await peer[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})

const as = (who: Person, method: string, path: string, json?: Record<string, unknown>) =>
  town.call(method, path, { token: who.token, ...(json ? { json } : {}) })
const settle = async () => {
  for (let round = 0; round < 4; round += 1) await town.settled()
}
const uriOf = (person: Person) => `${town.url}/ap/users/${person.accountId}`
const follow = (target: Person) => ({
  id: `${ivo.id}/follows/${target.username}`,
  type: 'Follow',
  actor: ivo.id,
  object: uriOf(target),
})
type Activity = { type: string; id: string; actor: string; object: { id: string } }
const came = () => peer.requests.filter((one) => one.method === 'POST').map((one) => JSON.parse(one.body) as Activity)
/** Says yes to every Follow that came. */
async function acceptAll(): Promise<void> {
  for (const [n, asked] of came().entries())
    if (asked.type === 'Follow')
      await peer.send(
        `${town.url}/inbox`,
        { id: `${ivo.id}/accepts/${n}-${asked.id}`, type: 'Accept', actor: ivo.id, object: asked },
        ivo,
      )
  await settle()
}
const stands = async (who: Person) => {
  const [one] = (await as(who, 'GET', `/api/v1/accounts/relationships?id[]=${ivoId}`)).body
  return [one.following, one.requested, one.followed_by]
}
const counts = async (id: string) => {
  const row = await town.ctx.db
    .selectFrom('accounts')
    .select(['followers_count', 'following_count'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return [row.followers_count, row.following_count]
}
const suspend = async () => {
  await transact(town.ctx, (tx) => setDomainPolicy(tx, null, peer.host, { severity: 'suspend' }))
  await settle()
}

test('what would be lost is said before, by name', async () => {
  const ties = await findTies(town.ctx, peer.host)
  expect(ties).toEqual({
    following: 2,
    followers: 1,
    people: 2,
    named: [
      { accountId: ines.accountId, following: 1, followers: 1 },
      { accountId: bram.accountId, following: 1, followers: 0 },
    ],
  })
})

test('ties to a server that is shut out are cut, and each person is told once of what they lost', async () => {
  const before = came().length
  await suspend()
  expect([await stands(ines), await stands(bram)]).toEqual([
    [false, false, false],
    [false, false, false],
  ])
  expect([await counts(ines.accountId), await counts(bram.accountId), await counts(ivoId)]).toEqual([
    [0, 0],
    [0, 0],
    [0, 0],
  ])
  expect(came().length, 'the other server hears nothing').toBe(before)
  const told = (await as(ines, 'GET', '/api/v1/notifications')).body
  expect(told[0]).toMatchObject({
    type: 'severed_relationships',
    account: { id: ines.accountId },
    event: { type: 'domain_block', target_name: peer.host, followers_count: 1, following_count: 1, purged: false },
  })
  const types = (list: { type: string }[]) => list.filter((one) => one.type === 'severed_relationships').length
  expect(types(told)).toBe(1)
  const groups = (await as(bram, 'GET', '/api/v2/notifications')).body.notification_groups
  expect(groups[0].event).toMatchObject({ followers_count: 0, following_count: 1 })
  expect(types((await as(clara, 'GET', '/api/v1/notifications')).body)).toBe(0)
})

test('each sees their own list, and nobody that of others', async () => {
  const path = '/api/hamlet/v1/severed_relationships'
  const [own] = (await as(ines, 'GET', path)).body
  expect(own).toMatchObject({ following_count: 1, followers_count: 1, hamlet: { undone_at: null, restored: 0 } })
  const following = await as(ines, 'GET', `${path}/${own.id}/following.csv`)
  expect(following.text).toBe(
    `Account address,Show boosts,Notify on new posts,Languages\nivo@${peer.host},true,true,""\n`,
  )
  expect((await as(ines, 'GET', `${path}/${own.id}/followers.csv`)).text).toBe(`Account address\nivo@${peer.host}\n`)
  expect((await as(bram, 'GET', `${path}/${own.id}/followers.csv`)).status).toBe(404)
  expect((await as(clara, 'GET', path)).body).toEqual([])
})

test('let in again, follows are asked for anew and followers are there again, each once', async () => {
  const before = came().length
  await transact(town.ctx, (tx) => removeDomainPolicy(tx, null, peer.host))
  await settle()
  expect([await stands(ines), await stands(bram)]).toEqual([
    [false, true, true],
    [false, true, false],
  ])
  const sent = came().slice(before)
  expect(sent.map((one) => one.type).sort()).toEqual(['Accept', 'Follow', 'Follow'])
  expect(sent.find((one) => one.type === 'Accept')?.object.id).toBe(follow(ines).id)
  await acceptAll()
  expect([await stands(ines), await stands(bram)]).toEqual([
    [true, false, true],
    [true, false, false],
  ])
  expect([await counts(ines.accountId), await counts(ivoId)]).toEqual([
    [1, 1],
    [2, 1],
  ])
  const [own] = (await as(ines, 'GET', '/api/hamlet/v1/severed_relationships')).body
  expect(own.hamlet).toEqual({ undone_at: expect.any(String), restored: 2 })
})

test('cut and given back again and again, it is one follow at the end', async () => {
  await suspend()
  await transact(town.ctx, (tx) => removeDomainPolicy(tx, null, peer.host))
  await suspend()
  await transact(town.ctx, (tx) => removeDomainPolicy(tx, null, peer.host))
  await settle()
  await acceptAll()
  const rows = await town.ctx.db.selectFrom('follows').select(['account_id', 'state']).execute()
  expect(rows.every((row) => row.state === 'accepted')).toBe(true)
  expect(rows.filter((row) => row.account_id === ines.accountId)).toHaveLength(1)
  expect(await counts(ines.accountId)).toEqual([1, 1])
})

test('whoever blocks a server themselves is told of what they lost, and nobody else', async () => {
  await as(bram, 'POST', '/api/v1/domain_blocks', { domain: peer.host })
  await settle()
  expect(await stands(bram)).toEqual([false, false, false])
  const [told] = (await as(bram, 'GET', '/api/v1/notifications')).body
  expect(told).toMatchObject({ event: { type: 'user_domain_block', following_count: 1, followers_count: 0 } })
  expect(await stands(ines)).toEqual([true, false, true])
  expect(came().at(-1)?.type, 'the other server is told').toBe('Undo')
})
