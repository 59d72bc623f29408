import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { rooms } from '#app/rooms'
import { bitsOf, permissions, requireRoleId } from '#features/roles'
import type { Route } from '#platform/http'
import { startFurnishedTown, type FurnishedTown } from '#test/furnished-town'
import { differingTables, printDatabase } from '#test/database-print'
import { listPresses } from '#test/presses'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

/** Every route of the team: generated, so that a new one is in it without anybody's doing. */
const guarded = rooms
  .flatMap((room) => room.routes)
  .filter((route) => route.access.kind === 'user' && route.access.permission !== undefined)
const nameOf = (route: Route) => `${route.method} ${route.path}`

/** One role that may be anything, as high as can be, so that only what it allows counts. */
async function hold(town: TestTown, who: Person, bits: string): Promise<void> {
  const role = { name: 'Tried', position: 999_999, permissions: bits, created_at: '2026-11-26' }
  await town.ctx.db
    .insertInto('roles')
    .values({ id: '7777', ...role })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(role))
    .execute()
  await town.ctx.db.updateTable('users').set({ role_id: '7777' }).where('id', '=', who.userId).execute()
}

describe('AD-05: who may not is told so before anything else is done', () => {
  let town: TestTown
  let plain: Person
  beforeAll(async () => {
    town = await startTown()
    plain = await town.person('plain', 'admin:read admin:write')
  })
  afterAll(() => town[Symbol.asyncDispose]())

  /** A body that nobody could read: it is not even looked at. */
  const unreadable = { raw: { type: 'application/json', body: '{"broken' } }
  const ask = (route: Route, more: { token?: string } = {}) =>
    town.call(route.method, route.path.replaceAll(/:\w+/g, '404404'), {
      ...(route.method === 'GET' ? {} : unreadable),
      ...more,
    })

  test('a stranger costs no query at all on any route of the team', async () => {
    const statuses = new Map<string, number>()
    const cost = await town.countStatements(async () => {
      for (const route of guarded) {
        // oxlint-disable-next-line no-await-in-loop -- a list of refusals
        statuses.set(nameOf(route), (await ask(route)).status)
      }
    })
    expect([...statuses].filter(([, status]) => status !== 401)).toEqual([])
    expect(cost).toBe(0)
  })

  test('a member who is not of the team costs what it takes to know them, on every route alike', async () => {
    const refused = (route: Route) =>
      town.countStatements(async () =>
        expect((await ask(route, { token: plain.token })).status, nameOf(route)).toBe(403),
      )
    await refused(guarded[0]!)
    const costs = new Map<string, number>()
    // oxlint-disable-next-line no-await-in-loop -- counted one by one
    for (const route of guarded) costs.set(nameOf(route), await refused(route))
    expect(new Set(costs.values()).size, JSON.stringify([...costs])).toBe(1)
    expect(costs.get(nameOf(guarded[0]!))).toBeLessThanOrEqual(3)
  })

  test('RL-07: numbers of the team, a hundred times as a stranger, cost no query', async () => {
    const numbers = guarded.filter(({ path }) => /measures|dimensions|retention|overview/.test(path))
    expect(numbers.length).toBeGreaterThan(3)
    const cost = await town.countStatements(async () => {
      for (const route of numbers)
        // oxlint-disable-next-line no-await-in-loop -- a hundred for one route, then for the next
        await Promise.all(Array.from({ length: 100 }, async () => expect((await ask(route)).status).toBe(401)))
    })
    expect(cost).toBe(0)
  })
})

describe('AD-08: every act of the team is written down', () => {
  let town: TestTown
  let owner: Person
  let people = 0
  beforeAll(async () => {
    town = await startTown()
    owner = await town.person('oda', 'read write follow admin:read admin:write')
    await town.ctx.db
      .updateTable('users')
      .set({ role_id: requireRoleId('owner') })
      .where('id', '=', owner.userId)
      .execute()
  })
  afterAll(() => town[Symbol.asyncDispose]())

  /** What nobody else sees: what one looks at oneself, and how one likes to look at it; and diaries of what was sent. */
  const OWN = [
    'case_looks',
    'evidence_reveals',
    'moderation_views',
    'rule_trials',
    'webhook_deliveries',
    'delivery_hosts',
  ]
  /** Turns with every press, so that all processes read the rules anew. */
  const BELL = 'content_gate'
  /** Pressed here, these change nothing: they read, or find nothing that is to be done. */
  const IDLE = [
    'POST /api/web/admin/text_preview',
    'PUT /api/web/admin/webhooks/:id',
    'POST /api/web/admin/webhooks/:id/enable',
    'POST /api/web/admin/webhooks/:id/test',
    'POST /api/v1/admin/measures',
    'POST /api/v1/admin/dimensions',
    'POST /api/v1/admin/retention',
    'POST /api/web/admin/delivery/servers/:host/retry',
    'POST /api/web/admin/delivery/servers/:host/drop',
    'POST /api/web/admin/delivery/jobs/:kind/retry',
    'POST /api/web/admin/delivery/jobs/:kind/drop',
    'POST /api/web/admin/letters/:kind/test',
    'POST /api/web/moderation/reports/:id/media/:media_id/reveal',
    'POST /api/web/moderation/reports/:id/look',
    'POST /api/web/moderation/queue/unassign',
    'POST /api/web/moderation/views',
    'DELETE /api/web/moderation/views/:id',
    'POST /api/web/moderation/sign-ups/decision',
    'POST /api/hamlet/v1/admin/rules/:id/disable',
    'POST /api/hamlet/v1/admin/rules/:id/undo',
    'POST /api/hamlet/v1/admin/rule_trials',
    'POST /api/web/moderation/accounts/:id/preview',
    'POST /api/web/moderation/reports/:id/preview',
    'POST /api/v1/admin/canonical_email_blocks/test',
    'POST /api/web/moderation/servers/:host/purge',
    'POST /api/web/moderation/servers/:host/retry',
    'POST /api/web/admin/relays/:id/enable',
  ]
  const presses = listPresses()
  const acts = guarded.filter((route) => route.method !== 'GET').map(nameOf)

  async function changedBy(name: string): Promise<string[]> {
    const { path, caller } = await presses[name]!({
      town,
      owner,
      fresh: () => town.person(`person_${(people += 1)}`),
    })
    await town.settled()
    const before = await printDatabase(town.ctx)
    const answer = await town.call(name.split(' ')[0]!, path, caller)
    expect(answer.status, answer.text).toBeLessThan(500)
    await town.settled()
    return differingTables(before, await printDatabase(town.ctx)).filter(
      (table) => table !== BELL && !OWN.includes(table),
    )
  }

  const idle: string[] = []
  test.each(acts.map((name) => [name]))('%s', async (name) => {
    const changed = await changedBy(name)
    if (changed.length === 0) idle.push(name)
    else expect(changed).toContain('audit_log')
  })

  test('an act of the team is written down wherever it changes anything, and hardly any of them changes nothing', () => {
    expect(idle).toEqual(IDLE)
  })

  test('nothing that was written down can be taken out by a route', () => {
    const routes = guarded.filter(({ path }) => /admin\/log/.test(path))
    expect(routes.map((route) => route.method)).toEqual(routes.map(() => 'GET'))
    expect(routes.length).toBeGreaterThan(0)
  })
})

