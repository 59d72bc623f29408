import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPeer, type Peer } from '#test/peer'
import { startTown, type Answer, type Person, type TestTown } from '#test/test-town'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
const DAY_MS = 86_400_000

let town: TestTown
let peer: Peer
let ines: Person
let inesUri: string
let bram: ReturnType<Peer['addActor']>
let mallory: ReturnType<Peer['addActor']>
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  peer = await startPeer()
  ines = await town.person('ines')
  inesUri = `${town.url}/ap/users/${ines.accountId}`
  bram = peer.addActor('bram')
  mallory = peer.addActor('mallory')
})
afterAll(async () => {
  await peer[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})

let serial = 0
type Speaker = ReturnType<Peer['addActor']>

async function say(who: Speaker, type: string, object: unknown): Promise<number> {
  const id = `${who.id}#activities/${(serial += 1)}`
  const activity = { id, type, actor: who.id, to: [PUBLIC], object }
  const status = await peer.send(`${town.url}/inbox`, activity, who, { date: town.clock.now() })
  await town.settled()
  return status
}

const option = (name: string, totalItems?: number) => ({
  type: 'Note',
  name,
  replies: { type: 'Collection', ...(totalItems === undefined ? {} : { totalItems }) },
})
const question = (change: Record<string, unknown> = {}) => ({
  id: `${bram.id}/questions/${(serial += 1)}`,
  type: 'Question',
  attributedTo: bram.id,
  content: '<p>Best month?</p>',
  to: [PUBLIC],
  cc: [inesUri],
  tag: [{ type: 'Mention', href: inesUri, name: '@ines' }],
  published: new Date(town.clock.now().getTime() - 1000).toISOString(),
  oneOf: [option('April', 4), option('May', 9)],
  votersCount: 13,
  endTime: new Date(town.clock.now().getTime() + DAY_MS).toISOString(),
  ...change,
})
/** Sends a question, and gives the post that it became here. */
async function arrive(document: ReturnType<typeof question>): Promise<Answer['body']> {
  await say(bram, 'Create', document)
  const row = await town.ctx.db.selectFrom('statuses').select('id').where('uri', '=', document.id).executeTakeFirst()
  return row && (await town.call('GET', `/api/v1/statuses/${row.id}`, { token: ines.token })).body
}
const show = async (id: string) => (await town.call('GET', `/api/v1/polls/${id}`, { token: ines.token })).body
const vote = (id: string, choices: number[]) =>
  town.call('POST', `/api/v1/polls/${id}/votes`, { token: ines.token, json: { choices } })
const counts = (poll: { options: { votes_count: number | null }[] }) => poll.options.map((one) => one.votes_count)
async function runLater(ms: number): Promise<void> {
  town.clock.advance(ms)
  await sql`update jobs set run_at = now() - interval '1 second' where kind like 'polls.%'`.execute(town.ctx.db)
  await town.settled()
}
/** What this town sent to somebody there, by type. */
const sent = (type: string) =>
  peer.requests
    .filter((request) => request.method === 'POST')
    .map((request) => ({ path: request.path, ...JSON.parse(request.body) }))
    .filter((activity) => activity.type === type)

describe('a question from elsewhere', () => {
  test('is a poll here, with the counts that its server tells', async () => {
    const { poll } = await arrive(question())
    expect(poll).toMatchObject({
      expired: false,
      multiple: false,
      votes_count: 13,
      voters_count: 13,
      voted: false,
      options: [
        { title: 'April', votes_count: 4 },
        { title: 'May', votes_count: 9 },
      ],
    })
  })

  test.each([
    ['several choices', { oneOf: undefined, anyOf: [option('a', 1)] }, { multiple: true, votes_count: 1 }],
    ['no end', { endTime: undefined }, { expires_at: null, expired: false }],
    ['no number of voters', { votersCount: undefined }, { voters_count: null }],
    ['closed by a word', { closed: true }, { expired: true }],
    ['closed since', { closed: '2026-01-01T00:00:00Z' }, { expired: true, expires_at: '2026-01-01T00:00:00.000Z' }],
    ['Misskey’s counts', { oneOf: [{ name: 'a', _misskey_votes: 3 }] }, { votes_count: 3 }],
    ['one option alone', { oneOf: option('a', 2) }, { options: [{ title: 'a', votes_count: 2 }] }],
    ['an option by its content', { oneOf: [{ content: 'a' }] }, { options: [{ title: 'a' }] }],
    ['counts that are kept back', { oneOf: [option('a'), option('b')] }, { options: [{ votes_count: null }, {}] }],
    [
      'negative and broken counts',
      { oneOf: [option('a', -5), option('b', 1.9)], votersCount: -1 },
      { votes_count: 1, voters_count: 0 },
    ],
    ['counts without end', { oneOf: [option('a', 1e300)], votersCount: 1e300 }, { votes_count: 2 ** 31 - 1 }],
    ['an end beyond all times', { endTime: '+200000-01-01T00:00:00Z' }, { expires_at: null }],
    ['an end that is no time', { endTime: { a: 1 } }, { expires_at: null }],
    [
      'the same option twice',
      { oneOf: [option('a', 1), option('a', 5)] },
      { options: [{ title: 'a', votes_count: 1 }] },
    ],
  ])('%s', async (_name, change, expected) => {
    expect((await arrive(question(change))).poll).toMatchObject(expected)
  })

  test('of any size is cut to what can be kept', async () => {
    const many = Array.from({ length: 2000 }, (_, index) => ({ name: `option ${index}` }))
    expect((await arrive(question({ oneOf: many }))).poll.options).toHaveLength(500)
    const long = await arrive(question({ oneOf: [option('x'.repeat(100_000)), option('b')] }))
    expect(long.poll.options[0].title).toHaveLength(1000)
  })

  test.each([
    ['no options', { oneOf: [] }],
    ['options that are none', { oneOf: [null, 5, 'x', { name: ' ' }, { name: {} }] }],
    ['a note that only pretends', { type: 'Note' }],
  ])('with %s is a post without a poll', async (_name, change) => {
    expect((await arrive(question(change))).poll).toBeNull()
  })

  test('tells new counts in an update that is no edit', async () => {
    const document = question()
    const post = await arrive(document)
    await say(bram, 'Update', { ...document, oneOf: [option('April', 5), option('May', 20)], votersCount: 25 })
    const after = (await town.call('GET', `/api/v1/statuses/${post.id}`, { token: ines.token })).body
    expect(after).toMatchObject({ edited_at: null, poll: { votes_count: 25, voters_count: 25 } })
    await say(bram, 'Update', { ...document, oneOf: [option('Other', 1), option('May', 99)] })
    expect(counts(await show(post.poll.id))).toEqual([5, 20])
  })

  test('that is edited is another question: votes from here are gone', async () => {
    const document = question()
    const { poll } = await arrive(document)
    await vote(poll.id, [0])
    town.clock.advance(60_000)
    const updated = new Date(town.clock.now().getTime() - 1).toISOString()
    await say(bram, 'Update', { ...document, updated, oneOf: [option('June', 0), option('July', 0)] })
    expect(await show(poll.id)).toMatchObject({ voted: false, options: [{ title: 'June' }, { title: 'July' }] })
    const history = (await town.call('GET', `/api/v1/statuses/${poll.id}/history`)).body
    expect(history.map((one: { poll: { options: { title: string }[] } }) => one.poll.options[0]?.title)).toEqual([
      'April',
      'June',
    ])
    town.clock.advance(60_000)
    const later = new Date(town.clock.now().getTime() - 1).toISOString()
    await say(bram, 'Update', { ...document, updated: later, type: 'Note', oneOf: undefined })
    expect((await town.call('GET', `/api/v1/polls/${poll.id}`)).status).toBe(404)
  })

  test('nobody but its author tells its counts', async () => {
    const document = question()
    const { poll } = await arrive(document)
    await say(mallory, 'Update', {
      ...document,
      attributedTo: mallory.id,
      oneOf: [option('April', 99), option('May', 0)],
    })
    expect(counts(await show(poll.id))).toEqual([4, 9])
  })

  test('is asked again for its counts when somebody looks, at most every few minutes, and once after its end', async () => {
    const document = question()
    const { poll } = await arrive(document)
    const path = new URL(document.id).pathname
    const asked = () => peer.requests.filter((request) => request.method === 'GET' && request.path === path).length
    peer.documents.set(path, { ...document, oneOf: [option('April', 40), option('May', 50)] })
    await show(poll.id)
    await town.settled()
    expect(asked()).toBe(0)
    town.clock.advance(200_000)
    await Promise.all(Array.from({ length: 5 }, () => show(poll.id)))
    await town.call('GET', `/api/v1/statuses/${poll.id}`, { token: ines.token })
    await town.call('GET', `/api/v1/polls/${poll.id}`)
    await town.settled()
    expect(asked()).toBe(1)
    expect(counts(await show(poll.id))).toEqual([40, 50])
    town.clock.advance(2 * DAY_MS)
    for (let round = 0; round < 2; round += 1) {
      await show(poll.id)
      await town.settled()
      town.clock.advance(200_000)
    }
    expect(asked()).toBe(2)
    peer.documents.delete(path)
  })
})

describe('a vote from here', () => {
  test('is told to its author alone, one note for each option', async () => {
    const document = question({ oneOf: undefined, anyOf: [option('a', 1), option('b', 1), option('c', 1)] })
    const { poll } = await arrive(document)
    expect((await vote(poll.id, [0, 2])).body).toMatchObject({ own_votes: [0, 2], votes_count: 5, voters_count: 14 })
    await town.settled()
    const votes = sent('Create')
      .filter((one) => one.object.inReplyTo === document.id)
      .toSorted((a, b) => a.object.name.localeCompare(b.object.name))
    expect(votes).toMatchObject(
      ['a', 'c'].map((name) => ({
        path: '/users/bram/inbox',
        actor: inesUri,
        to: bram.id,
        object: { type: 'Note', name, attributedTo: inesUri, to: bram.id },
      })),
    )
    expect(votes[0].object).not.toHaveProperty('content')
    expect(new Set(votes.map((one) => one.id)).size).toBe(2)
  })

  test('has its voter told of the end, a while after it', async () => {
    const { poll } = await arrive(question({ endTime: new Date(town.clock.now().getTime() + 60_000).toISOString() }))
    await vote(poll.id, [1])
    await runLater(61_000)
    const told = (await town.call('GET', '/api/v1/notifications?types[]=poll', { token: ines.token })).body
    expect(told).toMatchObject([{ account: { username: 'bram' }, status: { id: poll.id, poll: { expired: true } } }])
  })

  test('is not taken after the end', async () => {
    const { poll } = await arrive(question({ closed: true }))
    expect((await vote(poll.id, [0])).status).toBe(422)
  })
})

describe('a vote from elsewhere', () => {
  const months = { options: ['April', 'May'], expires_in: 3600 }
  const asked = async (poll: Record<string, unknown> = months, more: Record<string, unknown> = {}) =>
    (await town.call('POST', '/api/v1/statuses', { token: ines.token, json: { status: 'Which?', poll, ...more } })).body
  const cast = (post: { uri: string }, name: unknown, change: Record<string, unknown> = {}) => ({
    id: `${bram.id}#votes/${(serial += 1)}`,
    type: 'Note',
    name,
    attributedTo: bram.id,
    inReplyTo: post.uri,
    to: inesUri,
    ...change,
  })

  test('counts once for each option, however often it comes, and is never a post', async () => {
    const post = await asked()
    const before = await town.ctx.db.selectFrom('statuses').select('id').execute()
    const one = cast(post, 'May')
    for (const note of [one, one, cast(post, 'May'), cast(post, 'April')]) await say(bram, 'Create', note)
    expect(await show(post.id)).toMatchObject({ votes_count: 1, voters_count: 1 })
    await say(mallory, 'Create', cast(post, 'April', { attributedTo: mallory.id, id: `${mallory.id}#votes/1` }))
    expect(counts(await show(post.id))).toEqual([1, 1])
    expect(await town.ctx.db.selectFrom('statuses').select('id').execute()).toEqual(before)
    expect((await town.call('GET', `/api/v1/statuses/${post.id}`)).body.replies_count).toBe(0)
  })

  test('of several options may come in one activity', async () => {
    const post = await asked({ ...months, multiple: true })
    await say(bram, 'Create', [cast(post, 'April'), cast(post, 'May'), cast(post, 'May')])
    expect(await show(post.id)).toMatchObject({ votes_count: 2, voters_count: 1 })
  })

  test.each([
    ['an option that is not there', (post: { uri: string }) => cast(post, 'June')],
    ['somebody else’s name on it', (post: { uri: string }) => cast(post, 'May', { attributedTo: mallory.id })],
  ])('with %s counts nothing and is no post', async (_name, make) => {
    const post = await asked()
    await say(bram, 'Create', make(post))
    expect((await show(post.id)).votes_count).toBe(0)
    const answers = (await town.call('GET', `/api/v1/statuses/${post.id}/context`, { token: ines.token })).body
    expect(answers.descendants.filter((one: { content: string }) => one.content === '')).toEqual([])
  })

  test('counts nothing after the end, nor from who may not see the post', async () => {
    const post = await asked({ ...months, expires_in: 300 })
    town.clock.advance(300_000)
    await say(bram, 'Create', cast(post, 'May'))
    expect((await show(post.id)).votes_count).toBe(0)
    const closed = await asked(months, { visibility: 'private' })
    await say(bram, 'Create', cast(closed, 'May'))
    expect((await show(closed.id)).votes_count).toBe(0)
    const named = await asked(months, { status: `@bram@${peer.host} which?`, visibility: 'direct' })
    await say(bram, 'Create', cast(named, 'May'))
    expect((await show(named.id)).votes_count).toBe(1)
  })

  test('a reply with words stays a reply', async () => {
    const post = await asked()
    await say(bram, 'Create', {
      ...cast(post, undefined),
      content: '<p>May, for the tar.</p>',
      to: [PUBLIC],
      cc: [inesUri],
    })
    expect((await town.call('GET', `/api/v1/statuses/${post.id}`)).body.replies_count).toBe(1)
    expect((await show(post.id)).votes_count).toBe(0)
  })
})

describe('a poll of ours', () => {
  test('leaves as a Question, tells its counts to who voted together after a while, and its end', async () => {
    const json = { status: `@bram@${peer.host} which?`, poll: { options: ['April', 'May'], expires_in: 3600 } }
    const post = (await town.call('POST', '/api/v1/statuses', { token: ines.token, json })).body
    await town.settled()
    const mine = (type: string) => sent(type).filter((one) => one.object.id === post.uri)
    expect(mine('Create')[0].object).toMatchObject({
      type: 'Question',
      oneOf: [option('April', 0), option('May', 0)],
      votersCount: 0,
      endTime: post.poll.expires_at,
    })
    expect(mine('Create')[0].object).not.toHaveProperty('closed')
    for (const who of [bram, mallory])
      await say(who, 'Create', {
        id: `${who.id}#votes/${(serial += 1)}`,
        type: 'Note',
        name: 'May',
        attributedTo: who.id,
        inReplyTo: post.uri,
        to: inesUri,
      })
    expect(mine('Update')).toEqual([])
    await runLater(180_000)
    const updates = mine('Update')
    expect(updates.map((one) => String(one.path)).toSorted()).toEqual(['/users/bram/inbox', '/users/mallory/inbox'])
    expect(updates[0].object).toMatchObject({ oneOf: [option('April', 0), option('May', 2)], votersCount: 2 })
    expect(updates[0].object).not.toHaveProperty('updated')
    await runLater(3_600_000)
    expect(mine('Update').at(-1).object).toMatchObject({ closed: post.poll.expires_at, votersCount: 2 })
    expect(mine('Update')).toHaveLength(4)
  })

  test('with hidden counts says them at the end and not before', async () => {
    const poll = { options: ['April', 'May'], expires_in: 3600, multiple: true, hide_totals: true }
    const json = { status: `@bram@${peer.host} which?`, poll }
    const post = (await town.call('POST', '/api/v1/statuses', { token: ines.token, json })).body
    const note = { type: 'Note', name: 'May', attributedTo: bram.id, inReplyTo: post.uri, to: inesUri }
    await say(bram, 'Create', { id: `${bram.id}#votes/${(serial += 1)}`, ...note })
    const document = async () =>
      (await town.call('GET', new URL(post.uri).pathname, { headers: { accept: 'application/activity+json' } })).body
    expect((await document()).anyOf).toEqual([option('April'), option('May')])
    await runLater(180_000)
    expect(sent('Update').filter((one) => one.object.id === post.uri)).toEqual([])
    await runLater(3_600_000)
    const last = sent('Update').filter((one) => one.object.id === post.uri)
    expect(last.map((one) => one.object.anyOf)).toEqual([[option('April', 0), option('May', 1)]])
  })
})

test('nothing failed on the way', () => {
  expect(town.log.filter((line) => line.includes('"error"'))).toEqual([])
})
