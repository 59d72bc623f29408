import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rooms } from '#app/rooms'
import { transact } from '#platform/context'
import { dial } from '#test/listener'
import { upload } from '#test/pictures'
import { startTown, type Answer, type Person, type TestTown } from '#test/test-town'

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

const DAY = 86_400
type Asked = { options?: unknown; expires_in?: unknown; multiple?: unknown; hide_totals?: unknown }
const months = { options: ['April', 'May', 'June'], expires_in: DAY }
const ask = (poll: Asked, more: Record<string, unknown> = {}) =>
  town.call('POST', '/api/v1/statuses', { token: author.token, json: { status: 'Best month?', poll, ...more } })
const asked = async (poll: Asked, more: Record<string, unknown> = {}) => (await ask(poll, more)).body
const vote = (who: Person, id: string, choices: unknown) =>
  town.call('POST', `/api/v1/polls/${id}/votes`, { token: who.token, json: { choices } })
const show = (id: string, who?: Person) => town.call('GET', `/api/v1/polls/${id}`, who ? { token: who.token } : {})
const edit = (id: string, json: Record<string, unknown>) =>
  town.call('PUT', `/api/v1/statuses/${id}`, { token: author.token, json: { status: 'Best month?', ...json } })
const counts = (poll: { options: { votes_count: number | null }[] }) => poll.options.map((one) => one.votes_count)
/** Brings what is due later to now. */
async function runLater(ms: number): Promise<void> {
  town.clock.advance(ms)
  await sql`update jobs set run_at = now() - interval '1 second' where kind like 'polls.%'`.execute(town.ctx.db)
  await town.settled()
}

describe('asking', () => {
  test('a post carries its poll, for everybody the same but for what they did', async () => {
    const post = await asked({ ...months, hide_totals: false })
    expect(post.poll).toEqual({
      id: expect.any(String),
      expires_at: expect.stringMatching(/Z$/),
      expired: false,
      multiple: false,
      votes_count: 0,
      voters_count: 0,
      options: months.options.map((title) => ({ title, votes_count: 0 })),
      emojis: [],
      voted: true,
      own_votes: [],
    })
    const [mine, theirs, open] = [
      await show(post.poll.id, author),
      await show(post.poll.id, reader),
      await show(post.poll.id),
    ]
    expect(mine.body.voted).toBe(true)
    expect(theirs.body).toMatchObject({ voted: false, own_votes: [] })
    expect(open.body).not.toHaveProperty('voted')
    expect(open.body).not.toHaveProperty('own_votes')
    expect(Date.parse(post.poll.expires_at) - Date.parse(post.created_at)).toBeGreaterThanOrEqual(DAY * 1000 - 1000)
  })

  test('form bodies as apps send them, and pictures beside the poll', async () => {
    const form = 'status=Which%3F&poll[options][]=one&poll[options][]=two&poll[expires_in]=300&poll[multiple]=true'
    const { body } = await town.call('POST', '/api/v1/statuses', { token: author.token, form })
    expect(body.poll).toMatchObject({ multiple: true, options: [{ title: 'one' }, { title: 'two' }] })
    const picture = await upload(town, author.token)
    const both = await asked(months, { media_ids: [picture.body.id] })
    expect(both).toMatchObject({ poll: { votes_count: 0 }, media_attachments: [{ id: picture.body.id }] })
  })

  test('blank options are none, and an empty poll is no poll', async () => {
    const post = await asked({ options: [' tea ', '', 'coffee'], expires_in: 300 })
    expect(post.poll.options.map((one: { title: string }) => one.title)).toEqual(['tea', 'coffee'])
    expect((await asked({})).poll).toBeNull()
  })

  test.each([
    ['one option', { options: ['one'], expires_in: 300 }],
    ['five options', { options: ['1', '2', '3', '4', '5'], expires_in: 300 }],
    ['the same option twice', { options: ['one', ' one'], expires_in: 300 }],
    ['an option that is too long', { options: ['x'.repeat(51), 'one'], expires_in: 300 }],
    ['one letter of endless accents', { options: [`e${'\u0301'.repeat(2000)}`, 'one'], expires_in: 300 }],
    ['no end', { options: ['one', 'two'] }],
    ['an end too soon', { options: ['one', 'two'], expires_in: 299 }],
    ['an end too far', { options: ['one', 'two'], expires_in: 2_629_747 }],
    ['no options', { expires_in: 300 }],
  ])('%s is refused', async (_name, poll) => {
    const before = await town.ctx.db.selectFrom('statuses').select('id').execute()
    const answer = await ask(poll)
    expect(answer.status).toBe(422)
    expect(answer.body.error).toMatch(/^Validation failed: /)
    expect(await town.ctx.db.selectFrom('statuses').select('id').execute()).toEqual(before)
  })

  test('a poll stands for no words, and fifty faces are fifty characters', async () => {
    expect((await ask(months, { status: '' })).status).toBe(422)
    const faces = '👩‍👩‍👧‍👦'.repeat(50)
    expect((await asked({ options: [faces, 'one'], expires_in: 300 })).poll.options[0].title).toBe(faces)
  })
})

