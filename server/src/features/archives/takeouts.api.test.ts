import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openPromise } from 'yauzl'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rooms } from '#app/rooms'
import { openBrowser, type Browser } from '#test/browser'
import { mailsTo } from '#test/mail'
import { upload } from '#test/pictures'
import { startTown, type Person, type TestTown } from '#test/test-town'
import { prune } from './jobs.ts'

const PATH = '/api/hamlet/v1/takeouts'
const DAY_MS = 24 * 3_600_000
let town: TestTown
let ines: Person
let browser: Browser
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  ines = await town.person('ines')
  await town.person('bram')
  browser = openBrowser(town.address)
  await browser.post('/sign-in', { login: 'ines', password: 'correct horse' }, { origin: town.ctx.config.url })
})
afterAll(() => town[Symbol.asyncDispose]())

const folder = () => join(town.ctx.config.dataDir, 'archives')

async function entriesOf(bytes: ArrayBuffer): Promise<Map<string, Buffer>> {
  const path = join(town.ctx.config.dataDir, 'downloaded.zip')
  writeFileSync(path, Buffer.from(bytes))
  const zip = await openPromise(path, { lazyEntries: true })
  const found = new Map<string, Buffer>()
  for await (const entry of zip.eachEntry()) {
    const pieces: Buffer[] = []
    for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer)
    found.set(entry.fileName, Buffer.concat(pieces))
  }
  return found
}

test('everything of a person is one file, for them alone, and a letter says that it is there', async () => {
  const picture = await upload(town, ines.token, { description: 'boats' })
  const write = (json: object) => town.call('POST', '/api/v1/statuses', { token: ines.token, json })
  const post = (await write({ status: 'with boats', media_ids: [picture.body.id] })).body
  await write({ status: 'secret', visibility: 'private' })
  for (const verb of ['favourite', 'bookmark'])
    await town.call('POST', `/api/v1/statuses/${post.id}/${verb}`, { token: ines.token })
  const asked = await town.call('POST', PATH, { token: ines.token })
  expect(asked.body).toMatchObject([{ state: 'packing' }])
  const file = `${PATH}/${asked.body[0].id}/archive.zip`
  await town.settled()
  const [row] = (await browser.api('GET', PATH)).body
  expect(row).toMatchObject({ state: 'ready', bytes: expect.any(Number), done: row.total })
  expect(Date.parse(row.until) - Date.parse(row.created_at)).toBe(7 * DAY_MS)
  expect(JSON.stringify(mailsTo(town, 'ines@example.org'))).toContain('/settings/data#archive')
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const answer = await fetch(`${town.address}${file}`, { headers: { cookie, 'sec-fetch-site': 'same-origin' } })
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
  const entries = await entriesOf(await answer.arrayBuffer())
  const names = [...entries.keys()]
  for (const name of ['actor.json', 'likes.json', 'bookmarks.json', 'following_accounts.csv', 'custom_filters.json'])
    expect(names).toContain(name)
  const text = (name: string) => entries.get(name)?.toString() ?? ''
  expect(JSON.parse(text('outbox.json'))).toMatchObject({ totalItems: 2 })
  expect(JSON.parse(text('likes.json')).orderedItems).toEqual([post.uri])
  const media = names.filter((one) => one.startsWith('media/'))
  expect(media).toHaveLength(1)
  expect(entries.get(media[0] ?? '')?.length).toBeGreaterThan(100)
  const kept = rooms.filter(({ takeout }) => typeof takeout === 'function').map(({ name }) => `hamlet/${name}.json`)
  expect(names.filter((one) => one.startsWith('hamlet/'))).toEqual(kept)
  expect([...entries.values()].join('\n')).not.toMatch(/PRIVATE KEY|\$argon2/)
  const [name = ''] = readdirSync(folder())
  expect(statSync(join(folder(), name)).mode & 0o777).toBe(0o600)
  for (const [token, status] of [
    [ines.token, 403],
    [(await town.person('other')).token, 404],
  ] as const)
    expect((await town.call('GET', file, { token })).status).toBe(status)
  expect((await town.call('GET', file)).status).toBe(401)
  expect((await town.call('GET', `/media/${name}`)).status).toBe(404)
})

test('there is another after six days, and the file goes after seven with what nobody holds', async () => {
  const again = await town.call('POST', PATH, { token: ines.token })
  expect([again.status, typeof again.body.next_at]).toEqual([409, 'string'])
  writeFileSync(join(folder(), `${'a'.repeat(48)}.zip.part`), 'left behind')
  await prune.run(town.ctx, {})
  expect(readdirSync(folder())).toHaveLength(1)
  town.clock.advance(6 * DAY_MS)
  expect((await town.call('POST', PATH, { token: ines.token })).body).toHaveLength(2)
  await town.settled()
  town.clock.advance(2 * DAY_MS)
  await prune.run(town.ctx, {})
  expect((await town.call('GET', PATH, { token: ines.token })).body).toHaveLength(1)
  expect(readdirSync(folder())).toHaveLength(1)
})

test('nothing failed on the way', () => {
  expect(town.log.filter((line) => line.includes('"level":"error"') || line.includes('a job failed'))).toEqual([])
})
