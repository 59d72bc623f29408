import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fillTemplate, isJsonTemplate } from '@hamlet/contract/webhook-grammar'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { requireRoleId } from '#features/roles'
import { hookPosted, pruneDeliveries } from '#features/webhooks'
import { startTown, type Person, type TestTown } from '#test/test-town'

const PATH = '/api/web/admin/webhooks'
type Heard = { headers: IncomingHttpHeaders; text: string; body: any }

let town: TestTown
let oda: Person
let ines: Person
let bram: Person
let hooked: Server
let url: string
let heard: Heard[]
/** What the other side answers next; 200 when there is nothing. */
let answers: number[]
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  oda = await town.person('oda', 'read write admin:read admin:write')
  ;[ines, bram] = [await town.person('ines', 'read write admin:read admin:write'), await town.person('bram')]
  await setRole(oda, 'owner')
  hooked = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const text = Buffer.concat(pieces).toString()
      heard.push({ headers: request.headers, text, body: JSON.parse(text) })
      response.writeHead(answers.shift() ?? 200).end('thanks')
    })
  })
  await new Promise<void>((done) => hooked.listen(0, '127.0.0.1', done))
  url = `http://localhost:${(hooked.address() as AddressInfo).port}/hook`
})
afterAll(async () => {
  hooked.close()
  await town[Symbol.asyncDispose]()
})
beforeEach(async () => {
  ;[heard, answers] = [[], []]
  await town.ctx.db.deleteFrom('webhooks').execute()
  await town.ctx.db.deleteFrom('audit_log').execute()
})

const setRole = (who: Person, role: string) =>
  town.ctx.db
    .updateTable('users')
    .set({ role_id: requireRoleId(role) })
    .where('id', '=', who.userId)
    .execute()
const call = (method: string, path: string, json?: unknown, who = oda) =>
  town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
const create = async (more: Record<string, unknown> = {}) =>
  (await call('POST', PATH, { url, events: ['status.created'], ...more })).body
const post = async (status: string, more: Record<string, unknown> = {}) =>
  (await call('POST', '/api/v1/statuses', { status, ...more }, bram)).body as { id: string }
const deliveries = async (id: string) => (await call('GET', `${PATH}/${id}/deliveries`)).body
/** Time goes on until everything that waits for its next attempt has had it. */
async function tryAgain() {
  await sql`update jobs set run_at = now() where kind = 'webhooks.deliver' and failed_at is null`.execute(town.ctx.db)
  await town.settled()
}

