import { afterAll, beforeAll, expect, test } from 'vitest'
import { pruneLooseMedia } from '#features/media'
import { dial } from '#test/listener'
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

const drafts = (method: string, path = '', json?: unknown, who = ines) =>
  town.call(method, `/api/hamlet/v1/drafts${path}`, { token: who.token, ...(json === undefined ? {} : { json }) })
const hasMedia = async (id: string) =>
  (await town.ctx.db.selectFrom('media').select('id').where('id', '=', id).execute()).length === 1
const sweep = async () => {
  town.clock.advance(25 * 3_600_000)
  await pruneLooseMedia(town.ctx)
}

const poll = { options: ['tea', 'coffee'], expires_in: 3600, multiple: false, hide_totals: true }

test('a draft keeps everything that was written, and is told to other devices', async () => {
  await using other = await dial(town.streaming, { token: ines.token, query: '?stream=user' })
  await using stranger = await dial(town.streaming, { token: bram.token, query: '?stream=user' })
  const picture = (await upload(town, ines.token, { description: 'a boat' })).body
  const whole = {
    visibility: 'private',
    quote_approval_policy: 'nobody',
    language: 'pt',
    in_reply_to_id: '5',
    quoted_status_id: '6',
    parts: [
      { text: 'one', spoiler_text: 'sea', sensitive: true, poll, media_ids: [picture.id] },
      { text: 'x'.repeat(5000) },
    ],
  }
  const made = await drafts('POST', '', whole)
  expect(made.status).toBe(200)
  const { parts: _, ...rest } = whole
  expect(made.body).toMatchObject({ ...rest, version: 1 })
  expect(made.body.parts).toEqual([
    { text: 'one', spoiler_text: 'sea', sensitive: true, poll, media_attachments: [picture] },
    { text: 'x'.repeat(5000), spoiler_text: '', sensitive: false, poll: null, media_attachments: [] },
  ])
  expect((await drafts('GET')).body).toEqual([made.body])
  expect((await drafts('GET', `/${made.body.id}`)).body).toEqual(made.body)
  expect(await other.hear('drafts_changed')).toBe(true)
  expect(stranger.heard).toEqual([])
  for (const method of ['GET', 'DELETE'])
    expect((await drafts(method, `/${made.body.id}`, undefined, bram)).status).toBe(404)
  expect((await drafts('PUT', `/${made.body.id}`, { ...whole, version: 1 }, bram)).status).toBe(404)
  expect((await drafts('GET', '', undefined, bram)).body).toEqual([])
})

test('of two changes to one version the second is shown the first, and nothing is overwritten', async () => {
  const { body: made } = await drafts('POST', '', { parts: [{ text: 'one' }] })
  const change = (text: string, version: number) => drafts('PUT', `/${made.id}`, { version, parts: [{ text }] })
  const phone = await change('from the phone', 1)
  expect(phone.body).toMatchObject({ version: 2, parts: [{ text: 'from the phone' }] })
  const desk = await change('from the desk', 1)
  expect(desk.status).toBe(409)
  expect(desk.body).toMatchObject({ error: expect.any(String), draft: phone.body })
  expect((await change('from the desk', 2)).body).toMatchObject({ version: 3, parts: [{ text: 'from the desk' }] })
  expect((await drafts('PUT', `/${made.id}`, { parts: [{ text: 'x' }] })).status).toBe(400)
})

test('uploads of a draft are not swept; afterwards they are, unless something else holds them', async () => {
  const [kept, shared, loose] = [
    (await upload(town, ines.token)).body.id,
    (await upload(town, ines.token)).body.id,
    (await upload(town, ines.token)).body.id,
  ]
  const parts = [{ text: 'x', media_ids: [kept, shared, '99', 'x'] }]
  const { body: one } = await drafts('POST', '', { parts })
  const { body: two } = await drafts('POST', '', { parts: [{ media_ids: [shared] }] })
  await sweep()
  expect([await hasMedia(kept), await hasMedia(shared), await hasMedia(loose)]).toEqual([true, true, false])
  await drafts('PUT', `/${one.id}`, { version: 1, parts: [{ text: 'x', media_ids: [shared] }] })
  await drafts('DELETE', `/${two.id}`)
  await sweep()
  expect([await hasMedia(kept), await hasMedia(shared)]).toEqual([false, true])
  const post = await town.call('POST', '/api/v1/statuses', {
    token: ines.token,
    json: { status: 'x', media_ids: [shared] },
  })
  expect(post.status).toBe(200)
  expect((await drafts('GET', `/${one.id}`)).body.parts[0].media_attachments).toEqual([])
  await drafts('DELETE', `/${one.id}`)
  await sweep()
  expect(await hasMedia(shared)).toBe(true)
})

test("nobody keeps somebody else's upload", async () => {
  const theirs = (await upload(town, bram.token)).body.id
  const { body } = await drafts('POST', '', { parts: [{ text: 'x', media_ids: [theirs] }] })
  expect(body.parts[0].media_attachments).toEqual([])
  await sweep()
  expect(await hasMedia(theirs)).toBe(false)
})

test('there is an end to their number and their length; one key makes one', async () => {
  const many = await town.person('many')
  const parts = [{ text: 'x' }]
  const same = { token: many.token, json: { parts }, headers: { 'idempotency-key': 'draft' } }
  const [one, other] = [
    await town.call('POST', '/api/hamlet/v1/drafts', same),
    await town.call('POST', '/api/hamlet/v1/drafts', same),
  ]
  expect(other.body).toEqual(one.body)
  await Promise.all(Array.from({ length: 98 }, () => drafts('POST', '', { parts }, many)))
  const last = await Promise.all([1, 2, 3].map(() => drafts('POST', '', { parts }, many)))
  expect(last.filter((answer) => answer.status === 200)).toHaveLength(1)
  expect((await drafts('GET', '', undefined, many)).body).toHaveLength(100)
  for (const odd of [[], Array.from({ length: 21 }, () => ({})), [{ text: 'x'.repeat(100_001) }]])
    expect((await drafts('POST', '', { parts: odd })).status).toBe(422)
  const long = [{ text: 'x'.repeat(60_000) }, { text: 'x'.repeat(60_000) }]
  expect((await drafts('POST', '', { parts: long })).status).toBe(422)
})

test('what is read of them is read in as many queries, however many there are', async () => {
  const reader = await town.person('reader')
  const count = () => town.countStatements(() => drafts('GET', '', undefined, reader))
  const picture = async () => (await upload(town, reader.token)).body.id
  await drafts('POST', '', { parts: [{ media_ids: [await picture()] }] }, reader)
  await count()
  const few = await count()
  for (let n = 0; n < 5; n += 1) await drafts('POST', '', { parts: [{ media_ids: [await picture()] }] }, reader)
  expect(await count()).toBe(few)
})
