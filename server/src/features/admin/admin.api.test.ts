import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { requireRoleId } from '#features/roles'
import { startTown, type Person, type TestTown } from '#test/test-town'
import { measureAnswers, percentile } from './answers.ts'
import { foretell } from './present/overview.ts'
import { sample } from './sample.ts'

let town: TestTown
let oda: Person
let ines: Person
beforeAll(async () => {
  town = await startTown()
  oda = await town.person('oda', 'read write admin:read admin:write')
  ines = await town.person('ines')
  await town.ctx.db
    .updateTable('users')
    .set({ role_id: requireRoleId('owner') })
    .where('id', '=', oda.userId)
    .execute()
})
afterAll(() => town[Symbol.asyncDispose]())

const today = () => town.clock.now().toISOString().slice(0, 10)
const daysAgo = (days: number) => new Date(town.clock.now().getTime() - days * 86_400_000).toISOString().slice(0, 10)
const ask = (path: string, json: Record<string, unknown>) => town.call('POST', path, { token: oda.token, json })
const look = async (path: string) => (await town.call('GET', `/api/web/admin/${path}`, { token: oda.token })).body

describe('measures', () => {
  const read = async (keys: string[], more: Record<string, unknown> = {}) =>
    (await ask('/api/v1/admin/measures', { keys, start_at: daysAgo(2), end_at: today(), ...more })).body

  test('count people, what they do, and what is reported, day by day', async () => {
    const post = (await town.call('POST', '/api/v1/statuses', { token: ines.token, json: { status: 'low tide' } })).body
    await town.call('POST', `/api/v1/statuses/${post.id}/favourite`, { token: oda.token })
    await town.call('POST', `/api/v1/statuses/${post.id}/reblog`, { token: oda.token })
    await town.call('POST', '/api/v1/reports', { token: oda.token, json: { account_id: ines.accountId } })
    const found = await read(['new_users', 'interactions', 'opened_reports', 'resolved_reports', 'active_users'])
    const totals = Object.fromEntries(found.map((one: { key: string; total: string }) => [one.key, one.total]))
    expect(totals).toEqual({
      new_users: '2',
      interactions: '2',
      opened_reports: '1',
      resolved_reports: '0',
      active_users: '2',
    })
    expect(found[0]).toMatchObject({
      unit: null,
      previous_total: '0',
      data: [
        { date: `${daysAgo(2)}T00:00:00.000Z`, value: '0' },
        { date: `${daysAgo(1)}T00:00:00.000Z`, value: '0' },
        { date: `${today()}T00:00:00.000Z`, value: '2' },
      ],
    })
  })

  test('compare with as many days before', async () => {
    const before = (await read(['new_users']))[0]
    await town.ctx.db
      .updateTable('users')
      .set({ created_at: `${daysAgo(4)}T10:00:00.000Z` })
      .where('id', '=', ines.userId)
      .execute()
    const [after] = await read(['new_users'])
    expect([before.total, before.previous_total, after.total, after.previous_total]).toEqual(['2', '0', '1', '1'])
  })

  test('of hashtags count uses, authors and servers once each', async () => {
    for (const who of [ines, ines, oda])
      await town.call('POST', '/api/v1/statuses', { token: who.token, json: { status: '#tide' } })
    await town.settled()
    const { id } = (await town.call('GET', '/api/v1/tags/tide', { token: oda.token })).body
    const about = { id }
    const found = await read(['tag_uses', 'tag_accounts', 'tag_servers'], {
      tag_uses: about,
      tag_accounts: about,
      tag_servers: about,
    })
    expect(found.map((one: { total: string }) => one.total)).toEqual(['3', '2', '1'])
  })

  test.each([
    [{ keys: ['weather'] }, 'is no measure'],
    [{ keys: ['tag_uses'] }, 'needs the id of a hashtag'],
    [{ keys: ['instance_accounts'] }, 'needs a server'],
    [{ keys: ['new_users'], start_at: 'soon' }, 'must be dates'],
    [{ keys: ['new_users'], start_at: '1990-01-01' }, 'two years at most'],
    [{ keys: ['new_users'], start_at: '2026-11-30', end_at: '2026-11-01' }, 'must not lie before'],
  ])('%j is refused in words', async (json, words) => {
    const { status, body } = await ask('/api/v1/admin/measures', { start_at: daysAgo(2), end_at: today(), ...json })
    expect([status, body.error]).toEqual([422, expect.stringContaining(words)])
  })
})