describe('voting', () => {
  test('counts once, and shows what one chose', async () => {
    const { poll } = await asked(months)
    const answer = await vote(reader, poll.id, [1])
    expect(answer.body).toMatchObject({ voted: true, own_votes: [1], votes_count: 1, voters_count: 1 })
    expect(counts(answer.body)).toEqual([0, 1, 0])
    expect(await vote(reader, poll.id, [2])).toMatchObject({ status: 422 })
    const post = (await town.call('GET', `/api/v1/statuses/${poll.id}`, { token: reader.token })).body
    expect(post.poll).toEqual(answer.body)
  })

  test('several choices, at once and later, are one voter', async () => {
    const { poll } = await asked({ ...months, multiple: true })
    expect((await vote(reader, poll.id, ['0', 2, 2])).body).toMatchObject({
      own_votes: [0, 2],
      votes_count: 2,
      voters_count: 1,
    })
    expect((await vote(reader, poll.id, [1])).body).toMatchObject({
      own_votes: [0, 1, 2],
      votes_count: 3,
      voters_count: 1,
    })
    expect(await vote(reader, poll.id, [1])).toMatchObject({ status: 422 })
    const form = { token: stranger.token, form: 'choices[]=0' }
    const other = await town.call('POST', `/api/v1/polls/${poll.id}/votes`, form)
    expect(counts(other.body)).toEqual([2, 1, 1])
    expect(other.body.voters_count).toBe(2)
  })

  test('hidden counts are hidden from everybody until the end', async () => {
    const { poll } = await asked({ ...months, hide_totals: true })
    expect(counts((await vote(reader, poll.id, [0])).body)).toEqual([null, null, null])
    expect(counts((await show(poll.id, author)).body)).toEqual([null, null, null])
    town.clock.advance(DAY * 1000)
    expect(counts((await show(poll.id)).body)).toEqual([1, 0, 0])
  })

  test.each([
    ['no choice', 400, []],
    ['an option that is not there', 422, [3]],
    ['a place below the first', 422, [-1]],
    ['two where one may be chosen', 422, [0, 1]],
    ['words', 422, ['May']],
  ])('%s is refused with %i', async (_name, status, choices) => {
    const { poll } = await asked(months)
    const answer = await vote(reader, poll.id, choices)
    expect(answer.status).toBe(status)
    expect(typeof answer.body.error).toBe('string')
    expect((await show(poll.id)).body.votes_count).toBe(0)
  })

  test('not in one’s own, not in one that is over, not without the scope', async () => {
    const { poll } = await asked({ ...months, expires_in: 300 })
    expect((await vote(author, poll.id, [0])).status).toBe(422)
    expect((await vote(await town.person('looker', 'read'), poll.id, [0])).status).toBe(403)
    expect((await town.call('POST', `/api/v1/polls/${poll.id}/votes`, { json: { choices: [0] } })).status).toBe(401)
    town.clock.advance(300_000)
    expect((await vote(reader, poll.id, [0])).status).toBe(422)
    expect((await show(poll.id)).body).toMatchObject({ expired: true, votes_count: 0 })
  })

  test('a post that asks nothing is no poll', async () => {
    const post = await asked({})
    expect((await show(post.id, reader)).status).toBe(404)
    expect((await vote(reader, post.id, [0])).status).toBe(404)
  })

  test.each([
    ['public', { reader: 200, stranger: 200, nobody: 200 }],
    ['unlisted', { reader: 200, stranger: 200, nobody: 200 }],
    ['private', { reader: 200, stranger: 404, nobody: 404 }],
    ['direct', { reader: 404, stranger: 404, nobody: 404 }],
  ])('a %s one is there for whoever may see its post', async (visibility, expected) => {
    const { poll } = await asked(months, { visibility })
    expect((await show(poll.id, reader)).status).toBe(expected.reader)
    expect((await show(poll.id, stranger)).status).toBe(expected.stranger)
    expect((await show(poll.id)).status).toBe(expected.nobody)
    expect((await vote(stranger, poll.id, [0])).status).toBe(expected.stranger)
    const named = await asked(months, { status: '@stranger which?', visibility })
    expect((await vote(stranger, named.poll.id, [0])).status).toBe(200)
  })

  test('whoever is blocked by its author sees none of it', async () => {
    const { poll } = await asked(months)
    const blocked = await town.person('blocked')
    await town.call('POST', `/api/v1/accounts/${blocked.accountId}/block`, { token: author.token })
    expect((await show(poll.id, blocked)).status).toBe(404)
    expect((await vote(blocked, poll.id, [0])).status).toBe(404)
  })

  test('a crowd that presses many times at once leaves counts that equal a recount', async () => {
    const crowd = await Promise.all(Array.from({ length: 5 }, (_, index) => town.person(`crowd_${index}`)))
    const { poll } = await asked({ ...months, multiple: true })
    const presses = crowd.flatMap((who, index) =>
      [[0], [0, 1], [1], [index % 3], [2]].map((choices) => vote(who, poll.id, choices)),
    )
    const answers = await Promise.all(presses)
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200, 422]))
    const rows = await town.ctx.db
      .selectFrom('poll_votes')
      .select(['account_id', 'choice'])
      .where('status_id', '=', poll.id)
      .execute()
    const after = (await show(poll.id)).body
    expect(counts(after)).toEqual([0, 1, 2].map((place) => rows.filter((row) => row.choice === place).length))
    expect(after).toMatchObject({ votes_count: rows.length, voters_count: 5 })
  })
})