describe('a webhook', () => {
  test('is told what happens, signed over the very bytes', async () => {
    const hook = await create()
    expect(hook).toMatchObject({ url, events: ['status.created'], enabled: true, problem: null, last: null })
    expect(hook.secret).toMatch(/^[0-9a-f]{40}$/)
    const { id } = await post('low tide')
    await town.settled()
    const [one] = heard
    expect(heard).toHaveLength(1)
    expect(one?.headers['content-type']).toBe('application/json')
    expect(one?.headers['x-hub-signature']).toBe(
      `sha256=${createHmac('sha256', hook.secret).update(one!.text).digest('hex')}`,
    )
    expect(one?.body).toMatchObject({
      event: 'status.created',
      created_at: expect.stringMatching(/Z$/),
      object: { id, content: '<p>low tide</p>', account: { acct: 'bram' } },
    })
    expect(await deliveries(hook.id)).toMatchObject([
      { event: 'status.created', state: 'delivered', attempts: 1, status: 200, problem: null },
    ])
    expect((await call('GET', PATH)).body).toMatchObject([{ last: { state: 'delivered', waiting: 0 } }])
  })

  test('hears only of what it was set up for, and never of what is not for everybody', async () => {
    await create({ events: ['status.updated'] })
    const { id } = await post('one')
    await post('for few', { visibility: 'private' })
    await post('@ines for one', { visibility: 'direct' })
    await town.settled()
    expect(heard).toEqual([])
    await call('PUT', `/api/v1/statuses/${id}`, { status: 'two' }, bram)
    await town.settled()
    expect(heard.map(({ body }) => [body.event, body.object.content])).toEqual([['status.updated', '<p>two</p>']])
    await call('PUT', `${PATH}/${(await call('GET', PATH)).body[0].id}`, { url, events: ['status.created'] })
    await post('quiet', { visibility: 'private' })
    await town.settled()
    expect(heard).toHaveLength(1)
  })

  test('hears of accounts and of reports, with all that the team sees', async () => {
    await create({
      events: ['account.updated', 'account.created', 'account.approved', 'report.created', 'report.updated'],
    })
    await town.call('PATCH', '/api/v1/accounts/update_credentials', { token: bram.token, json: { note: 'I row.' } })
    await town.settled()
    expect(heard).toMatchObject([
      { body: { event: 'account.updated', object: { username: 'bram', email: 'bram@example.org' } } },
    ])
    heard = []
    const report = await call('POST', '/api/v1/reports', { account_id: bram.accountId, comment: 'noise' }, ines)
    await town.settled()
    await call('POST', `/api/v1/admin/reports/${report.body.id}/resolve`)
    await call('POST', `/api/v1/admin/reports/${report.body.id}/resolve`)
    await town.settled()
    expect(heard).toMatchObject([
      { body: { event: 'report.created', object: { id: report.body.id, action_taken: false, comment: 'noise' } } },
      { body: { event: 'report.updated', object: { id: report.body.id, action_taken: true } } },
    ])
  })

  test('is told once, however often the work runs', async () => {
    await create()
    const { id } = await post('once')
    await town.settled()
    for (const _ of [1, 2]) await hookPosted.run(town.ctx, { statusId: id })
    await town.settled()
    expect(heard).toHaveLength(1)
  })

  test('is told again until it takes it, and after sixteen attempts no more', async () => {
    const hook = await create()
    answers = [500, 302]
    await post('again')
    await town.settled()
    expect(await deliveries(hook.id)).toMatchObject([
      { state: 'waiting', attempts: 1, status: 500, problem: 'It answered 500.' },
    ])
    for (const _ of [1, 2]) await tryAgain()
    expect(await deliveries(hook.id)).toMatchObject([{ state: 'delivered', attempts: 3, status: 200, problem: null }])
    expect(new Set(heard.map(({ text }) => text)).size, 'the same bytes each time').toBe(1)
    answers = Array.from({ length: 30 }, () => 503)
    await post('never')
    await town.settled()
    for (let n = 0; n < 17; n += 1) await tryAgain()
    expect((await deliveries(hook.id))[0]).toMatchObject({ state: 'failed', attempts: 16, status: 503 })
    answers = []
  })

  test('that answers that it is gone is switched off, and can be switched on again', async () => {
    const hook = await create()
    answers = [410]
    await post('anybody?')
    await town.settled()
    expect((await call('GET', PATH)).body).toMatchObject([{ enabled: false, problem: expect.stringContaining('410') }])
    await post('nobody')
    await town.settled()
    expect(heard).toHaveLength(1)
    expect((await call('POST', `${PATH}/${hook.id}/enable`)).body).toMatchObject({ enabled: true, problem: null })
  })

  test('of which the post is deleted before it is told is told nothing', async () => {
    const hook = await create()
    answers = [500]
    const { id } = await post('oops')
    await town.settled()
    await call('DELETE', `/api/v1/statuses/${id}`, undefined, bram)
    await tryAgain()
    expect(await deliveries(hook.id)).toMatchObject([{ state: 'dropped' }])
    expect(heard).toHaveLength(1)
  })

  test('gets the shape that its team wants', async () => {
    await create({ template: '{"text": "{{object.account.username}}: {{ object.content }}", "n": {{object.none}}}' })
    await post('a "quoted" word')
    await town.settled()
    expect(heard[0]?.body).toEqual({ text: 'bram: <p>a &quot;quoted&quot; word</p>', n: null })
  })

  test('can be tried at any time, and the outcome is said', async () => {
    const hook = await create()
    await call('POST', `${PATH}/${hook.id}/disable`)
    answers = [204, 418]
    expect((await call('POST', `${PATH}/${hook.id}/test`)).body).toEqual({
      delivered: true,
      status: 204,
      problem: null,
    })
    expect((await call('POST', `${PATH}/${hook.id}/test`)).body).toMatchObject({ delivered: false, status: 418 })
    expect(heard[0]?.body).toMatchObject({ event: 'test', object: {} })
    expect(await deliveries(hook.id)).toMatchObject([
      { event: 'test', state: 'failed' },
      { event: 'test', state: 'delivered' },
    ])
  })
})

