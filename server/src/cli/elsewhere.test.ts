import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { runInProcess } from '#test/in-process'
import { startPeer, type Peer } from '#test/peer'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

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

function hamlet(...args: string[]) {
  const { config } = town.ctx
  return runInProcess(args, {
    HAMLET_DATA_DIR: config.dataDir,
    DATABASE_URL: town.databaseUrl,
    HAMLET_DOMAIN: config.domain,
    HAMLET_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8,::1/128',
  })
}
const told = async (...args: string[]) => {
  const result = await hamlet(...args, '--json')
  expect(result).toMatchObject({ code: 0, error: '' })
  return JSON.parse(result.out)
}
const call = (method: string, path: string, json?: Record<string, unknown>) =>
  town.call(method, path, { token: ines.token, ...(json ? { json } : {}) })

/** Somebody of the other server with one old post, as this server knows them. */
async function meet(name: string) {
  const actor = peer.addActor(name)
  const path = `/notes/${(count += 1)}`
  const note = {
    id: `${peer.url}${path}`,
    type: 'Note',
    attributedTo: actor.id,
    content: `<p>by ${name}</p>`,
    to: ['https://www.w3.org/ns/activitystreams#Public'],
    published: '2026-01-02T03:04:05.000Z',
  }
  peer.documents.set(path, note)
  const { body } = await call('GET', `/api/v2/search?resolve=true&q=${encodeURIComponent(note.id)}`)
  const [status] = body.statuses
  return { name, uri: note.id, status: status.id as string, account: status.account.id as string, actor: actor.id }
}
const known = async () => {
  const { rows } = await sql<{ username: string }>`
    select a.username from accounts a join domains d on d.id = a.domain_id where not d.is_local order by 1`.execute(
    town.ctx.db,
  )
  return rows.map(({ username }) => username)
}
const posts = async () => {
  const { rows } = await sql<{ uri: string }>`select uri from statuses where not is_local`.execute(town.ctx.db)
  return rows.map(({ uri }) => uri).toSorted()
}
/** Nothing was heard of them for ten days. */
const forgetLately = () =>
  sql`update accounts set fetched_at = now() - interval '10 days', created_at = now() - interval '10 days',
    last_status_at = null where domain_id in (select id from domains where not is_local)`.execute(town.ctx.db)

test('old posts go with which nobody here did anything, and come back when somebody looks', async () => {
  const [liked, answered, followed, plain] = [
    await meet('liked'),
    await meet('answered'),
    await meet('followed'),
    await meet('plain'),
  ]
  await call('POST', `/api/v1/statuses/${liked.status}/favourite`)
  await call('POST', '/api/v1/statuses', { status: 'indeed', in_reply_to_id: answered.status })
  await call('POST', `/api/v1/accounts/${followed.account}/follow`)
  await town.settled()
  expect(await told('statuses', 'remove', '--dry-run')).toEqual({ removed: 1, days: 90, dryRun: true })
  expect(await told('statuses', 'remove', '--days', '9000')).toMatchObject({ removed: 0 })
  expect(await posts()).toHaveLength(4)
  expect(await told('statuses', 'remove')).toMatchObject({ removed: 1 })
  expect(await posts()).toEqual([liked.uri, answered.uri, followed.uri].toSorted())
  // Pressed again there is nothing left; of whom one follows, only when that is said.
  expect(await told('statuses', 'remove')).toMatchObject({ removed: 0 })
  expect(await told('statuses', 'remove', '--clean-followed')).toMatchObject({ removed: 1 })
  const again = await call('GET', `/api/v2/search?resolve=true&q=${encodeURIComponent(plain.uri)}`)
  expect(again.body.statuses).toMatchObject([{ uri: plain.uri }])
  expect((await call('GET', `/api/v1/accounts/${plain.account}`)).body.statuses_count).toBe(1)
  expect((await hamlet('statuses', 'remove', '--days', 'x')).error).toMatch(/--days "x" is no number/)
})

test('whoever is gone on their own server goes here, and nobody of one that is silent', async () => {
  await forgetLately()
  const silent = await startPeer()
  const lost = silent.addActor('lost')
  await call('GET', `/api/v2/search?resolve=true&q=${encodeURIComponent(lost.id)}`)
  await silent[Symbol.asyncDispose]()
  await forgetLately()
  peer.documents.delete('/users/plain')
  peer.documents.delete('/users/liked')
  const lately = await meet('lately')
  peer.documents.delete('/users/lately')
  const before = await known()
  const gone = [`liked@${peer.host}`, `plain@${peer.host}`]
  const found = await told('accounts', 'cull', '--dry-run')
  expect(found).toEqual({ asked: 5, gone, silent_hosts: [silent.host], dryRun: true })
  expect(await known()).toEqual(before)
  expect(await told('accounts', 'cull', 'elsewhere.example')).toMatchObject({ asked: 0, gone: [] })
  expect(await told('accounts', 'cull')).toMatchObject({ gone })
  await town.settled()
  expect(await known()).toEqual(before.filter((name) => name !== 'liked' && name !== 'plain'))
  expect((await call('GET', `/api/v1/accounts/${lately.account}`)).status).toBe(200)
  expect((await hamlet('accounts', 'cull', 'no host')).error).toMatch(/is not a host name/)
})

test('profiles are read anew, one or all of a server; who is not to be had is named', async () => {
  const document = peer.documents.get('/users/answered') as Record<string, unknown>
  peer.documents.set('/users/answered', { ...document, name: 'New name' })
  const handle = `@answered@${peer.host}`
  expect(await told('accounts', 'refresh', handle)).toEqual({ refreshed: 1, failed: [] })
  const search = await call('GET', `/api/v2/search?q=${encodeURIComponent(handle)}`)
  expect(search.body.accounts).toMatchObject([{ display_name: 'New name' }])
  expect(await told('accounts', 'refresh', '--domain', peer.host)).toEqual({
    refreshed: 2,
    failed: [`lately@${peer.host}`],
  })
  expect((await hamlet('accounts', 'refresh')).error).toMatch(/Say who/)
  expect((await hamlet('accounts', 'refresh', '@ines')).error).toMatch(/Nobody of another server/)
})

test('people with whom nobody had to do go; whom somebody follows, answered or the team limited stays', async () => {
  await meet('limited')
  await sql`update accounts set limited_at = now() where username = 'limited'`.execute(town.ctx.db)
  const before = await known()
  expect(before).toEqual(['answered', 'followed', 'lately', 'limited', 'lost'])
  expect(await told('accounts', 'prune', '--dry-run')).toEqual({ pruned: 2, dryRun: true })
  expect(await known()).toEqual(before)
  expect(await told('accounts', 'prune')).toMatchObject({ pruned: 2 })
  await town.settled()
  expect(await known()).toEqual(['answered', 'followed', 'limited'])
})
