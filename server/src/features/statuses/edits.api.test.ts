import { afterAll, beforeAll, expect, test } from 'vitest'
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

const write = async (json: Record<string, unknown>) =>
  (await town.call('POST', '/api/v1/statuses', { token: ines.token, json })).body
const edit = (id: string, json: Record<string, unknown>, who = ines) =>
  town.call('PUT', `/api/v1/statuses/${id}`, { token: who.token, json })
const history = async (id: string) => (await town.call('GET', `/api/v1/statuses/${id}/history`)).body

test('an edit replaces what the post says, and every version can be read', async () => {
  const post = await write({ status: 'Eleven anemones #pools @bram', spoiler_text: 'sea', language: 'pt' })
  expect(await history(post.id)).toMatchObject([{ spoiler_text: 'sea' }])
  const edited = await edit(post.id, { status: 'Twelve anemones #tides' })
  expect(edited.body).toMatchObject({ spoiler_text: '', language: 'pt', mentions: [], tags: [{ name: 'tides' }] })
  expect(edited.body.edited_at).not.toBeNull()
  expect(edited.body.content).toContain('Twelve')
  const versions = await history(post.id)
  expect(versions.map((one: { content: string }) => /Eleven|Twelve/.exec(one.content)?.[0])).toEqual([
    'Eleven',
    'Twelve',
  ])
  const source = await town.call('GET', `/api/v1/statuses/${post.id}/source`, { token: ines.token })
  expect(source.body).toEqual({ id: post.id, text: 'Twelve anemones #tides', spoiler_text: '' })
  expect((await town.call('GET', '/api/v1/timelines/tag/pools')).body).toEqual([])
})

test('an edit that changes nothing is none', async () => {
  const post = await write({ status: 'same' })
  expect((await edit(post.id, { status: 'same' })).body.edited_at).toBeNull()
  expect(await history(post.id)).toHaveLength(1)
})

test('pictures are kept, taken away, added and described anew', async () => {
  const [first, second] = [await upload(town, ines.token), await upload(town, ines.token)]
  const post = await write({ status: 'pictures', media_ids: [first.body.id] })
  const both = await edit(post.id, {
    status: 'pictures',
    media_ids: [second.body.id, first.body.id],
    media_attributes: [{ id: first.body.id, description: 'A pool' }],
  })
  expect(both.body.media_attachments).toMatchObject([
    { id: second.body.id },
    { id: first.body.id, description: 'A pool' },
  ])
  expect((await edit(post.id, { status: 'pictures' })).body.media_attachments).toEqual([])
  expect((await edit(post.id, { status: 'x', media_ids: ['1'] })).status).toBe(422)
  expect((await edit(post.id, { status: '' })).status).toBe(422)
  expect((await town.call('GET', `/api/v1/statuses/${post.id}`)).body.content).toContain('pictures')
})

test("nobody edits somebody else's post, a boost, or what they cannot see", async () => {
  const post = await write({ status: 'mine' })
  const secret = await write({ status: 'secret', visibility: 'private' })
  const boost = (await town.call('POST', `/api/v1/statuses/${post.id}/reblog`, { token: bram.token })).body
  for (const [id, who] of [
    [post.id, bram],
    [secret.id, bram],
    [boost.id, bram],
    ['99', ines],
    ['x', ines],
  ] as const)
    expect((await edit(id, { status: 'changed' }, who)).status).toBe(404)
  expect((await town.call('GET', `/api/v1/statuses/${secret.id}/history`, { token: bram.token })).status).toBe(404)
  expect((await town.call('GET', `/api/v1/statuses/${secret.id}/source`, { token: bram.token })).status).toBe(404)
  expect((await edit(post.id, { status: 'x'.repeat(501) })).status).toBe(422)
  expect((await town.call('GET', `/api/v1/statuses/${post.id}`)).body.content).toContain('mine')
})

test('whoever could read a closed post keeps it when their name is edited out', async () => {
  const post = await write({ status: '@bram psst', visibility: 'direct' })
  await edit(post.id, { status: 'psst' })
  expect((await town.call('GET', `/api/v1/statuses/${post.id}`, { token: bram.token })).status).toBe(200)
})

test('ten edits at once keep eleven versions at most and lose no post', async () => {
  const post = await write({ status: 'zero' })
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) => edit(post.id, { status: `version ${index}` })),
  )
  expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200))
  expect(await history(post.id)).toHaveLength(11)
})