describe('setting one up', () => {
  test.each([
    [{ url: 'not an address' }, /Url must be/],
    [{ url: 'https://192.168.1.1/hook' }, /Url must be/],
    [{ url: 'https://user@169.254.169.254/' }, /Url must be/],
    [{ events: [] }, /Events must be chosen/],
    [{ events: ['status.deleted'] }, /Validation failed/],
    [{ template: '{"text": {{object.id}' }, /does not give JSON/],
  ])('%o is refused', async (more, words) => {
    const answer = await call('POST', PATH, { url, events: ['status.created'], ...more })
    expect(answer).toMatchObject({ status: 422, body: { error: expect.stringMatching(words) } })
    expect((await call('GET', PATH)).body).toEqual([])
  })

  test('needs the right to see what it is told; so do its secret, its address and a test', async () => {
    const { id } = await create({ events: ['account.created'] })
    const bits = (1 << 15).toString()
    await sql`insert into roles (id, name, position, permissions, created_at)
      values (8888, 'Hooks', 10, ${bits}, now()) on conflict (id) do nothing`.execute(town.ctx.db)
    await town.ctx.db.updateTable('users').set({ role_id: '8888' }).where('id', '=', ines.userId).execute()
    const tries = [
      call('POST', PATH, { url: `${url}/2`, events: ['account.created'] }, ines),
      call('PUT', `${PATH}/${id}`, { url: `${url}/2`, events: ['account.created'] }, ines),
      call('POST', `${PATH}/${id}/test`, {}, ines),
      call('POST', `${PATH}/${id}/enable`, {}, ines),
    ]
    for (const { status } of await Promise.all(tries)) expect(status).toBe(403)
    expect((await call('POST', `${PATH}/${id}/disable`, {}, ines)).status).toBe(200)
    await setRole(ines, 'moderator')
    expect((await call('GET', PATH, undefined, ines)).status).toBe(403)
  })

  test('a secret is made anew once for two presses, kept sealed, and all is written down', async () => {
    const { id, secret, rotated_at } = await create()
    const [a, b] = [
      await call('POST', `${PATH}/${id}/rotate`, { rotated_at }),
      await call('POST', `${PATH}/${id}/rotate`, { rotated_at: '2026-01-01T00:00:00.000Z' }),
    ]
    town.clock.advance(1000)
    const c = await call('POST', `${PATH}/${id}/rotate`, { rotated_at: a.body.rotated_at ?? rotated_at })
    expect([b.status, c.status]).toEqual([409, 200])
    expect(c.body.secret).not.toBe(secret)
    expect((await call('POST', `${PATH}/${id}/rotate`, { rotated_at })).status).toBe(409)
    const row = await town.ctx.db.selectFrom('webhooks').select('secret').executeTakeFirstOrThrow()
    expect(row.secret).not.toContain(c.body.secret)
    await call('PUT', `${PATH}/${id}`, { url, events: ['status.created'] })
    expect((await call('POST', PATH, { url, events: ['status.created'] })).status).toBe(422)
    for (const status of [200, 404]) expect((await call('DELETE', `${PATH}/${id}`)).status).toBe(status)
    const log = await town.ctx.db.selectFrom('audit_log').select('action').orderBy('id').execute()
    expect(new Set(log.map(({ action }) => action))).toEqual(
      new Set(['webhook.create', 'webhook.rotate', 'webhook.delete']),
    )
  })

  test('lists cost the same for one as for many, and old deliveries go', async () => {
    const { id } = await create()
    const cost = () => town.countStatements(() => call('GET', PATH))
    await cost()
    const one = await cost()
    await create({ url: `${url}/2` })
    await create({ url: `${url}/3` })
    expect(await cost()).toBe(one)
    await post('old')
    await town.settled()
    town.clock.advance(8 * 24 * 3_600_000)
    await pruneDeliveries(town.ctx)
    expect(await deliveries(id)).toEqual([])
  })
})

test.each([
  ['{{a.b}}', { a: { b: 1 } }, '1'],
  ['"{{ a }}"', { a: 'x"\n' }, String.raw`"x\"\n"`],
  ['{{a.toString}}', { a: {} }, 'null'],
  ['{{a}} {{', { a: [1] }, '[1] {{'],
])('%s of %o is %s', (template, payload, text) => {
  expect(fillTemplate(template, payload)).toBe(text)
  expect(isJsonTemplate(`{"x": ${template.replace(' {{', '')}}`)).toBe(true)
})