describe('boosts, lists and pages', () => {
  test('a boost shows the poll of what it boosts, with the reader’s votes', async () => {
    const post = await asked(months)
    await vote(stranger, post.poll.id, [2])
    const boost = (await town.call('POST', `/api/v1/statuses/${post.id}/reblog`, { token: stranger.token })).body
    expect(boost.poll).toMatchObject({ id: post.poll.id, own_votes: [2] })
    expect(boost.reblog.poll).toEqual(boost.poll)
  })

  test('polls cost a page one statement, however many there are', async () => {
    const cost = (limit: number) =>
      town.countStatements(() => town.call('GET', `/api/v1/timelines/public?limit=${limit}`, { token: reader.token }))
    await cost(1)
    expect(await cost(15)).toBe(await cost(2))
  })
})

describe('editing', () => {
  test('the same question again keeps the votes and is no edit', async () => {
    const { poll } = await asked(months)
    await vote(reader, poll.id, [0])
    const answer = await edit(poll.id, { poll: { options: months.options } })
    expect(answer.body).toMatchObject({ edited_at: null, poll: { votes_count: 1, expires_at: poll.expires_at } })
  })

  test.each([
    ['other options', { options: ['May', 'April', 'June'], expires_in: DAY }],
    ['another number of choices', { ...months, multiple: true }],
  ])('%s take all votes along', async (_name, change) => {
    const { poll } = await asked(months)
    await vote(reader, poll.id, [0])
    const answer = await edit(poll.id, { poll: change })
    expect(answer.body.edited_at).not.toBeNull()
    expect(answer.body.poll).toMatchObject({ votes_count: 0, voters_count: 0 })
    expect((await show(poll.id, reader)).body).toMatchObject({ voted: false, own_votes: [] })
    expect((await vote(reader, poll.id, [1])).body).toMatchObject({ votes_count: 1 })
  })

  test('another end keeps them, and opens what was over', async () => {
    const { poll } = await asked({ ...months, expires_in: 300 })
    await vote(reader, poll.id, [0])
    await runLater(300_000)
    expect((await show(poll.id)).body.expired).toBe(true)
    const answer = await edit(poll.id, { poll: { ...months, expires_in: 600 } })
    expect(answer.body.poll).toMatchObject({ expired: false, votes_count: 1 })
    expect((await vote(stranger, poll.id, [0])).status).toBe(200)
  })

  test('leaving it out takes it away; the history says what could be chosen', async () => {
    const post = await asked(months)
    await vote(reader, post.poll.id, [0])
    expect((await edit(post.id, {})).body.poll).toBeNull()
    expect((await show(post.poll.id)).status).toBe(404)
    const votes = await town.ctx.db.selectFrom('poll_votes').select('choice').where('status_id', '=', post.id).execute()
    expect(votes).toEqual([])
    expect((await edit(post.id, { poll: { options: ['yes', 'no'], expires_in: 300 } })).body.poll.votes_count).toBe(0)
    const history = (await town.call('GET', `/api/v1/statuses/${post.id}/history`)).body
    expect(history.map((one: { poll?: unknown }) => one.poll)).toEqual([
      { options: months.options.map((title) => ({ title })) },
      undefined,
      { options: [{ title: 'yes' }, { title: 'no' }] },
    ])
  })

  test('a poll that cannot be leaves everything as it was', async () => {
    const { poll } = await asked(months)
    await vote(reader, poll.id, [0])
    expect((await edit(poll.id, { status: 'x', poll: { options: ['one'] } })).status).toBe(422)
    expect((await show(poll.id)).body.votes_count).toBe(1)
  })

  test('an unedited post has its poll in its one version', async () => {
    const post = await asked(months)
    const [only] = (await town.call('GET', `/api/v1/statuses/${post.id}/history`)).body
    expect(only.poll.options).toHaveLength(3)
  })

  test('deleting gives the poll back, to ask anew', async () => {
    const post = await asked(months)
    await vote(reader, post.poll.id, [0])
    const gone = (await town.call('DELETE', `/api/v1/statuses/${post.id}`, { token: author.token })).body
    expect(gone).toMatchObject({ text: 'Best month?', poll: { options: [{ title: 'April' }, {}, {}] } })
    for (const table of ['polls', 'poll_votes'] as const)
      expect(
        await town.ctx.db.selectFrom(table).select('status_id').where('status_id', '=', post.id).execute(),
      ).toEqual([])
  })
})

