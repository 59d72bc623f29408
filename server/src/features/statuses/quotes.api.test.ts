import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let ines: Person
let bram: Person
let carla: Person

beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines')
  bram = await town.person('bram')
  carla = await town.person('carla')
})
afterAll(() => town[Symbol.asyncDispose]())

const act = (who: Person, path: string, json: Record<string, unknown> = {}, method = 'POST') =>
  town.call(method, `/api/v1/${path}`, { token: who.token, json })
const say = async (who: Person, json: Record<string, unknown>) => {
  const made = await act(who, 'statuses', { status: 'words', ...json })
  expect(made.status, made.text).toBe(200)
  return made.body
}
const see = async (who: Person | null, id: string) =>
  (await town.call('GET', `/api/v1/statuses/${id}`, who ? { token: who.token } : {})).body
const read = async (who: Person, path: string) => (await town.call('GET', path, { token: who.token })).body

describe('quoting', () => {
  test('a post shows what it quotes, with leave, and is counted', async () => {
    const post = await say(ines, { status: 'the tide is out' })
    const quoting = await say(bram, { status: 'look', quoted_status_id: post.id })
    expect(quoting.quote).toMatchObject({ state: 'accepted', quoted_status: { id: post.id, content: post.content } })
    expect(quoting).toMatchObject({
      card: null,
      content: expect.stringContaining('<p class="quote-inline">RE: <a href='),
    })
    expect(await see(null, post.id)).toMatchObject({ quotes_count: 1, quote: null })
    expect((await see(null, quoting.id)).quote.state).toBe('accepted')
  })

  test('a quote needs no words, and words that hold the address need no line beside them', async () => {
    const post = await say(ines, {})
    expect((await say(bram, { status: '', quoted_status_id: post.id })).quote.quoted_status.id).toBe(post.id)
    const named = await say(bram, { status: `see ${post.url}`, quoted_status_id: post.id })
    expect(named.content).not.toContain('quote-inline')
  })

  test('a quote in a quote is only named', async () => {
    const first = await say(ines, {})
    const second = await say(bram, { quoted_status_id: first.id })
    const third = await say(carla, { quoted_status_id: second.id })
    expect(third.quote.quoted_status.quote).toEqual({ state: 'accepted', quoted_status_id: first.id })
    const boost = (await act(ines, `statuses/${third.id}/reblog`)).body
    expect(boost).toMatchObject({
      quote: { state: 'accepted' },
      reblog: { quote: { quoted_status: { id: second.id } } },
    })
  })

  test('a boost stands for what it boosts', async () => {
    const post = await say(ines, {})
    const boost = (await act(carla, `statuses/${post.id}/reblog`)).body
    expect((await say(bram, { quoted_status_id: boost.id })).quote.quoted_status.id).toBe(post.id)
  })

  test.each([
    ['nobody may quote', { quote_approval_policy: 'nobody' }, false],
    ['followers may quote', { quote_approval_policy: 'followers' }, false],
    ['followers only', { visibility: 'private' }, false],
    ['private mention', { visibility: 'direct', status: '@bram psst' }, false],
    ['unlisted', { visibility: 'unlisted' }, true],
  ])('by somebody else, of a post of which %s', async (_name, json, isAllowed) => {
    const post = await say(ines, json)
    const before = (await see(ines, post.id)).quotes_count
    const tried = await act(bram, 'statuses', { status: 'x', quoted_status_id: post.id })
    expect(tried.status).toBe(isAllowed ? 200 : 404)
    if (!isAllowed) expect(tried.body.error).toContain('quote')
    expect((await see(ines, post.id)).quotes_count).toBe(before + (isAllowed ? 1 : 0))
    expect((await see(bram, post.id)).quote_approval?.current_user ?? 'denied').toBe(isAllowed ? 'automatic' : 'denied')
  })

  test('followers may, where followers may', async () => {
    const fan = await town.person('fan')
    await act(fan, `accounts/${ines.accountId}/follow`)
    const post = await say(ines, { quote_approval_policy: 'followers' })
    expect((await see(fan, post.id)).quote_approval).toEqual({
      automatic: ['followers'],
      manual: [],
      current_user: 'automatic',
    })
    expect((await see(bram, post.id)).quote_approval.current_user).toBe('denied')
    expect((await see(null, post.id)).quote_approval.current_user).toBe('denied')
    await say(fan, { quoted_status_id: post.id })
  })

  test('nobody is quoted whom one blocks, or who blocks', async () => {
    const [one, other] = [await town.person('one'), await town.person('other')]
    const [mine, theirs] = [await say(one, {}), await say(other, {})]
    await act(one, `accounts/${other.accountId}/block`)
    expect((await act(one, 'statuses', { status: 'x', quoted_status_id: theirs.id })).status).toBe(404)
    expect((await act(other, 'statuses', { status: 'x', quoted_status_id: mine.id })).status).toBe(404)
  })

  test('one’s own followers-only post is quoted to followers, or to fewer', async () => {
    const post = await say(ines, { visibility: 'private' })
    expect((await say(ines, { quoted_status_id: post.id, visibility: 'public' })).visibility).toBe('private')
    expect((await say(ines, { quoted_status_id: post.id, visibility: 'direct' })).visibility).toBe('direct')
  })

  test('a private mention quotes only who is named in it', async () => {
    const post = await say(ines, {})
    const json = { quoted_status_id: post.id, visibility: 'direct' }
    const refused = await act(bram, 'statuses', { status: '@carla look', ...json })
    expect([refused.status, refused.body.error]).toEqual([422, expect.stringMatching(/^Validation failed: .*mention/)])
    await say(bram, { status: '@ines look', ...json })
  })

  test.each(['x', '0', '99', '-1', '9'.repeat(40), { a: 1 }])('of nothing: %s', async (id) => {
    const tried = await act(bram, 'statuses', { status: 'x', quoted_status_id: id })
    expect([400, 404, 422]).toContain(tried.status)
    expect(typeof tried.body.error).toBe('string')
  })
})

