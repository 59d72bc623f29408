import { afterAll, beforeAll, expect, test } from 'vitest'
import { upload } from '#test/pictures'
import { startTown, type Person, type TestTown } from '#test/test-town'
import { clearOld } from './clearing/clear-old.ts'

const PATH = '/api/hamlet/v1/clearing'
const DAY_MS = 24 * 3_600_000
let town: TestTown
let ines: Person
let bram: Person
beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines')
  bram = await town.person('bram')
})
afterAll(() => town[Symbol.asyncDispose]())

const call = (method: string, path: string, json?: unknown, who = ines) =>
  town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
const say = async (status: string, more: Record<string, unknown> = {}) =>
  (await call('POST', '/api/v1/statuses', { status, ...more })).body.id as string
const left = async () => {
  const found: string[] = []
  for (const [name, id] of Object.entries(posts))
    if ((await call('GET', `/api/v1/statuses/${id}`)).status === 200) found.push(name)
  return found
}
const posts: Record<string, string> = {}

test('is off at first, and says what it would do', async () => {
  expect((await call('GET', PATH)).body).toMatchObject({ enabled: false, min_age_days: 14, keep_pinned: true })
  posts.plain = await say('plain')
  posts.direct = await say('@bram psst', { visibility: 'direct' })
  posts.pinned = await say('pinned')
  await call('POST', `/api/v1/statuses/${posts.pinned}/pin`)
  posts.poll = await say('poll?', { poll: { options: ['a', 'b'], expires_in: 3600 } })
  const picture = await upload(town, ines.token)
  posts.media = await say('picture', { media_ids: [picture.body.id] })
  posts.kept = await say('kept')
  await call('POST', `/api/v1/statuses/${posts.kept}/bookmark`)
  posts.liked = await say('liked by me')
  await call('POST', `/api/v1/statuses/${posts.liked}/favourite`)
  posts.loved = await say('liked by others')
  await call('POST', `/api/v1/statuses/${posts.loved}/favourite`, {}, bram)
  expect((await call('POST', `${PATH}/preview`, { min_age_days: 7 })).body.count).toBe(0)
  town.clock.advance(20 * DAY_MS)
  posts.fresh = await say('fresh')
  const count = async (json: object) => (await call('POST', `${PATH}/preview`, json)).body.count
  // The poll, the picture, what others liked, and the plain one.
  expect(await count({})).toBe(4)
  expect(await count({ min_age_days: 30 })).toBe(0)
  expect(await count({ min_favourites: 1 })).toBe(3)
  const nothing = { keep_direct: false, keep_pinned: false, keep_self_favourite: false, keep_self_bookmark: false }
  expect(await count(nothing)).toBe(8)
})

test.each([{ min_age_days: 6 }, { min_age_days: 732 }, { min_favourites: -1 }, { min_reblogs: 2_000_000 }])(
  '%j is refused',
  async (json) => {
    expect((await call('PUT', PATH, json)).status).toBe(422)
    expect((await call('GET', PATH)).body.enabled).toBe(false)
  },
)

test('deletes what is old, keeps what it was told to keep, and nobody else’s', async () => {
  const theirs = (await call('POST', '/api/v1/statuses', { status: 'theirs' }, bram)).body.id
  town.clock.advance(20 * DAY_MS)
  await clearOld.run(town.ctx, {})
  expect(await left()).toHaveLength(9)
  const wish = { enabled: true, keep_polls: true, min_favourites: 1, min_age_days: 30 }
  expect((await call('PUT', PATH, wish)).body).toMatchObject({ ...wish, keep_direct: true })
  await clearOld.run(town.ctx, {})
  await town.settled()
  expect((await left()).toSorted()).toEqual(['direct', 'fresh', 'kept', 'liked', 'loved', 'pinned', 'poll'])
  expect((await call('GET', `/api/v1/statuses/${theirs}`)).status).toBe(200)
  const gone = await town.ctx.db.selectFrom('status_tombstones').select('uri').execute()
  expect(gone).toHaveLength(2)
})

test('a few at a time, and no more than so many on a day', async () => {
  const many = await town.person('many')
  for (let n = 0; n < 45; n += 1) await call('POST', '/api/v1/statuses', { status: `post ${n}` }, many)
  await call('PUT', PATH, { enabled: true, min_age_days: 7 }, many)
  town.clock.advance(8 * DAY_MS)
  const count = async () => (await call('POST', `${PATH}/preview`, { min_age_days: 7 }, many)).body.count
  await clearOld.run(town.ctx, {})
  expect(await count()).toBe(25)
  await town.ctx.db
    .updateTable('status_clearings')
    .set({ cleared_count: 500 })
    .where('account_id', '=', many.accountId)
    .execute()
  await clearOld.run(town.ctx, {})
  expect(await count()).toBe(25)
  town.clock.advance(DAY_MS)
  await clearOld.run(town.ctx, {})
  expect(await count()).toBe(5)
})
