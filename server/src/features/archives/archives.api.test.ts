import { afterAll, beforeAll, expect, test } from 'vitest'
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
})
afterAll(() => town[Symbol.asyncDispose]())

const read = (name: string, who: Person) => town.call('GET', `/api/hamlet/v1/exports/${name}.csv`, { token: who.token })

test.each([
  ['follows', 'Account address,Show boosts,Notify on new posts,Languages\nbram@town.test,true,true,"en, de"\n'],
  ['lists', '"Rowers, ""the"" old",bram@town.test\n'],
  ['mutes', 'Account address,Hide notifications\nnoa@town.test,false\n'],
  ['blocks', 'noa@town.test\n'],
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
  for (const name of ['lists', 'blocks', 'bookmarks']) expect((await read(name, bram)).text).toBe('')
  const cost = await town.countStatements(() => read('follows', ines))
  // Who asks, and the list.
  expect(cost).toBe(2)
})
