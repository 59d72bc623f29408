import { inject } from 'vitest'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openContext } from '#app/context'
import { isHiddenNotification } from '#features/notifications'
import { presentStatuses } from '#features/statuses'
import { dial, until, type Listener } from '#test/listener'
import { upload } from '#test/pictures'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let author: Person
beforeAll(async () => {
  town = await startTown()
  author = await town.person('author')
})
afterAll(() => town[Symbol.asyncDispose]())

const ask = async (who: Person, method: string, path: string, json?: unknown) =>
  (await town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })).body
const say = (who: Person, status: string, more: Record<string, unknown> = {}) =>
  ask(who, 'POST', '/api/v1/statuses', { status, ...more })
const show = (who: Person, id: string) => ask(who, 'GET', `/api/v1/statuses/${id}`)
const filter = (who: Person, keyword: string, more: Record<string, unknown> = {}) =>
  ask(who, 'POST', '/api/v2/filters', {
    title: `no ${keyword}`,
    context: ['home', 'public', 'thread', 'account', 'notifications'],
    keywords_attributes: [{ keyword }],
    ...more,
  })
const idsOf = (rows: { id: string }[]) => rows.map((row) => row.id)

/** Somebody who reads what the author writes. */
let readers = 0
async function makeReader(): Promise<Person> {
  const reader = await town.person(`reader_${(readers += 1)}`)
  await ask(reader, 'POST', `/api/v1/accounts/${author.accountId}/follow`, {})
  return reader
}

describe('what a post says of filters', () => {
  test('the filter without its insides, and what of the post it fits', async () => {
    const reader = await makeReader()
    const made = await filter(reader, 'drizzle', { expires_in: 3600 })
    const post = await say(author, 'A Drizzle again')
    await ask(reader, 'POST', `/api/v2/filters/${made.id}/statuses`, { status_id: post.id })
    const { keywords: _, statuses: __, ...bare } = made
    const wanted = [{ filter: bare, keyword_matches: ['Drizzle'], status_matches: [post.id] }]
    expect((await show(reader, post.id)).filtered).toEqual(wanted)
    expect((await show(author, post.id)).filtered).toEqual([])
    expect((await town.call('GET', `/api/v1/statuses/${post.id}`)).body).not.toHaveProperty('filtered')
    const other = await say(author, 'drizzle elsewhere')
    expect((await show(reader, other.id)).filtered).toEqual([
      { filter: bare, keyword_matches: ['drizzle'], status_matches: null },
    ])
  })

  test('warnings, words as they are read, and descriptions count; addresses and markup are text', async () => {
    const reader = await makeReader()
    for (const word of ['w-warning', 'w-media', 'example.org', 'href', 'ann&bob']) await filter(reader, word)
    const picture = await upload(town, author.token, { description: 'a w-media of boats' })
    const titles = async (status: string, more: Record<string, unknown> = {}) =>
      (await show(reader, (await say(author, status, more)).id)).filtered.map((one: any) => one.filter.title)
    expect(await titles('x', { spoiler_text: 'w-warning!' })).toEqual(['no w-warning'])
    expect(await titles('x', { media_ids: [picture.body.id] })).toEqual(['no w-media'])
    expect(await titles('see https://example.org/page')).toEqual(['no example.org'])
    expect(await titles('<b>ann&bob</b> said')).toEqual(['no ann&bob'])
  })

  test('a boost is filtered by what it boosts; what one wrote is not, whoever boosts it', async () => {
    const reader = await makeReader()
    await filter(reader, 'thunder')
    const stranger = await town.person('stranger')
    const theirs = await say(stranger, 'thunder')
    const mine = await say(reader, 'thunder')
    const [boost, ofMine] = [
      await ask(author, 'POST', `/api/v1/statuses/${theirs.id}/reblog`, {}),
      await ask(author, 'POST', `/api/v1/statuses/${mine.id}/reblog`, {}),
    ]
    const shown = await show(reader, boost.id)
    expect(shown.filtered).toMatchObject([{ keyword_matches: ['thunder'], status_matches: null }])
    expect(shown.reblog.filtered).toEqual(shown.filtered)
    expect((await show(reader, ofMine.id)).filtered).toEqual([])
    expect((await show(reader, mine.id)).filtered).toEqual([])
  })

  test('a filter that has ended counts for nothing until it is prolonged', async () => {
    const reader = await makeReader()
    const made = await filter(reader, 'frost', { expires_in: 60 })
    const post = await say(author, 'frost')
    expect((await show(reader, post.id)).filtered).toHaveLength(1)
    town.clock.advance(61_000)
    expect((await show(reader, post.id)).filtered).toEqual([])
    await ask(reader, 'PUT', `/api/v2/filters/${made.id}`, { expires_in: 60 })
    expect((await show(reader, post.id)).filtered).toHaveLength(1)
  })

  test('every change counts at once, in every process', async () => {
    const reader = await makeReader()
    const post = await say(author, 'fog and mist')
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(town.ctx.db)
    const databaseUrl = inject('adminUrl').replace('/postgres?', `/${rows[0]?.name}?`)
    const config = { ...town.ctx.config }
    const second = await openContext({ config, log: town.ctx.log, clock: town.clock, databaseUrl })
    const both = async () => {
      const here = await show(reader, post.id)
      const [there] = await presentStatuses(second.ctx, reader.accountId, [post.id])
      return [here, there].map((status) => status.filtered.flatMap((one: any) => one.keyword_matches))
    }
    expect(await both()).toEqual([[], []])
    const made = await filter(reader, 'fog')
    expect(await both()).toEqual([['fog'], ['fog']])
    await ask(reader, 'PUT', `/api/v2/filters/keywords/${made.keywords[0].id}`, { keyword: 'mist' })
    expect(await both()).toEqual([['mist'], ['mist']])
    await ask(reader, 'DELETE', `/api/v2/filters/${made.id}`)
    expect(await both()).toEqual([[], []])
    await second.close()
  })

  test('a page costs as many statements with filters as without, however long it is', async () => {
    const reader = await makeReader()
    for (let index = 0; index < 6; index += 1) await say(author, `storm ${index}`)
    const cost = (limit: number) =>
      town.countStatements(() => ask(reader, 'GET', `/api/v1/timelines/home?limit=${limit}&exclude=${limit}`))
    await cost(5)
    const without = await cost(5)
    await filter(reader, 'storm')
    expect([await cost(5), await cost(2), await cost(5)]).toEqual([without, without, without])
  })
})