describe('what a quote reads as', () => {
  test('to each viewer', async () => {
    const fan = await town.person('fan_of_state')
    await act(fan, `accounts/${ines.accountId}/follow`)
    const post = await say(ines, { visibility: 'private' })
    const quoting = await say(ines, { quoted_status_id: post.id })
    await town.ctx.db.updateTable('statuses').set({ visibility: 'public' }).where('id', '=', quoting.id).execute()
    for (const who of [ines, fan]) expect((await see(who, quoting.id)).quote.state).toBe('accepted')
    for (const who of [null, bram]) {
      const seen = await town.call('GET', `/api/v1/statuses/${quoting.id}`, who ? { token: who.token } : {})
      expect(seen.body.quote).toEqual({ state: 'unauthorized', quoted_status: null })
    }
    const outer = await say(ines, { quoted_status_id: quoting.id })
    expect((await see(bram, outer.id)).quote.quoted_status.quote).toEqual({
      state: 'unauthorized',
      quoted_status_id: null,
    })
  })

  test('to somebody who mutes or blocks the quoted person', async () => {
    const reader = await town.person('reader_of_state')
    const post = await say(ines, {})
    const quoting = await say(bram, { quoted_status_id: post.id })
    await act(reader, `accounts/${ines.accountId}/mute`)
    expect((await see(reader, quoting.id)).quote).toMatchObject({
      state: 'muted_account',
      quoted_status: { id: post.id },
    })
    await act(reader, `accounts/${ines.accountId}/block`)
    expect((await see(reader, quoting.id)).quote).toMatchObject({
      state: 'blocked_account',
      quoted_status: { id: post.id },
    })
  })

  test('once what is quoted is deleted, and once the quote is', async () => {
    const post = await say(ines, {})
    const quoting = await say(bram, { quoted_status_id: post.id })
    const other = await say(carla, { quoted_status_id: post.id })
    const redraft = await act(carla, `statuses/${other.id}`, {}, 'DELETE')
    expect(redraft.body).toMatchObject({ text: 'words', quote: { quoted_status: { id: post.id } } })
    expect((await see(null, post.id)).quotes_count).toBe(1)
    await act(ines, `statuses/${post.id}`, {}, 'DELETE')
    expect((await see(null, quoting.id)).quote).toEqual({ state: 'deleted', quoted_status: null })
    expect((await see(null, quoting.id)).content).not.toContain('quote-inline')
  })

  test('an edit keeps it, and each version shows it', async () => {
    const post = await say(ines, {})
    const quoting = await say(bram, { quoted_status_id: post.id })
    const edited = await act(bram, `statuses/${quoting.id}`, { status: 'other words' }, 'PUT')
    expect(edited.body.quote.quoted_status.id).toBe(post.id)
    expect((await act(bram, `statuses/${quoting.id}`, { status: '' }, 'PUT')).status).toBe(200)
    const versions = await read(bram, `/api/v1/statuses/${quoting.id}/history`)
    expect(versions.map((one: any) => one.quote?.quoted_status.id)).toEqual([post.id, post.id, post.id])
  })

  test('a page costs as many queries whatever its length', async () => {
    const posts = []
    for (let count = 0; count < 6; count += 1) {
      const inner = await say(ines, { quoted_status_id: (await say(carla, {})).id })
      posts.push(await say(bram, { quoted_status_id: inner.id }))
    }
    const ids = posts.map((one) => `id[]=${one.id}`)
    const cost = (some: string[]) =>
      town.countStatements(() => town.call('GET', `/api/v1/statuses?${some.join('&')}`, { token: ines.token }))
    const one = await cost(ids.slice(0, 1))
    expect(await cost(ids)).toBe(one)
  })
})