describe('what the team reads of people', () => {
  let furnished: FurnishedTown
  let reader: Person
  const ADDRESS = 'canary.ines@mail.example'
  const FROM = '203.0.113.77'
  const WHISPER = 'whispered-between-two'
  const REPORTED = 'reported-among-two'
  let whisper: { id: string }
  let reported: { id: string }
  let report: { id: string }
  beforeAll(async () => {
    furnished = await startFurnishedTown()
    const { town, ines, bram } = furnished
    reader = await town.person('reader', 'read admin:read admin:write')
    const say = async (status: string) =>
      (await town.call('POST', '/api/v1/statuses', { token: ines.token, json: { status, visibility: 'direct' } })).body
    whisper = await say(`@muted ${WHISPER}`)
    reported = await say(`@bram ${REPORTED}`)
    const filed = { account_id: ines.accountId, status_ids: [reported.id] }
    report = (await town.call('POST', '/api/v1/reports', { token: bram.token, json: filed })).body
    await town.ctx.db.updateTable('users').set({ email: ADDRESS }).where('id', '=', ines.userId).execute()
    const { db } = town.ctx
    await sql`update users set sign_up_ip = ${FROM} where id = ${ines.userId}`.execute(db).catch(() => {})
    await town.settled()
  })
  afterAll(() => furnished[Symbol.asyncDispose]())

  const reads = guarded.filter(({ method }) => method === 'GET')
  const readAll = async (token: string, routes: readonly Route[] = reads) => {
    const answers = new Map<string, { status: number; text: string }>()
    for (const route of routes) {
      // oxlint-disable-next-line no-await-in-loop -- one person reads one page after the other
      answers.set(nameOf(route), await furnished.town.call('GET', furnished.targetOf(route.path), { token }))
    }
    return answers
  }

  test('AD-03: mail and IP addresses are shown to those who may manage users, and to nobody else of the team', async () => {
    const shown = new Map<string, string[]>()
    for (const permission of permissions) {
      // oxlint-disable-next-line no-await-in-loop -- one person holds one role after the other
      await hold(furnished.town, reader, bitsOf([permission]))
      // oxlint-disable-next-line no-await-in-loop -- the same
      const answers = await readAll(reader.token)
      const telling = [...answers].filter(([, { text }]) => text.includes(ADDRESS) || text.includes(FROM))
      if (telling.length > 0)
        shown.set(
          permission,
          telling.map(([name]) => name),
        )
    }
    expect([...shown.keys()].toSorted(), JSON.stringify([...shown])).toEqual(['administrator', 'manage_users'])
  })

  test('AD-14: of what is said between two the team reads what was reported, and no word of the rest', async () => {
    await hold(furnished.town, reader, bitsOf(['administrator']))
    const own = rooms
      .flatMap((room) => room.routes)
      .filter(({ method, path, access }) => method === 'GET' && access.kind !== 'none' && path.startsWith('/api/'))
    const about = (path: string, id: string) =>
      path.replace('/statuses/:id', `/statuses/${id}`).replace('/reports/:id', `/reports/${report.id}`)
    const answers = new Map<string, string>()
    for (const route of own) {
      for (const { id } of [whisper, reported]) {
        const target = furnished.targetOf(about(route.path, id))
        // oxlint-disable-next-line no-await-in-loop -- one page after the other
        const { text } = await furnished.town.call('GET', target, { token: reader.token })
        answers.set(target, text)
      }
    }
    const telling = (words: string) => [...answers].filter(([, text]) => text.includes(words)).map(([name]) => name)
    expect(telling(WHISPER)).toEqual([])
    const readIn = telling(REPORTED)
    expect(readIn.length).toBeGreaterThan(0)
    expect(readIn.filter((target) => !/\/(moderation|admin)\/(reports|queue)/.test(target))).toEqual([])
    const noted = await sql<{ n: number }>`select count(*)::int as n from audit_log
      where action = 'report.read-private' and actor_account_id = ${reader.accountId}`.execute(furnished.town.ctx.db)
    expect(noted.rows[0]?.n).toBeGreaterThan(0)
  })
})
