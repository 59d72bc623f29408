import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let ines: Person
let reader: Person
beforeAll(async () => {
  town = await startTown()
  ;[ines, reader] = [await town.person('ines'), await town.person('reader')]
  for (const language of ['pt', 'de', 'en-GB']) await say(ines, language)
  const silent = await say(ines, 'en')
  await town.ctx.db.updateTable('statuses').set({ language: null }).where('id', '=', silent.id).execute()
})
afterAll(() => town[Symbol.asyncDispose]())

const say = async (who: Person, language: string) =>
  (await town.call('POST', '/api/v1/statuses', { token: who.token, json: { status: `#sea in ${language}`, language } }))
    .body as { id: string }
const choose = (chosenLanguages: unknown, who = reader) =>
  town.call('PATCH', '/api/hamlet/v1/settings', { token: who.token, json: { chosenLanguages } })
const read = async (path: string, who?: Person) =>
  (await town.call('GET', `/api/v1/timelines/${path}`, who ? { token: who.token } : {})).body.map(
    (one: { language: string | null }) => one.language,
  )

test('public timelines show what was chosen, what says no language, and one’s own', async () => {
  expect(await read('public', reader)).toEqual([null, 'en', 'de', 'pt'])
  expect((await choose(['pt', 'en'])).status).toBe(200)
  expect(await read('public', reader)).toEqual([null, 'en', 'pt'])
  await say(reader, 'fi')
  expect(await read('public?local=true', reader)).toEqual(['fi', null, 'en', 'pt'])
  await choose([])
  expect(await read('public', reader)).toEqual(['fi', null, 'en', 'de', 'pt'])
})

test('nobody else is shown less, and home, hashtags and profiles stay whole', async () => {
  await choose(['pt'])
  await town.call('POST', `/api/v1/accounts/${ines.accountId}/follow`, { token: reader.token })
  expect(await read('public')).toHaveLength(5)
  expect(await read('public', ines)).toHaveLength(5)
  for (const path of ['home', 'tag/sea']) expect(await read(path, reader), path).toContain('de')
})

test('what is no list of languages is refused, and nothing changes', async () => {
  for (const wrong of [['portuguese!'], [5], Array.from({ length: 61 }, (_, n) => `a${n}`), ["x'); --"]])
    expect((await choose(wrong)).status, JSON.stringify(wrong)).toBe(422)
  expect(await read('public', reader)).not.toContain('de')
})

test('the choice costs no statement of its own', async () => {
  await choose([])
  const before = await town.countStatements(() => read('public', reader))
  await choose(['pt', 'fi'])
  expect(await town.countStatements(() => read('public', reader))).toBeLessThanOrEqual(before)
})
