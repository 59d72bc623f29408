import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startTown, type Person, type TestTown } from '#test/test-town'
import { residents } from './people.ts'
import { posts } from './posts.ts'
import { listDemoAccounts, loadVillage, removeVillage } from './village.ts'

// A village is dozens of pictures, drawn and scaled one after another.
vi.setConfig({ testTimeout: 120_000 })

let town: TestTown
let noa: Person
let own: { id: string }
beforeAll(async () => {
  town = await startTown()
  noa = await town.person('noa')
  own = (await town.call('POST', '/api/v1/statuses', { token: noa.token, json: { status: 'I was here before' } })).body
})
afterAll(() => town[Symbol.asyncDispose]())

test('twelve people move in once, with all that they said, and every counter equals a recount', async () => {
  expect(await loadVillage(town.ctx, noa.accountId)).toBe(residents.length)
  expect(await loadVillage(town.ctx, noa.accountId)).toBe(0)
  await town.settled()
  const rows = await sql<{ posts: number; boosts: number; pictures: number; described: number }>`
    select count(*) filter (where s.reblog_of_id is null)::int as posts, count(*) filter (where s.reblog_of_id is not null)::int as boosts,
      (select count(*)::int from media) as pictures, (select count(*)::int from media where description is not null) as described
    from statuses s join accounts a on a.id = s.account_id where a.is_demo`.execute(town.ctx.db)
  const pictures = posts.filter((post) => post.picture).length
  const boosts = posts.flatMap((post) => post.boostedBy ?? []).length
  expect(rows.rows).toEqual([{ posts: posts.length, boosts, pictures, described: pictures }])
  const wrong = await sql`
    select 1 from statuses s where s.favourites_count <> (select count(*) from favourites f where f.status_id = s.id)
      or s.reblogs_count <> (select count(*) from statuses b where b.reblog_of_id = s.id)
      or s.replies_count <> (select count(*) from statuses r where r.in_reply_to_id = s.id)
    union all select 1 from accounts a where a.statuses_count <> (select count(*) from statuses s where s.account_id = a.id)
      or a.followers_count <> (select count(*) from follows f where f.target_account_id = a.id and f.state = 'accepted')`.execute(
    town.ctx.db,
  )
  expect(wrong.rows).toEqual([])
  const waiting = await sql<{ reports: number; appeals: number }>`
    select (select count(*)::int from reports where resolved_at is null) as reports, (select count(*)::int from appeals where decided_at is null) as appeals`.execute(
    town.ctx.db,
  )
  expect(waiting.rows).toEqual([{ reports: 3, appeals: 1 }])
  const home = (await town.call('GET', '/api/v1/timelines/home?limit=40', { token: noa.token })).body
  expect(home.length).toBeGreaterThan(20)
  expect(home.every((post: { created_at: string }) => Date.parse(post.created_at) <= Date.now() + 60_000)).toBe(true)
})

test('they show themselves to visitors, and to no other server', async () => {
  const page = await fetch(`${town.url}/@ines`, { headers: { accept: 'text/html' } })
  expect(await page.text()).toContain('Bióloga marinha')
  const [ines] = (await listDemoAccounts(town.ctx)).filter((person) => person.username === 'ines')
  expect((await town.call('GET', `/ap/users/${ines?.id}`)).status).toBe(404)
  expect((await town.call('GET', '/.well-known/webfinger?resource=acct:ines@town.test')).status).toBe(404)
  expect((await town.call('GET', '/.well-known/webfinger?resource=acct:noa@town.test')).status).toBe(200)
  expect((await town.call('GET', `/ap/users/${ines?.id}/outbox`)).status).toBe(404)
})

test('they leave without a trace, and who lives here stays', async () => {
  const people = await listDemoAccounts(town.ctx)
  expect(await removeVillage(town.ctx)).toBe(residents.length)
  await town.settled()
  const columns = await sql<{ table_name: string; column_name: string }>`
    select table_name, column_name from information_schema.columns
    where table_schema = 'public' and data_type = 'bigint'`.execute(town.ctx.db)
  const ids = people.map((person) => person.id)
  for (const { table_name, column_name } of columns.rows) {
    const found =
      await sql`select 1 from ${sql.table(table_name)} where ${sql.ref(column_name)} = any(${ids}::bigint[]) limit 1`.execute(
        town.ctx.db,
      )
    expect(found.rows, `${table_name}.${column_name}`).toEqual([])
  }
  expect((await town.call('GET', `/api/v1/statuses/${own.id}`)).status).toBe(200)
  expect((await town.call('GET', `/api/v1/accounts/${noa.accountId}`)).body).toMatchObject({ following_count: 0 })
})

test('who lives here under the name of a resident hears nothing of the village', async () => {
  await using other = await startTown()
  const [pia, temel] = [await other.person('Pia'), await other.person('temel')]
  await sql`insert into domains (id, host, first_seen_at) values (77, 'far.example', ${other.clock.now()})`.execute(
    other.ctx.db,
  )
  await sql`insert into accounts (id, username, domain_id, uri, url, inbox_url, outbox_url, followers_url, following_url, created_at, updated_at)
    values (78, 'noor', 77, 'https://far.example/noor', 'https://far.example/@noor', 'https://far.example/noor/inbox', 'https://far.example/noor/outbox',
      'https://far.example/noor/followers', 'https://far.example/noor/following', ${other.clock.now()}, ${other.clock.now()})`.execute(
    other.ctx.db,
  )
  expect(await loadVillage(other.ctx)).toBe(residents.length - 2)
  expect(await loadVillage(other.ctx, temel.accountId)).toBe(0)
  await other.settled()
  expect((await listDemoAccounts(other.ctx)).map((person) => person.username)).toContain('noor')
  for (const person of [pia, temel]) {
    const touched = await sql`
      select 1 from notifications where account_id = ${person.accountId}
      union all select 1 from mentions where account_id = ${person.accountId}`.execute(other.ctx.db)
    expect(touched.rows, person.username).toEqual([])
  }
  const { body } = await other.call('GET', `/api/v1/accounts/${temel.accountId}`)
  expect(body.following_count).toBe(residents.length - 4)
})
