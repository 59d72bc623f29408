import { afterAll, beforeAll, expect, test } from 'vitest'
import { createStatus } from '#features/statuses'
import { transact } from '#platform/context'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let reader: Person
let author: Person
beforeAll(async () => {
  town = await startTown()
  reader = await town.person('reader')
  author = await town.person('author')
  await call('POST', `/api/v1/accounts/${author.accountId}/follow`, {})
})
afterAll(() => town[Symbol.asyncDispose]())

const call = (method: string, path: string, json?: unknown, who = reader) =>
  town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
const tryOut = (json: Record<string, unknown>) => call('POST', '/api/hamlet/v1/filters/test', json)

/** Some of these hold the word, some only as a part of another; four hundred of them are looked at. */
const WRITTEN = 430
const textOf = (index: number) =>
  [`the Cat ${index}`, `a category ${index}`, `nothing ${index}`, `concat ${index}, cat!`, `dog ${index}`][index % 5] ??
  ''

test('counts are those of a look at each post by itself', async () => {
  const texts = Array.from({ length: WRITTEN }, (_, index) => textOf(index))
  await transact(town.ctx, async (tx) => {
    for (const text of texts) await createStatus(tx, author.accountId, { text })
  })
  await town.settled()
  const examined = texts.slice(-400)
  const whole = examined.filter((text) => /\bcat\b/i.test(text)).length
  const part = examined.filter((text) => /cat/i.test(text)).length
  const first = (await tryOut({ keywords: [{ keyword: 'cat' }] })).body
  expect(first).toMatchObject({ examined: 400, touched: whole })
  expect(first.ids).toHaveLength(whole)
  expect(first.statuses).toHaveLength(20)
  expect(first.statuses.map((status: { id: string }) => status.id)).toEqual(first.ids.slice(0, 20))
  const next = (await tryOut({ keywords: [{ keyword: 'cat' }], max_id: first.ids[19], limit: 30 })).body
  expect(next.statuses.map((status: { id: string }) => status.id)).toEqual(first.ids.slice(20, 50))
  expect((await tryOut({ keywords: [{ keyword: 'cat', whole_word: false }] })).body.touched).toBe(part)
  const dogs = examined.filter((text) => /\bcat\b|dog/i.test(text)).length
  expect((await tryOut({ keywords: [{ keyword: 'cat' }, { keyword: 'dog' }] })).body.touched).toBe(dogs)
})

test('nothing is kept, what one wrote is not touched, and elsewhere is elsewhere', async () => {
  await call('POST', '/api/v1/statuses', { status: 'my own cat' })
  const { body } = await tryOut({ keywords: [{ keyword: 'my own cat' }] })
  expect(body).toEqual({ examined: 400, touched: 0, ids: [], statuses: [] })
  expect((await tryOut({ keywords: [{ keyword: 'cat' }], context: ['public'] })).body.touched).toBe(0)
  expect((await tryOut({ keywords: [{ keyword: 'cat' }], context: ['public', 'home'] })).body.touched).toBeGreaterThan(
    9,
  )
  expect((await tryOut({ keywords: [] })).body.touched).toBe(0)
  expect((await call('GET', '/api/v2/filters')).body).toEqual([])
})

test('says no in words', async () => {
  expect((await tryOut({ keywords: [{ keyword: ' ' }] })).body.error).toBe("Validation failed: Keyword can't be blank")
  expect((await tryOut({})).status).toBe(400)
  const narrow = await town.person('narrow', 'read:filters')
  expect((await call('POST', '/api/hamlet/v1/filters/test', { keywords: [] }, narrow)).status).toBe(403)
})

test('a whole home costs as many statements as an empty one', async () => {
  const lonely = await town.person('lonely')
  await call('POST', '/api/v1/statuses', { status: 'alone' }, lonely)
  const cost = (who: Person) =>
    town.countStatements(() => call('POST', '/api/hamlet/v1/filters/test', { keywords: [{ keyword: 'cat' }] }, who))
  await town.settled()
  await cost(reader)
  expect(await cost(reader)).toBe(await cost(lonely))
})
