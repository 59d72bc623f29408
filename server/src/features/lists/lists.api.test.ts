import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lists } from '#features/lists'
import { transact } from '#platform/context'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let ines: Person
let bram: Person
let noa: Person
beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines')
  bram = await town.person('bram')
  noa = await town.person('noa')
  await follow(ines, bram)
})
afterAll(() => town[Symbol.asyncDispose]())

const act = (who: Person, path: string, json: Record<string, unknown> = {}, method = 'POST') =>
  town.call(method, `/api/v1/${path}`, { token: who.token, json })
const get = (who: Person, path: string) => town.call('GET', `/api/v1/${path}`, { token: who.token })
const follow = (who: Person, whom: Person) => act(who, `accounts/${whom.accountId}/follow`)
const make = async (who: Person, json: Record<string, unknown> = {}) =>
  (await act(who, 'lists', { title: 'Rowers', ...json })).body as { id: string; title: string }
const add = (who: Person, list: { id: string }, ...people: Person[]) =>
  act(who, `lists/${list.id}/accounts`, { account_ids: people.map((person) => person.accountId) })
const membersOf = async (who: Person, list: { id: string }) =>
  ((await get(who, `lists/${list.id}/accounts`)).body as { id: string }[]).map((account) => account.id)

describe('a list', () => {
  test('is made, shown, changed and deleted', async () => {
    const made = await act(ines, 'lists', { title: '  On the water ' })
    expect(made.body).toEqual({
      id: expect.stringMatching(/^\d+$/),
      title: 'On the water',
      replies_policy: 'list',
      exclusive: false,
    })
    const changed = await act(ines, `lists/${made.body.id}`, { replies_policy: 'none', exclusive: true }, 'PUT')
    expect(changed.body).toEqual({ ...made.body, replies_policy: 'none', exclusive: true })
    expect((await get(ines, `lists/${made.body.id}`)).body).toEqual(changed.body)
    expect((await get(ines, 'lists')).body).toContainEqual(changed.body)
    const gone = await act(ines, `lists/${made.body.id}`, {}, 'DELETE')
    expect([gone.status, gone.body]).toEqual([200, {}])
    expect((await get(ines, `lists/${made.body.id}`)).status).toBe(404)
  })

  test('says what is wrong in the words apps show', async () => {
    const no = async (json: Record<string, unknown>) => {
      const { status, body } = await act(ines, 'lists', json)
      return [status, body.error]
    }
    expect(await no({})).toEqual([422, "Validation failed: Title can't be blank"])
    expect(await no({ title: ' ' })).toEqual([422, "Validation failed: Title can't be blank"])
    expect(await no({ title: 'x'.repeat(257) })).toEqual([
      422,
      'Validation failed: Title is too long (maximum is 256 characters)',
    ])
    expect(await no({ title: 'x', replies_policy: 'all' })).toEqual([422, "'all' is not a valid replies_policy"])
    expect((await act(ines, 'lists', { title: '🚣'.repeat(256) })).status).toBe(200)
  })

  test('is nobody else’s to see, change or fill', async () => {
    const list = await make(ines)
    await add(ines, list, bram)
    for (const [method, path] of [
      ['GET', `lists/${list.id}`],
      ['PUT', `lists/${list.id}`],
      ['DELETE', `lists/${list.id}`],
      ['GET', `lists/${list.id}/accounts`],
      ['POST', `lists/${list.id}/accounts`],
      ['DELETE', `lists/${list.id}/accounts`],
      ['GET', `timelines/list/${list.id}`],
    ] as const) {
      const json = method === 'GET' ? {} : { json: { title: 'mine', account_ids: [bram.accountId] } }
      const answer = await town.call(method, `/api/v1/${path}`, { token: noa.token, ...json })
      expect([answer.status, answer.body], `${method} ${path}`).toEqual([404, { error: 'Record not found' }])
    }
    expect((await get(noa, `accounts/${bram.accountId}/lists`)).body).toEqual([])
    expect(await membersOf(ines, list)).toEqual([bram.accountId])
  })

  test('is one of fifty at most, however many are made at once', async () => {
    const keen = await town.person('keen')
    const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => act(keen, 'lists', { title: `list ${n}` })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(50)
    const refused = answers.find(({ status }) => status === 422)
    expect(refused?.body).toEqual({ error: 'Validation failed: You have reached the maximum number of lists' })
    expect((await get(keen, 'lists')).body).toHaveLength(50)
  })
})

