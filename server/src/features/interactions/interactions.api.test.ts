import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let author: Person
let reader: Person
let stranger: Person
beforeAll(async () => {
  town = await startTown()
  ;[author, reader, stranger] = (await Promise.all(
    ['author', 'reader', 'stranger'].map((name) => town.person(name)),
  )) as [Person, Person, Person]
  await town.call('POST', `/api/v1/accounts/${author.accountId}/follow`, { token: reader.token })
})
afterAll(() => town[Symbol.asyncDispose]())

const write = async (who: Person, json: Record<string, unknown>) =>
  (await town.call('POST', '/api/v1/statuses', { token: who.token, json })).body
const act = (who: Person, id: string, verb: string, json: Record<string, unknown> = {}) =>
  town.call('POST', `/api/v1/statuses/${id}/${verb}`, { token: who.token, json })
const show = async (id: string, who?: Person) =>
  (await town.call('GET', `/api/v1/statuses/${id}`, who ? { token: who.token } : {})).body
const ids = (answer: { body: { id: string }[] }) => answer.body.map((one) => one.id)

describe('favourites and bookmarks', () => {
  test('are counted once, listed for their owner, and taken back', async () => {
    const post = await write(author, { status: 'like me' })
    expect((await act(reader, post.id, 'favourite')).body).toMatchObject({ favourited: true, favourites_count: 1 })
    expect((await act(reader, post.id, 'favourite')).body).toMatchObject({ favourites_count: 1 })
    expect((await act(reader, post.id, 'bookmark')).body).toMatchObject({ bookmarked: true })
    expect(await show(post.id, stranger)).toMatchObject({ favourited: false, bookmarked: false, favourites_count: 1 })
    expect(ids(await town.call('GET', '/api/v1/favourites', { token: reader.token }))).toEqual([post.id])
    expect(ids(await town.call('GET', '/api/v1/bookmarks', { token: reader.token }))).toEqual([post.id])
    expect(ids(await town.call('GET', `/api/v1/statuses/${post.id}/favourited_by`))).toEqual([reader.accountId])
    expect((await act(reader, post.id, 'unfavourite')).body).toMatchObject({ favourited: false, favourites_count: 0 })
    expect((await act(reader, post.id, 'unfavourite')).body).toMatchObject({ favourites_count: 0 })
    expect((await act(reader, post.id, 'unbookmark')).body).toMatchObject({ bookmarked: false })
    expect(ids(await town.call('GET', '/api/v1/favourites', { token: reader.token }))).toEqual([])
  })

  test('go with a deleted post', async () => {
    const post = await write(author, { status: 'short-lived' })
    await act(reader, post.id, 'favourite')
    await act(reader, post.id, 'bookmark')
    await act(reader, post.id, 'reblog')
    const before = (await town.call('GET', `/api/v1/accounts/${reader.accountId}`)).body.statuses_count
    await town.call('DELETE', `/api/v1/statuses/${post.id}`, { token: author.token })
    for (const table of ['favourites', 'bookmarks'] as const) {
      expect(await town.ctx.db.selectFrom(table).select('id').where('status_id', '=', post.id).execute()).toEqual([])
    }
    expect((await town.call('GET', `/api/v1/accounts/${reader.accountId}`)).body.statuses_count).toBe(before - 1)
  })
})

