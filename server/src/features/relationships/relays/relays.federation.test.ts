import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { setDomainPolicy } from '#features/domains'
import { requireRoleId } from '#features/roles'
import { transact } from '#platform/context'
import { startPeer, type Peer } from '#test/peer'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 60_000 })
const path = '/api/web/admin/relays'
const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

let town: TestTown
let relay: Peer
let origin: Peer
let mod: Person
let bot: ReturnType<Peer['addActor']>
let ivo: ReturnType<Peer['addActor']>
let serial = 0
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  relay = await startPeer()
  origin = await startPeer()
  bot = relay.addActor('relay')
  ivo = origin.addActor('ivo')
  mod = await town.person('mod', 'read write follow admin:read admin:write')
  const admin = { role_id: requireRoleId('admin') }
  await town.ctx.db.updateTable('users').set(admin).where('id', '=', mod.userId).execute()
})
afterAll(async () => {
  await relay[Symbol.asyncDispose]()
  await origin[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})

const act = (method: string, to: string, json?: Record<string, unknown>) =>
  town.call(method, to, { token: mod.token, ...(json ? { json } : {}) })
const settle = async () => {
  for (let round = 0; round < 3; round += 1) await town.settled()
}
type Activity = { id: string; type: string; actor: string; object: unknown }
const came = () => relay.requests.filter((one) => one.method === 'POST').map((one) => JSON.parse(one.body) as Activity)
const tell = async (activity: Record<string, unknown>) => {
  const status = await relay.send(`${town.url}/inbox`, { actor: bot.id, ...activity }, bot)
  await settle()
  return status
}
const state = async () => (await act('GET', path)).body[0]?.state
const write = () => {
  const id = `${ivo.id}/notes/${(serial += 1)}`
  const note = { id, type: 'Note', attributedTo: ivo.id, content: `<p>words ${serial}</p>`, to: [PUBLIC] }
  origin.documents.set(new URL(id).pathname, note)
  return note
}
const find = (uri: string) =>
  town.ctx.db.selectFrom('statuses').select(['id', 'reblog_of_id']).where('uri', '=', uri).execute()
const accept = async () => {
  const asked = came().findLast((one) => one.type === 'Follow')
  await tell({ id: `${bot.id}#accept${(serial += 1)}`, type: 'Accept', object: asked })
}

test('a relay that nobody added brings nothing, and its word counts for nothing', async () => {
  const note = write()
  await tell({ id: `${bot.id}#a`, type: 'Announce', object: note.id })
  expect(await find(note.id)).toEqual([])
  const create = { id: `${note.id}/activity`, type: 'Create', actor: ivo.id, object: note }
  expect(await relay.send(`${town.url}/inbox`, create, bot)).toBe(401)
})

test('a relay is asked by the server itself, and lets it in', async () => {
  expect((await act('POST', path, { url: `${relay.url}/inbox` })).body).toMatchObject({
    state: 'pending',
    problem: null,
  })
  await settle()
  const asked = came().at(-1)
  expect(asked).toMatchObject({ type: 'Follow', actor: `${town.url}/actor`, object: PUBLIC })
  // An answer to something else is none.
  await tell({ id: `${bot.id}#wrong`, type: 'Accept', object: { id: `${town.url}/ap/follows/1`, type: 'Follow' } })
  expect(await state()).toBe('pending')
  await origin.send(`${town.url}/inbox`, { id: `${ivo.id}#accept`, type: 'Accept', actor: ivo.id, object: asked }, ivo)
  await settle()
  expect(await state(), 'a stranger cannot answer for it').toBe('pending')
  await accept()
  expect(await state()).toBe('accepted')
})

test('posts come by it in both ways, from where they live, and no boost is made', async () => {
  const [named, passed] = [write(), write()]
  await tell({ id: `${bot.id}#b`, type: 'Announce', object: named.id })
  const forged = { ...passed, content: '<p>forged</p>' }
  const create = { id: `${passed.id}/activity`, type: 'Create', actor: ivo.id, to: [PUBLIC], object: forged }
  expect(await relay.send(`${town.url}/inbox`, create, bot)).toBe(202)
  await settle()
  for (const note of [named, passed]) expect(await find(note.id)).toHaveLength(1)
  const row = await town.ctx.db.selectFrom('statuses').select('content').where('uri', '=', passed.id).executeTakeFirst()
  expect(row?.content).toContain('words')
  const boosts = await town.ctx.db.selectFrom('statuses').select('id').where('reblog_of_id', 'is not', null).execute()
  expect(boosts).toEqual([])
})

test('what comes by it is checked as any: other acts, and servers that are shut out, do not pass', async () => {
  const note = write()
  for (const type of ['Update', 'Delete', 'Like', 'Follow']) {
    const forged = { id: `${ivo.id}#${type}`, type, actor: ivo.id, object: note.id }
    expect([type, await relay.send(`${town.url}/inbox`, forged, bot)]).toEqual([type, 401])
  }
  await transact(town.ctx, (tx) => setDomainPolicy(tx, mod.accountId, origin.host, { severity: 'suspend' }))
  await settle()
  const late = write()
  await tell({ id: `${bot.id}#c`, type: 'Announce', object: late.id })
  expect(await find(late.id)).toEqual([])
})

test('public posts go there, and others do not', async () => {
  const sent = () => came().filter((one) => one.type === 'Create').length
  for (const visibility of ['unlisted', 'private'])
    await act('POST', '/api/v1/statuses', { status: 'hush', visibility })
  await settle()
  expect(sent()).toBe(0)
  await act('POST', '/api/v1/statuses', { status: 'hello all' })
  await settle()
  expect(sent()).toBe(1)
})

test('left, it brings nothing any more, and its late yes changes nothing', async () => {
  const [{ id }] = (await act('GET', path)).body
  expect((await act('POST', `${path}/${id}/disable`, {})).body.state).toBe('idle')
  await settle()
  expect(came().at(-1)).toMatchObject({ type: 'Undo', object: { type: 'Follow', object: PUBLIC } })
  await accept()
  expect(await state()).toBe('idle')
  expect((await act('DELETE', `${path}/${id}`)).status).toBe(200)
  expect((await act('GET', path)).body).toEqual([])
})

test("a relay of Pleroma's kind is followed as an actor, and may follow back", async () => {
  const added = await act('POST', path, { url: bot.id })
  await settle()
  expect(came().at(-1)).toMatchObject({ type: 'Follow', object: bot.id })
  await accept()
  expect(await state()).toBe('accepted')
  await tell({ id: `${bot.id}#back`, type: 'Follow', object: `${town.url}/actor` })
  await settle()
  expect(came().at(-1)).toMatchObject({ type: 'Accept' })
  await act('DELETE', `${path}/${added.body.id}`)
})

test('what is no address of another server is refused', async () => {
  for (const url of ['', 'ftp://x.example/inbox', `${town.url}/inbox`, 'relay.example'])
    expect([url, (await act('POST', path, { url })).status]).toEqual([url, 422])
  const gone = await act('POST', path, { url: `${relay.url}/nobody` })
  await settle()
  expect((await act('GET', path)).body[0]).toMatchObject({
    id: gone.body.id,
    state: 'rejected',
    problem: expect.any(String),
  })
})
