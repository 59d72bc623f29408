import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { none } from '#platform/room'
import { transact } from '#platform/context'
import { checkRooms, rooms } from '#app/rooms'
import { ranks } from '#app/ranks'
import { redirectAccount } from '#features/accounts'
import { createAnnouncement, readWish } from '#features/announcements'
import { decideReport } from '#features/moderation'
import { deliver } from '#federation'
import { furnishRules } from '#test/furnish-rules'
import { makeArchive } from '#test/old-archive'
import { upload } from '#test/pictures'
import { openBrowser } from '#test/browser'
import { knock, setUpTotp } from '#test/factors'
import { makeSubscription } from '#test/push-service'
import { loseTies } from '#test/severed-rows'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 60_000 })

let town: TestTown
let ines: Person
beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines')
})
afterAll(() => town[Symbol.asyncDispose]())

describe('a house that breaks a law does not start', () => {
  const room = {
    name: 'odd',
    routes: [],
    pages: [],
    jobs: [],
    schedules: [],
    erase: none('nothing'),
    takeout: none('nothing'),
  }
  test('a room without erase', () =>
    expect(() => checkRooms([{ ...room, erase: undefined as never }])).toThrow('has no erase'))
  test('a room without takeout', () =>
    expect(() => checkRooms([{ ...room, takeout: undefined as never }])).toThrow('has no takeout'))
  test('a route without a response schema', () => {
    const broken = { method: 'GET', path: '/x/:id', summary: '', access: { kind: 'none' }, handle: async () => ({}) }
    expect(() => checkRooms([{ ...room, routes: [broken as never] }])).toThrow('GET /x/:id lacks')
  })
  test.each([undefined, 'fly'])('a route of the team with %s for a permission', (permission) => {
    const access = { kind: 'user', scope: 'admin:read', ...(permission ? { permission } : {}) }
    const broken = { method: 'GET', path: '/x', summary: '', access, response: {}, handle: async () => ({}) }
    expect(() => checkRooms([{ ...room, routes: [broken as never] }])).toThrow('says no permission of a role')
  })
  test('the real one passes, and lists rooms from the highest rank down', () => {
    checkRooms()
    const order = rooms.map((one) => ranks[one.name] ?? Number.NaN)
    expect(order).toEqual(order.toSorted((a, b) => b - a))
  })
})

