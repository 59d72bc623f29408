import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let ines: Person
beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines')
  const first = await say('pinned words')
  await say('an answer', first.id)
  const other = await town.person('oda')
  const root = (await town.call('POST', '/api/v1/statuses', { token: other.token, json: { status: 'elsewhere' } })).body
  await say('@oda answered elsewhere', root.id)
  for (let n = 0; n < 20; n += 1) await say(`post ${n}.`)
  await town.call('POST', `/api/v1/statuses/${first.id}/pin`, { token: ines.token })
})
afterAll(() => town[Symbol.asyncDispose]())

const say = async (status: string, in_reply_to_id?: string) =>
  (await town.call('POST', '/api/v1/statuses', { token: ines.token, json: { status, in_reply_to_id } })).body as {
    id: string
  }
const read = async (path: string) => (await town.call('GET', path, { headers: { accept: 'text/html' } })).text
const count = (page: string, words: string) => page.split(words).length - 1

test('what is pinned stands first on the first page of posts, and once', async () => {
  const page = await read('/@ines')
  expect(count(page, 'pinned words')).toBe(1)
  expect(page.indexOf('pinned words')).toBeLessThan(page.indexOf('post 19.'))
  expect(page).not.toContain('answered elsewhere')
  const older = /href="(\/@ines\?max_id=\d+)"/.exec(page)?.[1] ?? ''
  const rest = await read(older)
  expect(count(rest, 'pinned words')).toBe(1)
  expect(rest).not.toContain('post 19.')
})

test('answers and media have an address of their own, which leads on within itself', async () => {
  const replies = await read('/@ines?show=replies')
  expect(replies).toMatch(/href="\/@ines\?show=replies(?:&amp;|&)max_id=\d+"/)
  const older = /href="(\/@ines\?show=replies[^"]*max_id=\d+)"/.exec(replies)?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect(await read(older)).toContain('answered elsewhere')
  expect(await read('/@ines?show=media')).toContain('No posts yet')
  expect(await read('/@ines?show=nonsense')).toContain('post 19.')
})

test('the page about the server lets different people speak, once each', async () => {
  const page = await read('/about')
  expect(count(page, 'class="voice')).toBe(2)
  expect(page).toContain('elsewhere')
})