test('dimensions say how it is spread, the largest first', async () => {
  const keys = ['servers', 'languages', 'sources', 'space_usage', 'software_versions']
  const { body } = await ask('/api/v1/admin/dimensions', { keys, start_at: daysAgo(2), end_at: today(), limit: 5 })
  expect(body.map((one: { key: string }) => one.key)).toEqual(keys)
  expect(body[0].data).toEqual([
    { key: town.ctx.config.domain, human_key: town.ctx.config.domain, value: expect.stringMatching(/^[1-9]/) },
  ])
  expect(body[3].data[0]).toMatchObject({
    key: 'postgresql',
    unit: 'bytes',
    human_value: expect.stringMatching(/ MB$/),
  })
})

test('retention follows those who came at a time', async () => {
  await town.ctx.db
    .updateTable('users')
    .set({ created_at: `${daysAgo(2)}T10:00:00.000Z` })
    .where('id', '=', ines.userId)
    .execute()
  const json = { start_at: daysAgo(2), end_at: today(), frequency: 'day' }
  const { body } = await ask('/api/v1/admin/retention', json)
  expect(body).toHaveLength(3)
  expect(body[0].data).toEqual(
    [0, 1, 2].map((ago) => ({ date: `${daysAgo(2 - ago)}T00:00:00.000Z`, rate: 1, value: '1' })),
  )
  const { status } = await ask('/api/v1/admin/retention', { ...json, start_at: daysAgo(60) })
  expect(status).toBe(422)
})

describe('overview', () => {
  beforeEach(async () => {
    await town.ctx.db.deleteFrom('admin_samples').execute()
    await town.ctx.db.deleteFrom('admin_days').execute()
  })

  test('shows what was written down, and costs the same however much it is', async () => {
    await sample.run(town.ctx, {})
    const found = await look('overview')
    expect(found).toMatchObject({
      range: 'day',
      people: { today: 2, of: 2 },
      reports: { open: 1 },
      queue: { waiting: 0, oldest_seconds: 0 },
      concerns: [{ name: 'mail' }],
    })
    expect(found.people.days).toHaveLength(14)
    expect(found.deliveries.points).toHaveLength(48)
    expect(found.storage.disk_bytes).toBeGreaterThan(0)
    expect(found.storage.database_bytes).toBeGreaterThan(0)
    const cost = () => town.countStatements(() => look('overview?range=month'))
    const few = await cost()
    await sql`insert into admin_samples (at, delivered, lost) select ${daysAgo(3)}::timestamptz + n * interval '5 minutes', 9, 1
      from generate_series(1, 500) n`.execute(town.ctx.db)
    expect(await cost()).toBe(few)
    const month = await look('overview?range=month')
    expect([month.deliveries.total, month.deliveries.percent]).toEqual([4500, 90])
    expect(month.concerns.map((one: { name: string }) => one.name)).toContain('deliveries')
  })

  test('a second run in the same minutes writes the same row', async () => {
    await sample.run(town.ctx, {})
    await sample.run(town.ctx, {})
    expect(await town.ctx.db.selectFrom('admin_samples').select('at').execute()).toHaveLength(1)
  })

  test('answer times of several processes are added', async () => {
    const [one, two] = [measureAnswers(town.ctx), measureAnswers(town.ctx)]
    for (const ms of [3, 3, 3]) one.observe(ms)
    for (const ms of [90, 90_000]) two.observe(ms)
    await one.close()
    await two.close()
    const { answers } = await town.ctx.db.selectFrom('admin_samples').select('answers').executeTakeFirstOrThrow()
    expect(answers.filter((count: number) => count > 0)).toEqual([3, 1, 1])
    expect((await look('overview')).answers.p95_ms).toBe(10_000)
  })

  test.each([
    ['overview?range=year', 422],
    ['overview', 200],
  ])('%s is answered with %i', async (path, status) => {
    expect((await town.call('GET', `/api/web/admin/${path}`, { token: oda.token })).status).toBe(status)
  })
})