const CONTEXTS = ['home', 'public', 'thread', 'account', 'notifications'] as const

describe('where a post is hidden', () => {
  /** A post with the word, where each context would show it. */
  async function places(word: string) {
    const reader = await makeReader()
    const root = await say(author, 'the root #hidden')
    const post = await say(author, `${word} #hidden @${reader.username}`, { in_reply_to_id: root.id })
    await town.settled()
    const get = (path: string) => ask(reader, 'GET', path)
    const seen = async () => ({
      home: idsOf(await get('/api/v1/timelines/home')).includes(post.id),
      public: idsOf(await get('/api/v1/timelines/public')).includes(post.id),
      thread: idsOf((await get(`/api/v1/statuses/${root.id}/context`)).descendants).includes(post.id),
      account: idsOf(await get(`/api/v1/accounts/${author.accountId}/statuses`)).includes(post.id),
      notifications: (await get('/api/v1/notifications')).some((one: any) => one.status?.id === post.id),
    })
    return { reader, root, post, get, seen }
  }
  const everywhere = Object.fromEntries(CONTEXTS.map((context) => [context, true]))

  test.each(CONTEXTS)('hidden in %s, and nowhere else', async (context) => {
    const { reader, post, seen, get } = await places(`sleet_${context}`)
    expect(await seen()).toEqual(everywhere)
    await filter(reader, `sleet_${context}`, { context: [context], filter_action: 'hide' })
    expect(await seen()).toEqual({ ...everywhere, [context]: false })
    const tagged = idsOf(await get('/api/v1/timelines/tag/hidden'))
    expect(tagged.includes(post.id)).toBe(context !== 'public')
    // Whoever opens it by its address sees it, with what filters it.
    expect((await show(reader, post.id)).filtered).toHaveLength(1)
    const grouped = await get('/api/v2/notifications')
    const isTold = grouped.notification_groups.some((group: any) => group.status_id === post.id)
    expect(isTold).toBe(context !== 'notifications')
    expect(idsOf(grouped.statuses).includes(post.id)).toBe(isTold)
  })

  test.each(['warn', 'blur'])('%s leaves it to the app', async (action) => {
    const { reader, seen } = await places(`slush_${action}`)
    await filter(reader, `slush_${action}`, { filter_action: action })
    expect(await seen()).toEqual(everywhere)
  })

  test('a page whose posts are hidden leads on to the next', async () => {
    const reader = await makeReader()
    await say(author, 'before')
    for (let index = 0; index < 3; index += 1) await say(author, `gale ${index}`)
    await filter(reader, 'gale', { filter_action: 'hide' })
    const page = await town.call('GET', '/api/v1/timelines/home?limit=3', { token: reader.token })
    expect(page.body).toEqual([])
    const next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1] ?? ''
    const { pathname, search } = new URL(next)
    expect((await ask(reader, 'GET', pathname + search))[0].content).toContain('before')
  })

  test('push is told what is hidden', async () => {
    const { reader, get } = await places('hailstones')
    const [before] = await get('/api/v1/notifications')
    expect(isHiddenNotification(before)).toBe(false)
    await filter(reader, 'hailstones', { context: ['notifications'], filter_action: 'hide' })
    expect(isHiddenNotification(await get(`/api/v1/notifications/${before.id}`))).toBe(true)
  })
})