describe('the quoted author', () => {
  test('is told, takes a post out of a quote, and can do so twenty times', async () => {
    const post = await say(ines, {})
    const quoting = await say(bram, { quoted_status_id: post.id })
    await town.settled()
    const told = async () =>
      (await read(ines, '/api/v1/notifications?types[]=quote')).filter((one: any) => one.status.id === quoting.id)
    expect(await told()).toMatchObject([{ type: 'quote', account: { acct: 'bram' } }])
    const path = `statuses/${post.id}/quotes/${quoting.id}/revoke`
    expect((await act(bram, path)).status).toBe(403)
    expect((await act(ines, `statuses/${quoting.id}/quotes/${post.id}/revoke`)).status).toBe(404)
    expect((await town.call('POST', `/api/v1/${path}`)).status).toBe(401)
    for (let count = 0; count < 2; count += 1)
      expect((await act(ines, path)).body).toMatchObject({
        id: quoting.id,
        quote: { state: 'revoked', quoted_status: null },
      })
    expect(await see(null, post.id)).toMatchObject({ quotes_count: 0 })
    await town.settled()
    expect(await told()).toEqual([])
    await act(bram, `statuses/${quoting.id}`, {}, 'DELETE')
    expect(await see(null, post.id)).toMatchObject({ quotes_count: 0 })
  })

  test('says later who may quote; quotes that are there stay', async () => {
    const post = await say(ines, {})
    const quoting = await say(bram, { quoted_status_id: post.id })
    const policy = (who: Person, json: Record<string, unknown>, method = 'PUT') =>
      act(who, `statuses/${post.id}/interaction_policy`, json, method)
    expect((await policy(bram, { quote_approval_policy: 'nobody' })).status).toBe(404)
    expect((await policy(ines, { quote_approval_policy: 'nobody' })).body).toMatchObject({
      edited_at: null,
      quote_approval: { automatic: [], current_user: 'automatic' },
    })
    expect((await act(carla, 'statuses', { status: 'x', quoted_status_id: post.id })).status).toBe(404)
    expect((await see(carla, quoting.id)).quote.state).toBe('accepted')
    expect((await policy(ines, {}, 'PATCH')).body.quote_approval.automatic).toEqual(['public'])
    expect((await policy(ines, { quote_approval_policy: 'everyone' })).status).toBeGreaterThanOrEqual(400)
    const closed = await say(ines, { visibility: 'private' })
    const kept = await act(ines, `statuses/${closed.id}/interaction_policy`, { quote_approval_policy: 'public' }, 'PUT')
    expect(kept.body.quote_approval.automatic).toEqual([])
  })

  test('edits, and who quoted is told of the latest edit', async () => {
    const post = await say(ines, {})
    const quoting = await say(bram, { quoted_status_id: post.id })
    for (const status of ['once', 'twice']) {
      await act(ines, `statuses/${post.id}`, { status }, 'PUT')
      await town.settled()
    }
    const told = await read(bram, '/api/v1/notifications?types[]=quoted_update')
    const about = told.filter((one: any) => one.status.id === quoting.id)
    expect(about).toMatchObject([{ account: { acct: 'ines' }, status: { quote: { quoted_status: { id: post.id } } } }])
  })

  test('is not told by somebody who is muted, and asks first where strangers wait', async () => {
    const shy = await town.person('shy')
    await act(shy, `accounts/${bram.accountId}/mute`)
    const post = await say(shy, {})
    await say(bram, { quoted_status_id: post.id })
    await town.call('PATCH', '/api/v2/notifications/policy', {
      token: shy.token,
      json: { for_not_following: 'filter' },
    })
    await say(carla, { quoted_status_id: post.id })
    await town.settled()
    expect(await read(shy, '/api/v1/notifications')).toEqual([])
    expect(await read(shy, '/api/v1/notifications/requests')).toMatchObject([{ account: { acct: 'carla' } }])
  })
})

describe('the list of quotes', () => {
  test('shows what the viewer may see and wants to, in pages', async () => {
    const [author, reader] = [await town.person('author'), await town.person('reader')]
    const post = await say(author, {})
    const made = []
    for (const who of [bram, carla, ines]) made.unshift(await say(who, { quoted_status_id: post.id }))
    await say(ines, { quoted_status_id: post.id, visibility: 'private' })
    const list = async (who: Person, query = '') =>
      town.call('GET', `/api/v1/statuses/${post.id}/quotes${query}`, { token: who.token })
    const ids = (answer: { body: { id: string }[] }) => answer.body.map((one) => one.id)
    expect(ids(await list(reader))).toEqual(made.map((one) => one.id))
    await act(reader, `accounts/${carla.accountId}/mute`)
    await act(author, `accounts/${carla.accountId}/mute`)
    expect(ids(await list(reader))).toEqual([made[0].id, made[2].id])
    expect(ids(await list(author))).toEqual(made.map((one) => one.id))
    const first = await list(author, '?limit=2')
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
    const second = await list(author, new URL(next).search)
    expect([...ids(first), ...ids(second)]).toEqual(made.map((one) => one.id))
    expect(second.headers.get('link')).not.toContain('rel="next"')
    expect((await town.call('GET', `/api/v1/statuses/${post.id}/quotes`)).status).toBe(401)
    const narrow = await town.person('narrow', 'read:accounts')
    expect((await list(narrow)).status).toBe(403)
  })
})