describe('members', () => {
  test('are people one follows, asked to follow, or oneself', async () => {
    const [shy, stranger] = [await town.person('shy'), await town.person('stranger')]
    await act(shy, 'accounts/update_credentials', { locked: true }, 'PATCH')
    await follow(ines, shy)
    const list = await make(ines)
    expect((await add(ines, list, bram, shy, ines)).body).toEqual({})
    expect((await membersOf(ines, list)).toSorted()).toEqual([bram.accountId, shy.accountId, ines.accountId].toSorted())
    const no = await add(ines, list, stranger)
    expect([no.status, no.body.error]).toEqual([422, 'Validation failed: Account must be a followed account'])
    expect(await act(ines, `lists/${list.id}/accounts`, { account_ids: ['1'] })).toMatchObject({ status: 404 })
    const twice = await add(ines, list, bram)
    expect([twice.status, twice.body.error]).toEqual([422, 'Validation failed: Account has already been taken'])
  })

  test('come all or not at all', async () => {
    const [friend, stranger] = [await town.person('friend'), await town.person('nobody')]
    await follow(ines, friend)
    const list = await make(ines)
    for (const other of [stranger, bram]) {
      if (other === bram) await add(ines, list, bram)
      expect((await add(ines, list, friend, other)).status).toBe(422)
      expect(await membersOf(ines, list)).not.toContain(friend.accountId)
    }
  })

  test('are read in pages that meet, or all at once', async () => {
    const owner = await town.person('collector')
    const many = await Promise.all(Array.from({ length: 5 }, (_, n) => town.person(`member_${n}`)))
    for (const one of many) await follow(owner, one)
    const list = await make(owner)
    for (const one of many) await add(owner, list, one)
    const path = `/api/v1/lists/${list.id}/accounts`
    const first = await town.call('GET', `${path}?limit=2`, { token: owner.token })
    const next = /max_id=(\d+)/.exec(first.headers.get('link') ?? '')?.[1]
    const rest = await town.call('GET', `${path}?limit=40&max_id=${next}`, { token: owner.token })
    expect([...first.body, ...rest.body].map((one: { id: string }) => one.id)).toEqual(
      many.map((one) => one.accountId).toReversed(),
    )
    expect(rest.headers.get('link')).not.toContain('rel="next"')
    const whole = await town.call('GET', `${path}?limit=0`, { token: owner.token })
    expect(whole.body).toHaveLength(5)
    expect(whole.headers.get('link')).toBeNull()
    const cost = (limit: number) =>
      town.countStatements(() => town.call('GET', `${path}?limit=${limit}`, { token: owner.token }))
    expect(await cost(5)).toBe(await cost(1))
  })

  test('are taken out by ids in the body or in the address', async () => {
    const list = await make(ines)
    await add(ines, list, bram, ines)
    await act(ines, `lists/${list.id}/accounts`, { account_ids: [bram.accountId, '5'] }, 'DELETE')
    expect(await membersOf(ines, list)).toEqual([ines.accountId])
    const query = `account_ids[]=${ines.accountId}`
    const gone = await town.call('DELETE', `/api/v1/lists/${list.id}/accounts?${query}`, { token: ines.token })
    expect([gone.status, gone.body]).toEqual([200, {}])
    expect(await membersOf(ines, list)).toEqual([])
  })

  test('are found from the account', async () => {
    const list = await make(noa)
    expect((await add(noa, list, bram)).status).toBe(422)
    await follow(noa, bram)
    await add(noa, list, bram)
    expect((await get(noa, `accounts/${bram.accountId}/lists`)).body.map((one: { id: string }) => one.id)).toEqual([
      list.id,
    ])
    expect((await get(noa, 'accounts/5/lists')).status).toBe(404)
  })

  test.each(['unfollow', 'block'])('leave by %s, and are not back when followed again', async (verb) => {
    const [owner, member] = [await town.person(`o_${verb}`), await town.person(`m_${verb}`)]
    await follow(owner, member)
    const list = await make(owner)
    await add(owner, list, member)
    await act(owner, `accounts/${member.accountId}/${verb}`)
    expect(await membersOf(owner, list)).toEqual([])
    if (verb === 'block') await act(owner, `accounts/${member.accountId}/unblock`)
    await follow(owner, member)
    expect((await get(owner, `accounts/${member.accountId}/lists`)).body).toEqual([])
    expect((await add(owner, list, member)).status).toBe(200)
    await town.settled()
    expect(await membersOf(owner, list)).toEqual([member.accountId])
    const rows = await town.ctx.db.selectFrom('list_accounts').select('id').where('list_id', '=', list.id).execute()
    expect(rows).toHaveLength(1)
  })
})

test('what a person takes along names lists and members; erasing takes both sides', async () => {
  const [owner, member] = [await town.person('leaver'), await town.person('stays')]
  await follow(owner, member)
  await follow(member, owner)
  const list = await make(owner, { exclusive: true })
  await add(owner, list, member)
  const theirs = await make(member)
  await add(member, theirs, owner)
  const { takeout, erase } = lists
  if (typeof takeout !== 'function' || typeof erase !== 'function') throw new Error('the room keeps both hooks')
  expect(await takeout(town.ctx, owner.accountId)).toEqual({
    lists: [
      { title: 'Rowers', replies_policy: 'list', exclusive: true, members: [expect.stringContaining(`/users/`)] },
    ],
  })
  await transact(town.ctx, (tx) => erase(tx, owner.accountId))
  expect((await get(owner, 'lists')).body).toEqual([])
  expect(await membersOf(member, theirs)).toEqual([])
})

test('a list that is filled and deleted at once is gone, with nothing left of it', async () => {
  const owner = await town.person('hasty')
  await follow(owner, bram)
  for (let round = 0; round < 5; round += 1) {
    const list = await make(owner)
    const answers = await Promise.all([
      add(owner, list, bram),
      act(owner, `lists/${list.id}`, {}, 'DELETE'),
      act(owner, `lists/${list.id}`, { title: 'Sailors' }, 'PUT'),
    ])
    for (const { status } of answers) expect([200, 404]).toContain(status)
    expect(answers[1]?.status).toBe(200)
    expect((await get(owner, `lists/${list.id}`)).status).toBe(404)
  }
})
