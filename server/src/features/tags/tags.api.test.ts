import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tags } from '#features/tags'
import { transact } from '#platform/context'
import { startTown, type Person, type TestTown } from '#test/test-town'
import { pruneDays } from './jobs.ts'

let town: TestTown
let ines: Person
let bram: Person
beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines')
  bram = await town.person('bram')
})
afterAll(() => town[Symbol.asyncDispose]())

const say = (who: Person, status: string, more: Record<string, unknown> = {}) =>
  town.call('POST', '/api/v1/statuses', { token: who.token, json: { status, ...more } })
const show = async (name: string, who?: Person) =>
  town.call('GET', `/api/v1/tags/${encodeURIComponent(name)}`, who ? { token: who.token } : {})
const press = (who: Person, name: string, verb: string) =>
  town.call('POST', `/api/v1/tags/${encodeURIComponent(name)}/${verb}`, { token: who.token })
const usesOf = async (name: string) =>
  ((await show(name)).body.history as { uses: string; accounts: string }[]).map(({ uses, accounts }) => [
    uses,
    accounts,
  ])
const none = ['0', '0']

describe('a hashtag', () => {
  test('is called as it was first written, and found however it is written', async () => {
    await say(ines, 'on the #BirdWatch')
    await say(bram, 'also #birdwatch')
    const { body } = await show('BIRDWATCH', bram)
    expect(body).toMatchObject({ name: 'BirdWatch', url: `${town.ctx.config.url}/tags/birdwatch`, following: false })
    expect(body.id).toMatch(/^\d+$/)
    expect((await show('birdwatch')).body).not.toHaveProperty('following')
  })

  test('that nobody used has no id, and what is none is not found', async () => {
    expect((await show('NeverUsed')).body).toMatchObject({ id: '', name: 'neverused' })
    for (const name of ['123', 'two words', '', 'x'.repeat(201), 'a#b'])
      expect((await show(name)).status, name).toBe(404)
    expect((await press(ines, '123', 'follow')).status).toBe(404)
  })

  test('counts public uses and their authors by day, and forgets days in two weeks', async () => {
    const day = 24 * 3_600_000
    expect(await usesOf('regatta')).toEqual(Array.from({ length: 7 }, () => none))
    await say(ines, '#regatta #regatta')
    await say(ines, '#Regatta again')
    await say(bram, '#regatta')
    await say(bram, 'a quiet #regatta', { visibility: 'unlisted' })
    expect(await usesOf('regatta')).toEqual([['3', '2'], ...Array.from({ length: 6 }, () => none)])
    town.clock.advance(day)
    expect((await usesOf('regatta')).slice(0, 2)).toEqual([none, ['3', '2']])
    town.clock.advance(6 * day)
    expect(await usesOf('regatta')).toEqual(Array.from({ length: 7 }, () => none))
    town.clock.advance(8 * day)
    await pruneDays.run(town.ctx, {})
    const left = await town.ctx.db.selectFrom('tag_days').select('name').where('name', '=', 'regatta').execute()
    expect(left).toEqual([])
  })

  test('of a closed post is not known to anybody', async () => {
    for (const visibility of ['private', 'direct']) await say(ines, '#UnderTheRose', { visibility })
    expect((await show('undertherose')).body).toMatchObject({ id: '', name: 'undertherose' })
    expect(await usesOf('undertherose')).toEqual(Array.from({ length: 7 }, () => none))
  })

  test('used by whoever is limited counts for nothing', async () => {
    const limited = await town.person('limited')
    const limited_at = town.clock.now().toISOString()
    await town.ctx.db.updateTable('accounts').set({ limited_at }).where('id', '=', limited.accountId).execute()
    await say(limited, '#shout')
    expect((await usesOf('shout'))[0]).toEqual(none)
  })
})

describe('following', () => {
  test('is pressed, shown and taken back, each as often as one likes', async () => {
    for (let times = 0; times < 2; times += 1)
      expect((await press(ines, 'Knitting', 'follow')).body).toMatchObject({ name: 'Knitting', following: true })
    expect((await show('knitting', ines)).body.following).toBe(true)
    expect((await show('knitting', bram)).body.following).toBe(false)
    for (let times = 0; times < 2; times += 1)
      expect((await press(ines, 'knitting', 'unfollow')).body).toMatchObject({ name: 'Knitting', following: false })
  })

  test('is listed latest first, in pages that meet, at one cost', async () => {
    const keen = await town.person('keen')
    for (const name of ['one', 'two', 'three', 'four', 'five']) await press(keen, name, 'follow')
    const page = (query: string) => town.call('GET', `/api/v1/followed_tags?${query}`, { token: keen.token })
    const first = await page('limit=2')
    const next = /max_id=(\d+)/.exec(first.headers.get('link') ?? '')?.[1]
    const rest = await page(`max_id=${next}`)
    expect([...first.body, ...rest.body].map((tag: { name: string }) => tag.name)).toEqual([
      'five',
      'four',
      'three',
      'two',
      'one',
    ])
    expect(first.body[0]).toMatchObject({ following: true, history: expect.any(Array) })
    const cost = (limit: number) => town.countStatements(() => page(`limit=${limit}`))
    expect(await cost(5)).toBe(await cost(1))
    const previous = /since_id=(\d+)/.exec(first.headers.get('link') ?? '')?.[1]
    expect((await page(`min_id=${next}`)).body).toHaveLength(1)
    expect((await page(`since_id=${previous}`)).body).toEqual([])
  })
})

test('what a person takes along names the hashtags; erasing takes follows and uses', async () => {
  const leaver = await town.person('leaver')
  await press(leaver, 'Leaving', 'follow')
  await say(leaver, '#leaving')
  const { takeout, erase } = tags
  if (typeof takeout !== 'function' || typeof erase !== 'function') throw new Error('the room keeps both hooks')
  expect(await takeout(town.ctx, leaver.accountId)).toEqual({ followed_tags: ['leaving'], featured_tags: [] })
  await transact(town.ctx, (tx) => erase(tx, leaver.accountId))
  expect((await show('leaving', leaver)).body).toMatchObject({ name: 'Leaving', following: false })
  expect((await usesOf('leaving'))[0]).toEqual(none)
})
