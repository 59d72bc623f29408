import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openBrowser, type Browser } from '#test/browser'
import { upload } from '#test/pictures'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

/** The old town, the new one, and one that only looks on. */
let old: TestTown
let next: TestTown
let third: TestTown
let mia: Person
let miaNext: Person
let ines: Person
let bram: Person
let carla: Person
beforeAll(async () => {
  old = await startTown({ isReachable: true })
  next = await startTown({ isReachable: true })
  third = await startTown({ isReachable: true })
  mia = await old.person('mia')
  ines = await old.person('ines')
  bram = await next.person('bram')
  miaNext = await next.person('mia')
  carla = await third.person('carla')
})
afterAll(async () => {
  for (const town of [old, next, third]) await town[Symbol.asyncDispose]()
})

/** Until no town has anything left to do for another. */
async function settled(): Promise<void> {
  for (let round = 0; round < 5; round += 1) for (const town of [old, next, third]) await town.settled()
}
const acct = (town: TestTown, name: string) => `${name}@${town.ctx.config.domain}`
const act = async (town: TestTown, who: Person, path: string, json: Record<string, unknown> = {}) => {
  const answer = await town.call('POST', `/api/v1/${path}`, { token: who.token, json })
  expect(answer.status, path).toBe(200)
  return answer.body
}
const get = async (town: TestTown, who: Person, path: string) =>
  (await town.call('GET', path, { token: who.token })).body
const find = async (town: TestTown, who: Person, text: string) =>
  get(town, who, `/api/v2/search?resolve=true&q=${encodeURIComponent(text)}`)
const findPerson = async (town: TestTown, who: Person, text: string) =>
  (await find(town, who, text)).accounts[0].id as string

/** Mia signs in. */
async function signIn(town: TestTown): Promise<Browser> {
  const browser = openBrowser(town.address)
  await browser.post('/sign-in', { login: 'mia', password: 'correct horse' }, { origin: town.ctx.config.url })
  return browser
}

/** What somebody has, by addresses that hold everywhere. */
async function listAll(town: TestTown, who: Person) {
  const whole = (one: { acct: string }) => (one.acct.includes('@') ? one.acct : acct(town, one.acct))
  const people = async (path: string) => (await get(town, who, path)).map(whole).toSorted()
  const lists: { id: string; title: string }[] = await get(town, who, '/api/v1/lists')
  const members = []
  for (const { id, title } of lists) members.push([title, await people(`/api/v1/lists/${id}/accounts`)])
  const bookmarks: { uri: string }[] = await get(town, who, '/api/v1/bookmarks')
  const filters = await get(town, who, '/api/v2/filters')
  return {
    follows: await people(`/api/v1/accounts/${who.accountId}/following`),
    mutes: await people('/api/v1/mutes'),
    blocks: await people('/api/v1/blocks'),
    servers: (await get(town, who, '/api/v1/domain_blocks')).toSorted(),
    lists: members,
    bookmarks: bookmarks.map(({ uri }) => uri).toSorted(),
    filters: filters.map((one: { title: string; context: string[]; keywords: { keyword: string }[] }) => [
      one.title,
      one.context,
      one.keywords.map(({ keyword }) => keyword),
    ]),
  }
}

const KINDS = {
  'follows.csv': 'following',
  'lists.csv': 'lists',
  'mutes.csv': 'muting',
  'blocks.csv': 'blocking',
  'domain_blocks.csv': 'domain_blocking',
  'bookmarks.csv': 'bookmarks',
  'custom_filters.json': 'custom_filters',
}