describe('boosts', () => {
  test('carry the original, are one however often pressed, and are taken back', async () => {
    const post = await write(author, { status: 'carry me' })
    const boost = await act(reader, post.id, 'reblog')
    expect(boost.body).toMatchObject({
      reblog: { id: post.id, reblogged: true, reblogs_count: 1 },
      account: { id: reader.accountId },
      reblogged: true,
      content: '<p>carry me</p>',
    })
    expect((await act(reader, post.id, 'reblog')).body.id).toBe(boost.body.id)
    expect((await act(stranger, boost.body.id, 'reblog')).body.reblog.id).toBe(post.id)
    expect((await act(stranger, boost.body.id, 'favourite')).body).toMatchObject({ id: post.id, favourites_count: 1 })
    expect(ids(await town.call('GET', `/api/v1/statuses/${post.id}/reblogged_by`)).toSorted()).toEqual(
      [reader.accountId, stranger.accountId].toSorted(),
    )
    expect((await act(reader, post.id, 'unreblog')).body).toMatchObject({
      id: post.id,
      reblogged: false,
      reblogs_count: 1,
    })
    expect((await town.call('GET', `/api/v1/statuses/${boost.body.id}`)).status).toBe(404)
  })

  test('reach those who follow the booster, unless they asked for none or keep the author away', async () => {
    const fan = await town.person('fan')
    const follow = (json: Record<string, unknown>) =>
      town.call('POST', `/api/v1/accounts/${reader.accountId}/follow`, { token: fan.token, json })
    await follow({})
    const post = await write(stranger, { status: 'from afar' })
    const boost = await act(reader, post.id, 'reblog')
    const isShown = async () =>
      ids(await town.call('GET', '/api/v1/timelines/home', { token: fan.token })).includes(boost.body.id)
    expect(await isShown()).toBe(true)
    await follow({ reblogs: false })
    expect(await isShown()).toBe(false)
    await follow({ reblogs: true })
    await town.call('POST', `/api/v1/accounts/${stranger.accountId}/mute`, { token: fan.token })
    expect(await isShown()).toBe(false)
    const own = await town.call('GET', `/api/v1/accounts/${reader.accountId}/statuses?exclude_reblogs=true`)
    expect(ids(own)).not.toContain(boost.body.id)
  })

  test('never widen who sees: others followers-only and direct posts stay, a boost of what was hidden is hidden', async () => {
    const secret = await write(author, { status: 'for followers', visibility: 'private' })
    expect((await act(reader, secret.id, 'reblog')).status).toBe(403)
    expect((await act(stranger, secret.id, 'reblog')).status).toBe(404)
    const whisper = await write(author, { status: '@reader psst', visibility: 'direct' })
    expect((await act(reader, whisper.id, 'reblog')).status).toBe(403)
    const own = await act(author, secret.id, 'reblog', { visibility: 'public' })
    expect(own.body.visibility).toBe('private')
    expect((await town.call('GET', `/api/v1/statuses/${own.body.id}`)).status).toBe(404)
    const post = await write(author, { status: 'open' })
    const boost = await act(reader, post.id, 'reblog')
    await town.call('POST', `/api/v1/accounts/${author.accountId}/block`, { token: stranger.token })
    await town.call('POST', `/api/v1/accounts/${author.accountId}/unblock`, { token: stranger.token })
    await town.call('POST', `/api/v1/accounts/${stranger.accountId}/block`, { token: author.token })
    expect((await town.call('GET', `/api/v1/statuses/${boost.body.id}`, { token: stranger.token })).status).toBe(404)
    await town.call('POST', `/api/v1/accounts/${stranger.accountId}/unblock`, { token: author.token })
  })
})

test.each([
  ['a post that is not there', 404, () => act(reader, '99', 'favourite')],
  ['an id that is none', 404, () => act(reader, 'x', 'unfavourite')],
  [
    'an audience that does not exist',
    422,
    async () => act(reader, (await write(author, { status: 'x' })).id, 'reblog', { visibility: 'everyone' }),
  ],
  ['a missing scope', 403, async () => act(await town.person('looker', 'read'), '99', 'bookmark')],
])('%s is refused with %i', async (_name, status, run) => {
  const answer = await run()
  expect(answer.status).toBe(status)
  expect(typeof answer.body.error).toBe('string')
})

test('every act pressed by many at once leaves counters that equal a recount, and nothing fails', async () => {
  const crowd = await Promise.all(Array.from({ length: 5 }, (_, index) => town.person(`crowd_${index}`)))
  const post = await write(author, { status: 'busy' })
  const verbs = ['favourite', 'reblog', 'favourite', 'reblog', 'unfavourite', 'unreblog', 'favourite', 'reblog']
  verbs.push('unreblog', 'reblog', 'unreblog', 'reblog')
  const presses = crowd.flatMap((who) => [
    ...verbs.map((verb) => act(who, post.id, verb)),
    town.call('POST', '/api/v1/statuses', {
      token: who.token,
      json: { status: 'and a reply', in_reply_to_id: post.id },
    }),
  ])
  const answers = await Promise.all(presses)
  expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200))
  const count = async (table: 'favourites' | 'statuses', column: string) =>
    (
      await town.ctx.db
        .selectFrom(table)
        .select('id')
        .where(column as never, '=', post.id)
        .execute()
    ).length
  expect(await show(post.id)).toMatchObject({
    favourites_count: await count('favourites', 'status_id'),
    reblogs_count: await count('statuses', 'reblog_of_id'),
    replies_count: 5,
  })
  for (const who of crowd) {
    const rows = await town.ctx.db.selectFrom('statuses').select('id').where('account_id', '=', who.accountId).execute()
    expect((await town.call('GET', `/api/v1/accounts/${who.accountId}`)).body.statuses_count).toBe(rows.length)
  }
})