describe('what is told', () => {
  const told = async (who: Person) =>
    (await town.call('GET', '/api/v1/notifications?types[]=poll', { token: who.token })).body as Answer['body'][]

  test('the end, once, to who asked and to who voted, and to nobody else', async () => {
    const { poll } = await asked({ ...months, expires_in: 300 })
    await vote(reader, poll.id, [0])
    await vote(stranger, poll.id, [1])
    const idle = await town.person('idle')
    await runLater(300_000)
    await runLater(1000)
    for (const who of [author, reader, stranger]) {
      const about = (await told(who)).filter((one) => one.status.id === poll.id)
      expect(about).toMatchObject([
        { type: 'poll', account: { id: author.accountId }, status: { poll: { expired: true } } },
      ])
    }
    expect(await told(idle)).toEqual([])
    const job = (
      await sql<{ open: number }>`select count(*)::int as open from jobs where kind = 'polls.close'
      and payload->>'statusId' = ${poll.id}`.execute(town.ctx.db)
    ).rows[0]
    expect(job?.open).toBe(0)
  })

  test('an end that was moved is told when it comes', async () => {
    const { poll } = await asked({ ...months, expires_in: 300 })
    await vote(reader, poll.id, [0])
    await edit(poll.id, { poll: { ...months, expires_in: 6000 } })
    await runLater(300_000)
    expect((await told(reader)).filter((one) => one.status.id === poll.id)).toEqual([])
    await runLater(5_700_000)
    expect((await told(reader)).filter((one) => one.status.id === poll.id)).toHaveLength(1)
  })

  test('new counts are streamed a while after, together', async () => {
    const { poll } = await asked(months)
    await town.settled()
    await using listener = await dial(town.streaming, { token: reader.token, query: '?stream=user' })
    await vote(reader, poll.id, [0])
    await vote(stranger, poll.id, [0])
    await runLater(180_000)
    const heard = await listener.hear('status.update')
    expect(heard).toMatchObject({ id: poll.id, poll: { votes_count: 2, own_votes: [0] } })
    expect(listener.heard.filter((one) => one.event === 'status.update')).toHaveLength(1)
  })
})

test('who leaves takes votes and questions along, and the counts are right', async () => {
  const leaver = await town.person('leaver')
  const { poll } = await asked({ ...months, multiple: true })
  await vote(leaver, poll.id, [0, 1])
  await vote(reader, poll.id, [1])
  const own = await town.call('POST', '/api/v1/statuses', {
    token: leaver.token,
    json: { status: 'Mine?', poll: months },
  })
  await vote(reader, own.body.id, [0])
  const room = rooms.find((one) => one.name === 'polls')
  const taken = typeof room?.takeout === 'function' ? await room.takeout(town.ctx, leaver.accountId) : {}
  expect(taken).toMatchObject({ polls: [{ status_id: own.body.id }], votes: [{ choice: 0 }, { choice: 1 }] })
  await transact(town.ctx, async (tx) => {
    for (const one of rooms) if (typeof one.erase === 'function') await one.erase(tx, leaver.accountId)
  })
  expect((await show(poll.id, author)).body).toMatchObject({ votes_count: 1, voters_count: 1 })
  expect(counts((await show(poll.id)).body)).toEqual([0, 1, 0])
  expect(
    await town.ctx.db.selectFrom('polls').select('status_id').where('status_id', '=', own.body.id).execute(),
  ).toEqual([])
})

test('nothing failed on the way', () => {
  expect(town.log.filter((line) => line.includes('"error"'))).toEqual([])
})