test('what somebody exports here and imports there is all there', async () => {
  const [bramHere, carlaHere] = [
    await findPerson(old, mia, acct(next, 'bram')),
    await findPerson(old, mia, acct(third, 'carla')),
  ]
  for (const id of [ines.accountId, bramHere, carlaHere]) await act(old, mia, `accounts/${id}/follow`)
  const [muted, blocked] = [await old.person('muted'), await third.person('blocked')]
  await act(old, mia, `accounts/${muted.accountId}/mute`, { notifications: false })
  await act(old, mia, `accounts/${await findPerson(old, mia, acct(third, blocked.username))}/block`)
  await act(old, mia, 'domain_blocks', { domain: 'noisy.example' })
  await settled()
  const list = await act(old, mia, 'lists', { title: 'Rowers, all' })
  await act(old, mia, `lists/${list.id}/accounts`, { account_ids: [bramHere, carlaHere] })
  const said = await act(third, carla, 'statuses', { status: 'worth keeping' })
  const seen = (await find(old, mia, said.uri)).statuses[0]
  await act(old, mia, `statuses/${seen.id}/bookmark`)
  const json = { title: 'Noise', context: ['home'], keywords_attributes: [{ keyword: 'noise' }] }
  expect((await old.call('POST', '/api/v2/filters', { token: mia.token, json })).status).toBe(200)
  const picture = await upload(old, mia.token, { description: 'Four boats' })
  await act(old, mia, 'statuses', { status: 'boats', media_ids: [picture.body.id] })
  await act(old, mia, 'statuses', { status: 'and oars' })
  await settled()

  for (const [file, kind] of Object.entries(KINDS)) {
    const { text } = await old.call('GET', `/api/hamlet/v1/exports/${file}`, { token: mia.token })
    const parts = { kind, data: Buffer.from(text) }
    const made = await next.call('POST', '/api/hamlet/v1/imports', { token: miaNext.token, parts })
    expect(made.status, file).toBe(200)
    const path = `/api/hamlet/v1/imports/${made.body.id}`
    await next.call('POST', `${path}/confirm`, { token: miaNext.token, json: {} })
    await settled()
    expect(await get(next, miaNext, path), file).toMatchObject({ state: 'finished', failed: 0 })
  }
  await settled()
  const before = await listAll(old, mia)
  expect(before.follows).toHaveLength(3)
  expect(await listAll(next, miaNext)).toEqual(before)

  await old.call('POST', '/api/hamlet/v1/takeouts', { token: mia.token })
  await settled()
  const [takeout] = await get(old, mia, '/api/hamlet/v1/takeouts')
  const cookie = [...(await signIn(old)).cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { cookie, 'sec-fetch-site': 'same-origin' }
  const archive = await fetch(`${old.url}/api/hamlet/v1/takeouts/${takeout.id}/archive.zip`, { headers })
  expect(archive.status).toBe(200)
  const parts = { data: Buffer.from(await archive.arrayBuffer()) }
  const brought = await next.call('POST', '/api/hamlet/v1/post_imports', { token: miaNext.token, parts })
  expect(brought.body.preview).toMatchObject({ posts: 2, pictures: 1 })
  await next.call('POST', `/api/hamlet/v1/post_imports/${brought.body.id}/confirm`, { token: miaNext.token })
  await settled()
  const posts = await get(next, miaNext, `/api/v1/accounts/${miaNext.accountId}/statuses`)
  expect(posts).toMatchObject([
    { content: '<p>and oars</p>', media_attachments: [] },
    { content: '<p>boats</p>', media_attachments: [{ description: 'Four boats' }] },
  ])
  for (const { hamlet } of posts) expect(hamlet.imported.url).toContain(old.url)
})

test('a Move takes along followers from here, from there and from a third town, once', async () => {
  const followers = [
    [old, ines, mia.accountId],
    [next, bram, await findPerson(next, bram, acct(old, 'mia'))],
    [third, carla, await findPerson(third, carla, acct(old, 'mia'))],
  ] as const
  for (const [town, who, id] of followers) await act(town, who, `accounts/${id}/follow`)
  await settled()
  expect(await get(old, mia, `/api/v1/accounts/${mia.accountId}/followers`)).toHaveLength(3)
  const kept = await listAll(next, miaNext)

  const browser = await signIn(old)
  const wish = { acct: acct(next, 'mia'), current_password: 'correct horse' }
  expect((await browser.api('POST', '/api/hamlet/v1/moves', wish)).status, 'without an alias').toBe(422)
  const there = await signIn(next)
  const alias = await there.api('POST', '/api/hamlet/v1/moves/aliases', { acct: acct(old, 'mia') })
  expect(alias.body.aliases).toMatchObject([{ acct: acct(old, 'mia') }])
  const presses = await Promise.all([1, 2].map(() => browser.api('POST', '/api/hamlet/v1/moves', wish)))
  expect(presses.map(({ status }) => status).toSorted((a, b) => a - b)[0]).toBe(200)
  await settled()

  const arrived = await get(next, miaNext, `/api/v1/accounts/${miaNext.accountId}/followers`)
  expect(arrived.map((one: { acct: string }) => one.acct).toSorted()).toEqual(
    ['bram', acct(old, 'ines'), acct(third, 'carla')].toSorted(),
  )
  expect(await get(old, ines, `/api/v1/accounts/${mia.accountId}/followers`)).toEqual([])
  for (const [town, who, id] of followers)
    expect((await get(town, who, `/api/v1/accounts/${id}`)).moved, 'the old account says where').toMatchObject({
      url: `${next.url}/@mia`,
    })
  expect(await listAll(next, miaNext), 'what the new account has is left as it was').toEqual(kept)
  const sent = await old.ctx.db.selectFrom('outbound_activities').select('id').where('type', '=', 'Move').execute()
  expect(sent).toHaveLength(1)
  await browser.api('DELETE', '/api/hamlet/v1/moves/redirect')
  expect((await browser.api('POST', '/api/hamlet/v1/moves', wish)).status, 'not again for a month').toBe(409)
})