describe('queues', () => {
  const serverPath = '/api/web/admin/delivery/servers/far.example'
  beforeEach(async () => {
    await sql`delete from outbound_activities`.execute(town.ctx.db)
    await sql`with a as (insert into outbound_activities (id, account_id, type, body, created_at)
        values (77, ${ines.accountId}, 'Create', '{}', ${town.clock.now().toISOString()}) returning id)
      insert into deliveries (activity_id, inbox_url, host, attempts, next_at, last_error)
        select id, 'https://far.example/inbox', 'far.example', 3, '2100-01-01', 'timed out' from a`.execute(town.ctx.db)
  })

  test('name the servers that something waits for, and why', async () => {
    const found = await look('delivery')
    expect(found).toMatchObject({
      later: 1,
      servers: [{ host: 'far.example', waiting: 1, last_error: 'timed out' }],
    })
  })

  test('what waits is dropped once, and the log says who did it', async () => {
    for (const left of [0, 0]) {
      const { status, body } = await town.call('POST', `${serverPath}/drop`, { token: oda.token })
      expect([status, body.servers.length]).toEqual([200, left])
    }
    const log = await town.ctx.db
      .selectFrom('audit_log')
      .select(['target_label', 'details'])
      .where('action', '=', 'delivery.drop')
      .execute()
    expect(log).toEqual([{ target_label: 'far.example', details: { count: 1 } }])
  })

  test('only those who tend the machine may', async () => {
    await town.ctx.db
      .updateTable('users')
      .set({ role_id: requireRoleId('moderator') })
      .where('id', '=', ines.userId)
      .execute()
    const { status } = await town.call('GET', '/api/web/admin/delivery', { token: ines.token })
    expect(status).toBe(403)
  })
})

test('failed jobs are tried again or forgotten by their kind', async () => {
  const fail = () =>
    sql`insert into jobs (kind, payload, failed_at, last_error, attempts)
      values ('admin.sample', '{}', ${town.clock.now().toISOString()}, 'no disk', 10)`.execute(town.ctx.db)
  await fail()
  const found = await look('delivery')
  expect(found.jobs[0]).toEqual({ kind: 'admin.sample', open: 0, failed: 1, last_error: 'no disk' })
  const path = '/api/web/admin/delivery/jobs/admin.sample'
  await town.call('POST', `${path}/drop`, { token: oda.token })
  expect((await look('delivery')).jobs.filter((one: { failed: number }) => one.failed > 0)).toEqual([])
  await fail()
  await town.call('POST', `${path}/retry`, { token: oda.token })
  await town.settled()
  expect((await look('delivery')).jobs.filter((one: { failed: number }) => one.failed > 0)).toEqual([])
})

test('a percentile lies where its answers do', () => {
  expect(percentile([], 95)).toBeNull()
  expect(percentile([100], 50)).toBe(1)
  expect(percentile([50, 0, 50], 100)).toBe(10)
})

test('a disk that fills evenly is full when it has no room left', () => {
  const at = (day: number, free: number) => ({ at: `2026-11-0${day}T00:00:00.000Z`, disk_free_bytes: String(free) })
  expect(foretell([at(1, 100), at(3, 80)])).toBe('2026-11-11T00:00:00.000Z')
  expect(foretell([at(1, 80), at(3, 100)])).toBeNull()
  expect(foretell([at(1, 80)])).toBeNull()
})
