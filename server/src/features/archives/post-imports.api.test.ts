import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeArchive, oldPost, OLD_ACTOR } from '#test/old-archive'
import { startTown, type Person, type TestTown } from '#test/test-town'
import { bringPosts } from './posts/bring-posts.ts'

const PATH = '/api/hamlet/v1/post_imports'
const DAY_MS = 24 * 3_600_000
let town: TestTown
let serial = 0
let mia: Person
beforeAll(async () => {
  town = await startTown()
})
afterAll(() => town[Symbol.asyncDispose]())
beforeEach(async () => {
  mia = await town.person(`mia${(serial += 1)}`)
})

const call = (method: string, path: string, json?: unknown, who = mia) =>
  town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
const look = (data: Buffer) => town.call('POST', PATH, { token: mia.token, parts: { data } })
const bring = async (data: Buffer) => {
  const { body } = await look(data)
  expect((await call('POST', `${PATH}/${body.id}/confirm`)).status).toBe(200)
  await town.settled()
  return body.id as string
}
const posts = async () => (await call('GET', `/api/v1/accounts/${mia.accountId}/statuses`)).body
const followers = { to: [`${OLD_ACTOR}/followers`], cc: [] }
const all = () => [
  oldPost(3, followers),
  oldPost(1, {
    summary: 'boats',
    content: '<p>look <script>alert(1)</script><a href="https://old.example/@bram">@bram</a> #tag</p>',
    attachment: [
      { type: 'Document', url: '/media_attachments/files/1/original/boats.jpg', name: 'Four boats' },
      { type: 'Document', url: '/media_attachments/files/9/original/gone.jpg', name: 'gone' },
    ],
  }),
  oldPost(2, { oneOf: [{ name: 'tea' }, { name: '<b>' }] }),
  oldPost(4, { to: ['https://old.example/users/bram'], cc: [] }),
  oldPost(5, { attributedTo: 'https://old.example/users/bram' }),
  { type: 'Announce', object: 'https://else.example/1' },
  { type: 'Create', object: 'https://old.example/only-an-address' },
]

test('one’s own posts come in their place in time, with pictures, marked, and nobody is told', async () => {
  const bram = await town.person(`bram${serial}`)
  await call('POST', `/api/v1/accounts/${mia.accountId}/follow`, {}, bram)
  const now = (await call('POST', '/api/v1/statuses', { status: 'now' })).body.id
  await town.settled()
  const { body } = await look(await makeArchive(all()))
  expect(body).toMatchObject({ state: 'draft', done: 0 })
  expect(body.preview).toMatchObject({
    actor: OLD_ACTOR,
    posts: 3,
    pictures: 1,
    known: 0,
    boosts: 1,
    private_mentions: 1,
    unreadable: 2,
  })
  expect(await posts()).toHaveLength(1)
  await bring(await makeArchive(all()))
  const shown = await posts()
  expect(shown.map((one: any) => [one.id === now, one.created_at.slice(0, 10), one.visibility])).toEqual([
    [true, expect.any(String), 'public'],
    [false, '2020-01-04', 'private'],
    [false, '2020-01-03', 'public'],
    [false, '2020-01-02', 'public'],
  ])
  const [, , poll, boats] = shown
  expect(boats).toMatchObject({
    spoiler_text: 'boats',
    sensitive: true,
    hamlet: { imported: { url: 'https://old.example/@me/1' } },
    media_attachments: [{ description: 'Four boats', type: 'image' }],
    mentions: [],
  })
  expect(boats.content).not.toContain('script')
  expect(poll.content).toContain('• &lt;b>')
  expect(poll.poll).toBeNull()
  const kinds = await town.ctx.db.selectFrom('outbound_activities').select('type').execute()
  expect(kinds).toEqual([])
  expect((await call('GET', '/api/v1/notifications', undefined, bram)).body).toEqual([])
  const home = (await call('GET', '/api/v1/timelines/home', undefined, bram)).body
  expect(home[0].id).toBe(now)
  expect((await call('GET', `/api/v1/accounts/${mia.accountId}`)).body.statuses_count).toBe(4)
})

test('none is brought twice, whatever interrupts it, and all go again when they are taken back', async () => {
  const archive = await makeArchive([oldPost(1), oldPost(2)])
  const id = await bring(archive)
  await town.ctx.db.updateTable('post_imports').set({ state: 'running' }).where('id', '=', id).execute()
  await bringPosts.run(town.ctx, { importId: id, accountId: mia.accountId }).catch(() => {})
  await town.ctx.db.updateTable('post_imports').set({ state: 'finished' }).where('id', '=', id).execute()
  const again = await look(archive)
  expect(again.body.preview.known).toBe(2)
  await bring(archive)
  expect(await posts()).toHaveLength(2)
  const other = await town.person(`other${serial}`)
  expect((await call('POST', `${PATH}/${id}/undo`, undefined, other)).status).toBe(404)
  expect((await call('POST', `${PATH}/${id}/undo`)).status).toBe(200)
  await town.settled()
  expect(await posts()).toEqual([])
  expect(await town.ctx.db.selectFrom('outbound_activities').select('id').execute()).toEqual([])
  const late = await bring(archive)
  town.clock.advance(31 * DAY_MS)
  expect((await call('POST', `${PATH}/${late}/undo`)).status).toBe(410)
  expect(await posts()).toHaveLength(2)
})

test.each([
  ['no archive', async () => Buffer.from('not a zip')],
  ['an empty one', async () => Buffer.alloc(22)],
  ['one without posts', () => makeArchive([])],
  ['one that does not say whose it is', () => makeArchive([oldPost(1)], { 'actor.json': '{}' })],
  ['one that cannot be read', () => makeArchive([oldPost(1)], { 'outbox.json': '{' })],
  ['one that would grow a thousandfold', () => makeArchive([oldPost(1)], { 'bomb.txt': Buffer.alloc(60_000_000) })],
  ['one of somebody else’s words', () => makeArchive([oldPost(1, { attributedTo: 'https://old.example/users/bram' })])],
])('refused: %s', async (_name, make) => {
  const answer = await look(await make())
  expect([answer.status, typeof answer.body.error], answer.text).toEqual([422, 'string'])
  expect((await call('GET', PATH)).body).toEqual([])
})

test('names that lead out of the archive are refused', async () => {
  const inside = await makeArchive([oldPost(1)], { 'aa/bb/evil.txt': 'x' })
  const evil = Buffer.from(inside.toString('latin1').replaceAll('aa/bb/evil.txt', '../../evil.txt'), 'latin1')
  expect((await look(evil)).status).toBe(422)
})

test('nothing failed on the way', () => {
  expect(town.log.filter((line) => line.includes('"level":"error"') || line.includes('a job failed'))).toEqual([])
})