test('every screen of the app is there when it is opened by its address', async () => {
  const read = (name: string) => readFileSync(join(import.meta.dirname, '../../../web/src/app', name), 'utf8')
  const settings = /SETTINGS =\s*\/\^\\\/settings\(\\\/\(([a-z|]+)\)\)/.exec(read('screens.tsx'))?.[1]?.split('|') ?? []
  const found = [
    ...[...read('screens.tsx').matchAll(/\[\s*'(\/[^']*)',\s*\(/g)].map(([, path = '']) => path),
    ...settings.map((name) => `/settings/${name}`),
    ...[...read('team/places.ts').matchAll(/ at\('(\/[^']*)'/g)].map(([, path = '']) => path),
  ]
  expect(found.length).toBeGreaterThan(60)
  const shape = (path: string) => path.replaceAll(/:\w+/g, ':x')
  const served = new Set(rooms.flatMap((room) => room.pages).map(({ path }) => shape(path)))
  expect(found.filter((path) => !served.has(shape(path)))).toEqual([])
})

test('an account that leaves takes every trace of its id along', async () => {
  const other = await town.person('other')
  const post = (who: Person, json: Record<string, unknown>, key: string) =>
    town.call('POST', '/api/v1/statuses', { token: who.token, json, headers: { 'idempotency-key': key } })
  const root = await post(ines, { status: 'hello @other #tag' }, 'a')
  await post(other, { status: '@ines hello', in_reply_to_id: root.body.id }, 'b')
  const theirs = await post(other, { status: 'mine stays' }, 'c')
  await post(ines, { status: 'a reply that goes', in_reply_to_id: theirs.body.id }, 'd')
  await post(ines, { status: 'a quote that goes', quoted_status_id: theirs.body.id }, 'quote')
  const quoting = await post(other, { status: 'a quote that stays', quoted_status_id: root.body.id }, 'back')
  const act = (who: Person, path: string, json: Record<string, unknown> = {}) =>
    town.call('POST', `/api/v1/${path}`, { token: who.token, json })
  for (const verb of ['favourite', 'bookmark', 'reblog']) {
    expect((await act(ines, `statuses/${theirs.body.id}/${verb}`)).status).toBe(200)
    expect((await act(other, `statuses/${root.body.id}/${verb}`)).status).toBe(200)
  }
  for (const [who, whom] of [
    [ines, other],
    [other, ines],
  ] as const) {
    await act(who, `accounts/${whom.accountId}/follow`)
    await act(who, `accounts/${whom.accountId}/mute`)
    await act(who, `accounts/${whom.accountId}/note`, { comment: 'noted' })
    await town.call('DELETE', `/api/v1/suggestions/${whom.accountId}`, { token: who.token })
  }
  for (const who of [ines, other]) {
    const list = await act(who, 'lists', { title: 'met' })
    const both = [ines.accountId, other.accountId]
    expect((await act(who, `lists/${list.body.id}/accounts`, { account_ids: both })).status).toBe(200)
  }
  await act(ines, 'tags/tag/follow')
  await act(ines, 'featured_tags', { name: 'tag' })
  await act(ines, `accounts/${other.accountId}/endorse`)
  await act(other, `accounts/${ines.accountId}/endorse`)
  await act(ines, 'domain_blocks', { domain: 'far.test' })
  expect((await act(ines, `statuses/${root.body.id}/pin`)).status).toBe(200)
  const months = { options: ['April', 'May'], expires_in: 3600 }
  await post(ines, { status: 'mine to ask', poll: months }, 'ines asks')
  const question = await post(other, { status: 'which?', poll: months }, 'other asks')
  await act(ines, `polls/${question.body.id}/votes`, { choices: [0] })
  const third = await town.person('third')
  await loseTies(town, ines, [other])
  await act(ines, `accounts/${third.accountId}/block`)
  const picture = await upload(town, ines.token)
  await post(ines, { status: 'with a picture', media_ids: [picture.body.id] }, 'e')
  await post(ines, { status: 'not out yet', hold_for: 60 }, 'f')
  const later = new Date(town.clock.now().getTime() + 3_600_000).toISOString()
  await post(ines, { status: 'for later', scheduled_at: later }, 'g')
  await town.call('POST', '/api/hamlet/v1/drafts', { token: ines.token, json: { parts: [{ text: 'unfinished' }] } })
  const asked = { asked_at: new Date().toISOString(), url: 'https://else.test/1', host: 'else.test' }
  const face = { kind: 'avatar', subject_id: ines.accountId, account_id: ines.accountId, account_host: 'else.test' }
  await town.ctx.db
    .insertInto('remote_pictures')
    .values({ signature: 'x', ...face, ...asked })
    .execute()
  const used_at = new Date().toISOString()
  const page = { link: 'https://else.test/', url: 'https://else.test/', host: 'else.test', used_at }
  await town.ctx.db
    .insertInto('link_cards')
    .values({ id: '1', ...page, author_account_id: ines.accountId })
    .execute()
  await transact(town.ctx, (tx) =>
    deliver(tx, { accountId: ines.accountId, activity: { type: 'Like' }, inboxes: ['https://else.test/inbox'] }),
  )
  await town.call('POST', '/api/v1/markers', { token: ines.token, json: { home: { last_read_id: root.body.id } } })
  const filtered = await town.call('POST', '/api/v2/filters', {
    token: ines.token,
    json: { title: 'mine', context: ['home'], keywords_attributes: [{ keyword: 'noise' }] },
  })
  const single = await town.call('POST', `/api/v2/filters/${filtered.body.id}/statuses`, {
    token: ines.token,
    json: { status_id: theirs.body.id },
  })
  expect(single.status).toBe(200)
  await act(ines, `statuses/${theirs.body.id}/mute`)
  const secret = await post(ines, { status: '@other @third among us', visibility: 'direct' }, 'secret')
  await post(other, { status: '@ines @third yes', visibility: 'direct', in_reply_to_id: secret.body.id }, 'secret too')
  await bring(town, ines)
  const gone = { id: '1', target_account_id: other.accountId, followers_count: 0, created_at: used_at }
  await town.ctx.db
    .insertInto('moves')
    .values({ ...gone, account_id: ines.accountId })
    .execute()
  await transact(town.ctx, (tx) => redirectAccount(tx, other.accountId, ines.accountId))
  await transact(town.ctx, (tx) => redirectAccount(tx, other.accountId, null))
  expect((await town.call('POST', '/api/hamlet/v1/takeouts', { token: ines.token })).status).toBe(200)
  await town.call('PUT', '/api/hamlet/v1/clearing', { token: ines.token, json: { enabled: true } })
  await town.settled()
  const judge = await town.person('judge')
  for (const [who, whom, said] of [
    [ines, other, theirs],
    [other, ines, root],
  ] as const)
    await act(who, 'reports', { account_id: whom.accountId, status_ids: [said.body.id] })
  const open = await town.ctx.db.selectFrom('reports').select(['id', 'target_account_id']).execute()
  for (const { id } of open)
    await transact(town.ctx, (tx) =>
      decideReport(tx, { accountId: ines.accountId, userId: judge.userId }, id, { decision: 'none', text: '' }),
    )
  await furnishRules(town, ines, [ines, other])
  const wish = readWish(town.ctx, { text: 'tea with @ines' })
  const told = await transact(town.ctx, (tx) => createAnnouncement(tx, ines.accountId, wish))
  await act(ines, `announcements/${told}/dismiss`)
  await town.call('PUT', `/api/v1/announcements/${told}/reactions/%F0%9F%8C%8A`, { token: ines.token })
  const browser = openBrowser(town.url)
  await browser.post('/sign-in', { login: 'ines', password: 'correct horse' })
  const redirect_uri = 'app://done'
  const app = (await town.call('POST', '/api/v1/apps', { json: { client_name: 'x', redirect_uris: redirect_uri } }))
    .body
  const grant = { response_type: 'code', client_id: app.client_id, redirect_uri, answer: 'allow' }
  expect((await browser.post('/oauth/authorize', grant)).location).toMatch(/code=/)
  await setUpTotp(town, browser)
  expect((await knock(town, ines)).page.status).toBe(200)
  await town.call('PATCH', '/api/v2/notifications/policy', {
    token: ines.token,
    json: { for_not_following: 'filter' },
  })
  await act(ines, 'push/subscription', makeSubscription())
  const pause = `/api/hamlet/v1/statuses/${root.body.id}/notifications/pause`
  expect((await town.call('POST', pause, { token: ines.token, json: {} })).status).toBe(200)
  for (const name of ['let-in', 'waiting']) {
    const stranger = await town.person(name.replace('-', '_'))
    await post(stranger, { status: '@ines may I?' }, name)
    await town.settled()
    const requests = await town.call('GET', '/api/v1/notifications/requests', { token: ines.token })
    if (name === 'let-in') await act(ines, `notifications/requests/${requests.body[0].id}/accept`)
  }
  const empty = await sql<{ table: string; rows: number }>`
    select c.table_name as table, (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I', c.table_name), false, true, '')))[1]::text::int as rows
    from information_schema.columns c where c.table_schema = 'public' and c.column_name = 'account_id'`.execute(
    town.ctx.db,
  )
  expect(
    empty.rows.filter((row) => row.rows === 0),
    'every table that knows accounts holds a row before',
  ).toEqual([])
  await transact(town.ctx, async (tx) => {
    for (const room of rooms) if (typeof room.erase === 'function') await room.erase(tx, ines.accountId)
  })
  const columns = await sql<{ table_name: string; column_name: string }>`
    select c.table_name, c.column_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'`.execute(town.ctx.db)
  expect(columns.rows.length).toBeGreaterThan(80)
  const traces: string[] = []
  for (const { table_name, column_name } of columns.rows) {
    const found =
      await sql`select 1 from ${sql.table(table_name)} where ${sql.ref(column_name)}::text in (${ines.accountId}, ${ines.userId}) limit 1`.execute(
        town.ctx.db,
      )
    if (found.rows.length > 0) traces.push(`${table_name}.${column_name}`)
  }
  expect(traces).toEqual([])
  const stayed = await town.call('GET', `/api/v1/accounts/${other.accountId}`)
  expect(stayed.body).toMatchObject({ followers_count: 0, following_count: 0, statuses_count: 6 })
  const kept = await town.call('GET', `/api/v1/statuses/${theirs.body.id}`)
  expect(kept.body).toMatchObject({ favourites_count: 0, reblogs_count: 0, replies_count: 0, quotes_count: 0 })
  const quote = await town.call('GET', `/api/v1/statuses/${quoting.body.id}`)
  expect(quote.body.quote).toEqual({ state: 'deleted', quoted_status: null })
})

/** A file of one line that is brought. */
async function bring(town: TestTown, { token }: Person): Promise<void> {
  const old = { data: await makeArchive() }
  const archive = await town.call('POST', '/api/hamlet/v1/post_imports', { token, parts: old })
  await town.call('POST', `/api/hamlet/v1/post_imports/${archive.body.id}/confirm`, { token })
  const parts = { kind: 'domain_blocking', data: Buffer.from('far.example\n') }
  const { body } = await town.call('POST', '/api/hamlet/v1/imports', { token, parts })
  const done = await town.call('POST', `/api/hamlet/v1/imports/${body.id}/confirm`, { token, json: {} })
  expect(done.status).toBe(200)
}

test('what a person takes along holds their posts and no secret', async () => {
  const leaver = await town.person('leaver')
  await town.call('POST', '/api/v1/statuses', { token: leaver.token, json: { status: 'mine to keep' } })
  const parts: Record<string, unknown>[] = []
  for (const room of rooms)
    if (typeof room.takeout === 'function') parts.push(await room.takeout(town.ctx, leaver.accountId))
  const text = JSON.stringify(parts)
  expect(text).toContain('mine to keep')
  expect(text).not.toMatch(/argon2id|token_hash|PRIVATE KEY/)
})

test('the API describes itself: every route, every answer an entity', async () => {
  const description = (await town.call('GET', '/api/openapi.json')).body
  expect(description.openapi).toBe('3.1.0')
  expect(Object.keys(description.paths)).toEqual(
    expect.arrayContaining(['/api/v1/statuses', '/api/v1/statuses/{id}', '/api/v2/instance']),
  )
  const refs = [...JSON.stringify(description).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
    (match) => match[1],
  )
  expect(refs.length).toBeGreaterThan(5)
  for (const name of refs) expect(description.components.schemas).toHaveProperty(name as string)
})

test('health tells liveness and readiness apart', async () => {
  expect((await town.call('GET', '/health')).body).toEqual({ status: 'ok' })
  expect((await town.call('GET', '/health/ready')).body).toEqual({ status: 'ready' })
})
