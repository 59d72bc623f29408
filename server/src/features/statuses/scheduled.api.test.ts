import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pruneLooseMedia } from '#features/media'
import { upload } from '#test/pictures'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let ines: Person
let bram: Person
beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines')
  bram = await town.person('bram')
})
afterAll(() => town[Symbol.asyncDispose]())

const HOUR = 3_600_000
const inMs = (ms: number) => new Date(town.clock.now().getTime() + ms).toISOString()
const post = (json: Record<string, unknown>, who = ines, headers: Record<string, string> = {}) =>
  town.call('POST', '/api/v1/statuses', { token: who.token, json, headers })
const scheduled = (method: string, path = '', json?: unknown, who = ines) =>
  town.call(method, `/api/v1/scheduled_statuses${path}`, { token: who.token, ...(json === undefined ? {} : { json }) })
const written = async (who = ines) =>
  (await town.call('GET', `/api/v1/accounts/${who.accountId}/statuses`)).body.map(
    (one: { content: string }) => one.content,
  )
/** Lets every hour come. */
const passTime = async () => {
  await sql`update jobs set run_at = now() where kind = 'statuses.publish-scheduled'`.execute(town.ctx.db)
  await town.settled()
}

test('a post waits for its hour with all that it was asked to be, and is published then', async () => {
  const picture = (await upload(town, ines.token, { description: 'a boat' })).body
  const parent = (await post({ status: 'a question' }, bram)).body
  const scheduled_at = inMs(HOUR)
  const asked = { status: 'an answer', spoiler_text: 'sea', visibility: 'unlisted', language: 'pt', scheduled_at }
  const made = await post({ ...asked, in_reply_to_id: parent.id, media_ids: [picture.id] })
  expect(made.status).toBe(200)
  expect(made.body).toMatchObject({
    scheduled_at,
    params: { text: 'an answer', spoiler_text: 'sea', visibility: 'unlisted', in_reply_to_id: parent.id, poll: null },
    media_attachments: [{ id: picture.id, description: 'a boat' }],
  })
  expect(await written()).toEqual([])
  expect((await scheduled('GET')).body).toEqual([made.body])
  expect((await scheduled('GET', `/${made.body.id}`)).body).toEqual(made.body)
  for (const method of ['GET', 'DELETE'])
    expect((await scheduled(method, `/${made.body.id}`, undefined, bram)).status).toBe(404)
  const moved = inMs(2 * HOUR)
  expect((await scheduled('PUT', `/${made.body.id}`, { scheduled_at: moved }, bram)).status).toBe(404)
  expect((await scheduled('PUT', `/${made.body.id}`, { scheduled_at: moved })).body.scheduled_at).toBe(moved)
  town.clock.advance(25 * HOUR)
  await pruneLooseMedia(town.ctx)
  await passTime()
  expect((await scheduled('GET')).body).toEqual([])
  expect(await written()).toEqual(['<p>an answer</p>'])
  const [shown] = (await town.call('GET', `/api/v1/accounts/${ines.accountId}/statuses`)).body
  expect(shown).toMatchObject({ visibility: 'unlisted', language: 'pt', media_attachments: [{ id: picture.id }] })
})

test('one that was moved is not published at its old hour, nor one that was let go', async () => {
  const soon = (await post({ status: 'moved', scheduled_at: inMs(HOUR) })).body
  const gone = (await post({ status: 'let go', scheduled_at: inMs(HOUR) })).body
  await sql`update jobs set payload = payload || '{"at": "2001-01-01T00:00:00.000Z"}' where payload->>'id' = ${soon.id}`.execute(
    town.ctx.db,
  )
  expect((await scheduled('DELETE', `/${gone.id}`)).body).toEqual({})
  await passTime()
  expect((await written()).join()).not.toMatch(/moved|let go/)
  expect((await scheduled('GET')).body).toMatchObject([{ id: soon.id }])
  await scheduled('PUT', `/${soon.id}`, { scheduled_at: inMs(2 * HOUR) })
  await passTime()
  expect((await written()).join()).toMatch(/moved/)
})

test('what cannot be published any more becomes a draft', async () => {
  const parent = (await post({ status: 'fleeting' }, bram)).body
  await post({ status: 'an answer to nothing', in_reply_to_id: parent.id, scheduled_at: inMs(HOUR) })
  await town.call('DELETE', `/api/v1/statuses/${parent.id}`, { token: bram.token })
  await passTime()
  expect((await written()).join()).not.toContain('to nothing')
  const drafts = await town.call('GET', '/api/hamlet/v1/drafts', { token: ines.token })
  expect(drafts.body).toMatchObject([{ in_reply_to_id: parent.id, parts: [{ text: 'an answer to nothing' }] }])
})

test('hours that are none are refused; one that has passed means now', async () => {
  expect((await post({ status: 'x', scheduled_at: inMs(60_000) })).status).toBe(422)
  expect((await post({ status: 'x', scheduled_at: 'tomorrow' })).status).toBe(422)
  expect((await post({ status: 'x', scheduled_at: '+099999-01-01T00:00:00Z' })).status).toBe(422)
  expect((await post({ status: 'at once', scheduled_at: '2001-01-01T00:00:00Z' })).body.content).toBe('<p>at once</p>')
  expect((await post({ status: '', scheduled_at: inMs(HOUR) })).status).toBe(422)
  expect((await post({ status: 'x', media_ids: ['99'], scheduled_at: inMs(HOUR) })).status).toBe(422)
  expect((await post({ status: 'x', in_reply_to_id: '99', scheduled_at: inMs(HOUR) })).status).toBe(404)
  const { body } = await post({ status: 'x', scheduled_at: inMs(HOUR) })
  expect((await scheduled('PUT', `/${body.id}`, {})).status).toBe(400)
  expect((await scheduled('PUT', `/${body.id}`, { scheduled_at: inMs(1000) })).status).toBe(422)
})

test('one key schedules once', async () => {
  const json = { status: 'once', scheduled_at: inMs(HOUR) }
  const headers = { 'idempotency-key': 'later' }
  const [one, other] = [await post(json, ines, headers), await post(json, ines, headers)]
  expect(other.body).toEqual(one.body)
})

test('pages follow one another, and a day takes twenty-five', async () => {
  const planner = await town.person('planner')
  const tomorrow = new Date(Date.parse(inMs(24 * HOUR)).valueOf())
  tomorrow.setUTCHours(12, 0, 0, 0)
  const scheduled_at = tomorrow.toISOString()
  const answers = await Promise.all(
    Array.from({ length: 27 }, (_, n) => post({ status: `post ${n}`, scheduled_at }, planner)),
  )
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(25)
  expect(answers.filter((answer) => answer.status === 422)).toHaveLength(2)
  const first = await scheduled('GET', '?limit=20', undefined, planner)
  expect(first.body).toHaveLength(20)
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
  const rest = await town.call('GET', new URL(next).pathname + new URL(next).search, { token: planner.token })
  expect(rest.body).toHaveLength(5)
  const ids = [...first.body, ...rest.body].map((one: { id: string }) => BigInt(one.id))
  expect(ids).toEqual(ids.toSorted((a, b) => (a < b ? 1 : -1)))
})
