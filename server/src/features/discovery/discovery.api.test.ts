import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeSetting } from '#features/settings'
import { startTown, type Person, type TestTown } from '#test/test-town'
import { score } from './score.ts'

let town: TestTown
let ines: Person
let bram: Person
let oda: Person
beforeAll(async () => {
  town = await startTown()
  await writeSetting(town.ctx, 'trendable_by_default', 'on')
  ;[ines, bram, oda] = [await town.person('ines'), await town.person('bram'), await town.person('oda')]
  for (const who of [ines, bram, oda])
    await town.call('PATCH', '/api/v1/accounts/update_credentials', { token: who.token, json: { discoverable: true } })
})
afterAll(() => town[Symbol.asyncDispose]())

const get = (path: string, who?: Person) => town.call('GET', path, who ? { token: who.token } : {})
const post = (path: string, who: Person, json: Record<string, unknown> = {}) =>
  town.call('POST', path, { token: who.token, json })
const say = async (who: Person, status: string, more: Record<string, unknown> = {}) =>
  (await post('/api/v1/statuses', who, { status, ...more })).body
const count = () => score.run(town.ctx, {})
/** Two people like it: enough to be talked about. */
const like = async (id: string, by = [bram, oda]) => {
  for (const who of by) await post(`/api/v1/statuses/${id}/favourite`, who)
}
const trending = async (who?: Person) =>
  (await get('/api/v1/trends/statuses', who)).body.map(({ id }: { id: string }) => id)

describe('posts', () => {
  test('what several people like is shown, newer before older, and one person alone is no trend', async () => {
    const older = await say(ines, 'an older tide')
    const lonely = await say(ines, 'liked by one')
    await like(older.id)
    await like(lonely.id, [bram])
    town.clock.advance(13 * 3_600_000)
    const newer = await say(ines, 'a newer tide')
    await like(newer.id)
    await count()
    expect(await trending()).toEqual([newer.id, older.id])
    town.clock.advance(73 * 3_600_000)
    await count()
    expect(await trending()).toEqual([])
  })

  test('only open first posts of people who want to be found: every other kind stays out', async () => {
    const kinds: [string, Record<string, unknown>][] = [
      ['quiet', { visibility: 'unlisted' }],
      ['followers', { visibility: 'private' }],
      ['covered', { spoiler_text: 'careful' }],
      ['sensitive', { sensitive: true }],
    ]
    for (const who of [bram, oda]) await post(`/api/v1/accounts/${ines.accountId}/follow`, who)
    const open = await say(ines, 'open')
    kinds.push(['reply', { in_reply_to_id: open.id }])
    for (const [words, more] of kinds) await like((await say(ines, words, more)).id)
    await like(open.id)
    const shy = await town.person('shy')
    await like((await say(shy, 'not to be found')).id)
    await count()
    expect(await trending()).toEqual([open.id])
    await post(`/api/v1/accounts/${bram.accountId}/block`, ines)
    expect(await trending(bram)).toEqual([])
    await post(`/api/v1/accounts/${bram.accountId}/unblock`, ines)
    await post(`/api/v1/accounts/${ines.accountId}/mute`, bram)
    expect(await trending(bram)).toEqual([])
    await post(`/api/v1/accounts/${ines.accountId}/unmute`, bram)
    await post(`/api/v1/accounts/${bram.accountId}/follow`, ines)
  })

  test('pages are offsets, and the cost does not grow with them', async () => {
    for (const words of ['one', 'two', 'three']) await like((await say(oda, words)).id, [ines, bram])
    await count()
    const page = await get('/api/v1/trends/statuses?limit=2&offset=1')
    expect(page.body).toHaveLength(2)
    expect(page.headers.get('link')).toContain('offset=3')
    expect(page.headers.get('link')).toContain('offset=0')
    const few = await town.countStatements(() => get('/api/v1/trends/statuses?limit=1'))
    expect(await town.countStatements(() => get('/api/v1/trends/statuses'))).toBe(few)
  })
})

test('hashtags are talked about when several people write them openly', async () => {
  await say(ines, 'a #PoolList')
  await say(bram, 'another #poollist')
  await say(oda, 'only mine #mine')
  await say(oda, 'hidden #poollist', { visibility: 'private' })
  await count()
  const { body } = await get('/api/v1/trends/tags', ines)
  expect(body.map(({ name }: { name: string }) => name.toLowerCase())).toEqual(['poollist'])
  expect(body[0]).toMatchObject({ following: false, history: expect.any(Array) })
  expect((await get('/api/v1/trends')).body).toHaveLength(1)
})

test('links are talked about with their days, by pages that have a title', async () => {
  const [first, second] = [await say(ines, 'https://paper.example/a'), await say(bram, 'https://paper.example/a')]
  await town.settled()
  await sql`update link_cards set title = 'Light, rationed' where link = 'https://paper.example/a'`.execute(town.ctx.db)
  await count()
  const { body } = await get('/api/v1/trends/links')
  expect(body).toHaveLength(1)
  expect(body[0]).toMatchObject({ title: 'Light, rationed', url: 'https://paper.example/a' })
  expect(body[0].history).toHaveLength(7)
  expect(body[0].history[0]).toMatchObject({ uses: '2', accounts: '2' })
  for (const { id } of [first, second])
    await town.call('DELETE', `/api/v1/statuses/${id}`, { token: id === first.id ? ines.token : bram.token })
  expect((await get('/api/v1/trends/links')).body).toEqual([])
})

describe('suggestions', () => {
  test('friends of friends come first, with why; whoever is followed, blocked or sent away is not proposed', async () => {
    const [nora, otto, pia] = [await town.person('nora'), await town.person('otto'), await town.person('pia')]
    for (const who of [otto, pia])
      await town.call('PATCH', '/api/v1/accounts/update_credentials', {
        token: who.token,
        json: { discoverable: true },
      })
    await post(`/api/v1/accounts/${bram.accountId}/follow`, nora)
    await post(`/api/v1/accounts/${otto.accountId}/follow`, bram)
    const asked = (await get('/api/v2/suggestions', nora)).body
    expect(asked[0]).toMatchObject({ sources: ['friends_of_friends'], account: { username: 'otto' } })
    expect(asked.at(-1)).toMatchObject({ source: 'global', sources: ['most_followed'] })
    const names = async () =>
      (await get('/api/v2/suggestions', nora)).body.map(
        (one: { account: { username: string } }) => one.account.username,
      )
    expect(await names()).toEqual(expect.arrayContaining(['otto', 'pia', 'oda', 'ines']))
    expect(await names()).not.toContain('bram')
    expect(await names()).not.toContain('shy')
    const dismissal = `/api/v1/suggestions/${pia.accountId}`
    for (let press = 0; press < 2; press += 1)
      expect((await town.call('DELETE', dismissal, { token: nora.token })).status).toBe(200)
    expect((await town.call('DELETE', '/api/v1/suggestions/nobody', { token: nora.token })).status).toBe(404)
    await post(`/api/v1/accounts/${nora.accountId}/block`, otto)
    expect(await names()).not.toContain('pia')
    expect(await names()).not.toContain('otto')
    expect((await get('/api/v1/suggestions', nora)).body.map((one: { username: string }) => one.username)).toEqual(
      await names(),
    )
  })

  test('they are for people who are signed in, and cost the same for few and for many', async () => {
    expect((await get('/api/v2/suggestions')).status).toBe(401)
    const few = await town.countStatements(() => get('/api/v2/suggestions?limit=1', ines))
    expect(await town.countStatements(() => get('/api/v2/suggestions', ines))).toBe(few)
  })
})