describe('live', () => {
  const listeners: Listener[] = []
  afterAll(() => {
    for (const listener of listeners) listener.socket.terminate()
  })
  async function listen(who: Person): Promise<Listener> {
    const listener = await dial(town.url, { token: who.token })
    listeners.push(listener)
    for (const stream of ['user', 'public', 'nonsense']) listener.say({ type: 'subscribe', stream })
    await listener.complaint()
    return listener
  }
  const heardOf = (listener: Listener, id: string) =>
    listener.heard.filter((one) => one.payload?.includes(id)).map((one) => `${one.stream[0]} ${one.event}`)

  test('each hears their own filters, and nobody those of another', async () => {
    const [plain, warned, hiding] = [await makeReader(), await makeReader(), await makeReader()]
    await filter(warned, 'squall')
    await filter(hiding, 'squall', { filter_action: 'hide', context: ['home', 'notifications'] })
    const ears = [await listen(plain), await listen(warned), await listen(hiding)] as const
    const post = await say(author, `squall @${hiding.username}`)
    await town.settled()
    const mark = await say(author, 'the calm')
    for (const ear of ears)
      await until(() => (heardOf(ear, mark.id).length >= 2 ? true : undefined), 'the mark did not arrive')
    const both = ['public update', 'user update']
    const heard = ears.map((ear) => heardOf(ear, post.id).toSorted())
    expect(heard).toEqual([both, both, ['public update']])
    const filteredOf = (ear: Listener) => {
      const found = ear.heard.find((one) => one.event === 'update' && one.payload.includes(`"id":"${post.id}"`))
      return JSON.parse(found?.payload ?? '{}').filtered
    }
    expect(filteredOf(ears[0])).toEqual([])
    expect(filteredOf(ears[1])).toMatchObject([{ filter: { title: 'no squall' }, keyword_matches: ['squall'] }])
  })

  test('a change is told to its person alone, by all that changes filters', async () => {
    const [reader, other] = [await makeReader(), await makeReader()]
    const [ear, elsewhere] = [await listen(reader), await listen(other)]
    const changes = () => ear.heard.filter((one) => one.event === 'filters_changed').length
    const made = await filter(reader, 'haze')
    await ask(reader, 'POST', `/api/v2/filters/${made.id}/keywords`, { keyword: 'smog' })
    await ask(reader, 'DELETE', `/api/v1/filters/${made.keywords[0].id}`)
    await ask(reader, 'DELETE', `/api/v2/filters/${made.id}`)
    await ask(reader, 'DELETE', `/api/v2/filters/${made.id}`)
    await until(() => (changes() === 4 ? true : undefined), 'four changes were not told')
    expect(elsewhere.heard.filter((one) => one.event === 'filters_changed')).toEqual([])
  })
})

test('nothing failed on the way', () => {
  expect(town.log.filter((line) => line.includes('"error"'))).toEqual([])
})
