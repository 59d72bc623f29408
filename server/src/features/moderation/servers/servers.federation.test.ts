import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { purgeServerNow } from '#app/leaving'
import { requireRoleId } from '#features/roles'
import { startPeer, type Peer } from '#test/peer'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 60_000 })
const path = '/api/web/moderation/servers'
const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

let town: TestTown
let peer: Peer
let mod: Person
let ines: Person
let ids: string[]
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  peer = await startPeer()
  ines = await town.person('ines')
  mod = await town.person('mod', 'read write follow admin:read admin:write')
  const admin = { role_id: requireRoleId('admin') }
  await town.ctx.db.updateTable('users').set(admin).where('id', '=', mod.userId).execute()
  ids = []
  for (const name of ['ivo', 'mia', 'tom']) {
    const actor = peer.addActor(name)
    const found = await act('GET', `/api/v2/search?resolve=true&type=accounts&q=@${name}@${peer.host}`)
    ids.push(found.body.accounts[0].id)
    await town.call('POST', `/api/v1/accounts/${ids.at(-1)}/follow`, { token: ines.token })
    const tag = [{ type: 'Mention', href: `${town.url}/ap/users/${ines.accountId}`, name: '@ines' }]
    const object = {
      id: `${actor.id}/notes/1`,
      type: 'Note',
      attributedTo: actor.id,
      content: 'hi @ines',
      to: [PUBLIC],
      cc: [tag[0]?.href],
      tag,
    }
    await peer.send(
      `${town.url}/inbox`,
      { id: `${object.id}#create`, type: 'Create', actor: actor.id, object, to: [PUBLIC] },
      actor,
    )
    await peer.send(
      `${town.url}/inbox`,
      { id: `${actor.id}#follow`, type: 'Follow', actor: actor.id, object: tag[0]?.href },
      actor,
    )
  }
  await town.settled()
  await town.settled()
})
afterAll(async () => {
  await peer[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})

const act = (method: string, to: string, json?: Record<string, unknown>) =>
  town.call(method, to, { token: mod.token, ...(json ? { json } : {}) })

test('servers are listed with their facts, found by a part of their name, in the same number of queries', async () => {
  await act('PUT', `${path}/loud.example/policy`, { severity: 'silence' })
  const all = (await act('GET', path)).body
  expect(all.servers.map((one: { host: string }) => one.host)).toEqual([peer.host, 'loud.example'].sort())
  const known = all.servers.find((one: { host: string }) => one.host === peer.host)
  expect(known).toMatchObject({ people: 3, following: 0, followers: 3, reports: 0, lists: 0, policy: null })
  expect(known.delivery).toMatchObject({ state: 'ok', waiting: 0 })
  const limited = (await act('GET', `${path}?filter=limited&q=LOUD`)).body
  expect(limited.servers[0].policy).toMatchObject({ domain: 'loud.example', severity: 'silence' })
  expect((await act('GET', `${path}?after=~`)).body).toMatchObject({ servers: [], next: null })
  const cost = (q: string) => town.countStatements(() => act('GET', `${path}?q=${q}`))
  expect(await cost('loud')).toBe(await cost(''))
})

test('a server says what shutting it out would cut, and by whom it is missed', async () => {
  const seen = (await act('GET', `${path}/${peer.host}`)).body
  expect(seen.ties).toMatchObject({ following: 0, followers: 3, people: 1 })
  expect(seen.ties.named[0]).toMatchObject({ account: { id: ines.accountId }, followers: 3 })
  await act('POST', `${path}/${peer.host}/notes`, { text: 'wrote to them in May' })
  const [note] = (await act('GET', `${path}/${peer.host}`)).body.notes
  expect(note).toMatchObject({ author: 'mod', text: 'wrote to them in May' })
  await act('DELETE', `${path}/${peer.host}/notes/${note.id}`)
  expect((await act('GET', `${path}/${peer.host}`)).body.notes).toEqual([])
  expect((await act('GET', `${path}/a b`)).status).toBe(422)
  expect((await act('POST', `${path}/${peer.host}/purge`, {})).status, 'it is there and let in').toBe(409)
})

/** Where these ids, or this name, are still found in the whole database; but for what is kept on purpose. */
async function findTraces(accountIds: string[], host: string): Promise<string[]> {
  const columns = await sql<{ table_name: string; column_name: string; data_type: string }>`
    select table_name, column_name, data_type from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE' and data_type in ('bigint', 'text', 'jsonb')`.execute(
    town.ctx.db,
  )
  const kept = new Set([
    'domains.host',
    'domain_policies.host',
    'domain_purges.host',
    'audit_log.target_label',
    'severances.target_name',
    'jobs.payload',
    'jobs.ordering_key',
  ])
  const traces: string[] = []
  for (const { table_name: table, column_name: column, data_type: type } of columns.rows) {
    if (kept.has(`${table}.${column}`)) continue
    const is =
      type === 'bigint'
        ? sql`${sql.ref(column)} = any(${accountIds}::bigint[])`
        : sql`${sql.ref(column)}::text like ${`%${host}%`}`
    const found = await sql`select 1 from ${sql.table(table)} where ${is} limit 1`.execute(town.ctx.db)
    if (found.rows.length > 0) traces.push(`${table}.${column}`)
  }
  return traces
}

test('everything of a server that is shut out is taken away, with its progress; cut off in the middle, it goes on', async () => {
  await act('PUT', `${path}/${peer.host}/policy`, { severity: 'suspend' })
  await town.settled()
  await town.settled()
  expect(await findTraces(ids, peer.host)).toContain('accounts.id')
  // A process that dies after one of them: what it had not begun is still there.
  await expect(
    purgeServerNow(town.ctx, peer.host, () => {
      throw new Error('killed')
    }),
  ).rejects.toThrow('killed')
  const again = [1, 2].map(() => act('POST', `${path}/${peer.host}/purge`, {}))
  for (const answer of await Promise.all(again)) expect([200, 409]).toContain(answer.status)
  await town.settled()
  await town.settled()
  expect(await findTraces(ids, peer.host)).toEqual([])
  const seen = (await act('GET', `${path}/${peer.host}`)).body
  expect(seen.purge).toEqual({ total: 3, gone: 3, finished_at: expect.any(String) })
  expect(seen.server).toMatchObject({ people: 0, policy: { severity: 'suspend' } })
  const [lost] = (await town.call('GET', '/api/hamlet/v1/severed_relationships', { token: ines.token })).body
  expect(lost).toMatchObject({ purged: true, followers_count: 3 })
  const counts = await town.ctx.db
    .selectFrom('accounts')
    .select(['followers_count', 'following_count'])
    .where('id', '=', ines.accountId)
    .executeTakeFirst()
  expect(counts).toEqual({ followers_count: 0, following_count: 0 })
})
