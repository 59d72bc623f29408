import { afterAll, beforeAll, expect, test } from 'vitest'
import { makePicture } from '#test/pictures'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let ines: Person
let bram: Person
beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines')
  bram = await town.person('bram')
  const noa = await town.person('noa')
  const act = (path: string, json: Record<string, unknown> = {}, who = ines) =>
    town.call('POST', `/api/v1/${path}`, { token: who.token, json })
  await act(`accounts/${bram.accountId}/follow`, { notify: true, languages: ['en', 'de'] })
  const list = (await act('lists', { title: 'Rowers, "the" old' })).body
  await act(`lists/${list.id}/accounts`, { account_ids: [bram.accountId] })
  await act(`accounts/${noa.accountId}/mute`, { notifications: false })
  await act(`accounts/${noa.accountId}/block`)
  const post = (await act('statuses', { status: 'keep me' }, bram)).body
  await act(`statuses/${post.id}/bookmark`)
  for (const domain of ['Spam.example', 'müll.example']) await act('domain_blocks', { domain })
})
afterAll(() => town[Symbol.asyncDispose]())

const read = (name: string, who: Person) => town.call('GET', `/api/hamlet/v1/exports/${name}.csv`, { token: who.token })

test.each([
  ['follows', 'Account address,Show boosts,Notify on new posts,Languages\nbram@town.test,true,true,"en, de"\n'],
  ['lists', '"Rowers, ""the"" old",bram@town.test\n'],
  ['mutes', 'Account address,Hide notifications\nnoa@town.test,false\n'],
  ['blocks', 'noa@town.test\n'],
  ['domain_blocks', 'spam.example\nxn--mll-hoa.example\n'],
])('%s are a file that Mastodon imports', async (name, text) => {
  const answer = await read(name, ines)
  expect(answer.text).toBe(text)
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${name}.csv"`)
})

test('bookmarks are addresses of posts', async () => {
  expect((await read('bookmarks', ines)).text).toMatch(/^https:\/\/town\.test\/\S+\n$/)
})

test('nothing of somebody else is in the files, and each costs one statement', async () => {
  for (const name of ['lists', 'blocks', 'domain_blocks', 'bookmarks']) expect((await read(name, bram)).text).toBe('')
  const cost = await town.countStatements(() => read('follows', ines))
  // Who asks, and the list.
  expect(cost).toBe(2)
})

test('what a file says, the same person can say again: its columns are those that the API takes', async () => {
  const mara = await town.person('mara')
  const [head = '', first = ''] = (await read('follows', ines)).text.split('\n')
  expect(head.split(',')).toHaveLength(4)
  const [, address = '', reblogs = '', notify = '', languages = ''] =
    /^([^,]+),(true|false),(true|false),"?([^"]*)"?$/.exec(first) ?? []
  const found = (await town.call('GET', `/api/v1/accounts/lookup?acct=${address}`)).body
  await town.call('POST', `/api/v1/accounts/${found.id}/follow`, {
    token: mara.token,
    json: { reblogs: reblogs === 'true', notify: notify === 'true', languages: languages.split(', ') },
  })
  for (const domain of (await read('domain_blocks', ines)).text.split('\n').filter(Boolean))
    await town.call('POST', '/api/v1/domain_blocks', { token: mara.token, json: { domain } })
  for (const name of ['follows', 'domain_blocks']) {
    expect((await read(name, mara)).text).toBe((await read(name, ines)).text)
  }
})

const outbox = (who: Person) => town.call('GET', '/api/hamlet/v1/exports/outbox.json', { token: who.token })

test('all that one wrote is one collection, whomever it was for, oldest first, with links to pictures', async () => {
  const writer = await town.person('writer')
  const act = async (path: string, json: Record<string, unknown> = {}, who = writer) =>
    (await town.call('POST', `/api/v1/${path}`, { token: who.token, json })).body
  const media = await town.call('POST', '/api/v2/media', {
    token: writer.token,
    parts: { file: await makePicture(), description: 'Boats' },
  })
  await act('statuses', { status: 'with a picture', media_ids: [media.body.id] })
  await act('statuses', { status: 'for followers', visibility: 'private', spoiler_text: 'shy' })
  await act('statuses', { status: '@bram for you', visibility: 'direct' })
  const theirs = await act('statuses', { status: 'of bram' }, bram)
  await act(`statuses/${theirs.id}/reblog`)
  for (let n = 0; n < 45; n += 1) await act('statuses', { status: `post ${n}` })
  const gone = await act('statuses', { status: 'gone' })
  await town.call('DELETE', `/api/v1/statuses/${gone.id}`, { token: writer.token })
  await act('statuses', { status: 'later', scheduled_at: new Date(town.clock.now().getTime() + 3_600_000) })
  const answer = await outbox(writer)
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="outbox.json"')
  expect(answer.headers.get('content-type')).toContain('application/activity+json')
  const { type, totalItems, orderedItems } = JSON.parse(answer.text)
  expect([type, totalItems, orderedItems.length]).toEqual(['OrderedCollection', 49, 49])
  const [picture, shy, letter, boost, ...posts] = orderedItems
  expect(picture.object.attachment[0]).toMatchObject({
    type: 'Document',
    name: 'Boats',
    url: expect.stringMatching(/^https:\/\/town\.test\/media\//),
  })
  expect(shy.object).toMatchObject({ summary: 'shy', content: '<p>for followers</p>' })
  expect(letter).toMatchObject({
    type: 'Create',
    cc: [],
    object: { tag: [{ type: 'Mention', name: '@bram@town.test' }] },
  })
  expect(boost).toMatchObject({ type: 'Announce', object: theirs.uri })
  expect(posts.map((one: { object: { content: string } }) => one.object.content)).toEqual(
    Array.from({ length: 45 }, (_, n) => `<p>post ${n}</p>`),
  )
})

test('the collection is one’s own alone, and needs leave to read posts', async () => {
  const silent = await town.person('silent')
  expect(JSON.parse((await outbox(silent)).text)).toMatchObject({ orderedItems: [], totalItems: 0 })
  expect((await town.call('GET', '/api/hamlet/v1/exports/outbox.json')).status).toBe(401)
  const narrow = await town.person('narrow', 'read:follows')
  expect((await outbox(narrow)).status).toBe(403)
})

test('nothing failed on the way', () => {
  expect(town.log.filter((line) => line.includes('"error"'))).toEqual([])
})
