import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTown, type Person, type TestTown } from '#test/test-town'

let here: TestTown
let there: TestTown
/** Asks, here. */
let ines: Person
/** Votes here. */
let pia: Person
/** Votes there. */
let bram: Person
beforeAll(async () => {
  here = await startTown({ isReachable: true })
  there = await startTown({ isReachable: true })
  ines = await here.person('ines')
  pia = await here.person('pia')
  bram = await there.person('bram')
})
afterAll(async () => {
  await here[Symbol.asyncDispose]()
  await there[Symbol.asyncDispose]()
})

async function settled(): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await here.settled()
    await there.settled()
  }
}

async function runLater(ms: number): Promise<void> {
  for (const town of [here, there]) {
    town.clock.advance(ms)
    await sql`update jobs set run_at = now() - interval '1 second' where kind like 'polls.%'`.execute(town.ctx.db)
  }
  await settled()
}

const get = async (town: TestTown, who: Person, path: string) =>
  (await town.call('GET', path, { token: who.token })).body
const post = async (town: TestTown, who: Person, path: string, json: Record<string, unknown> = {}) =>
  (await town.call('POST', path, { token: who.token, json })).body
const counts = (poll: { options: { votes_count: number | null }[] }) => poll.options.map((one) => one.votes_count)

test('a poll asked here is voted in there, counted in both towns, and its end is told to everybody', async () => {
  const handle = `@ines@${here.ctx.config.domain}`
  const found = await get(there, bram, `/api/v2/search?resolve=true&q=${encodeURIComponent(handle)}`)
  await post(there, bram, `/api/v1/accounts/${found.accounts[0].id}/follow`)
  await settled()
  const poll = { options: ['April', 'May', 'June'], expires_in: 3600, multiple: true }
  const asked = await post(here, ines, '/api/v1/statuses', { status: 'Best month?', poll })
  await settled()

  const [arrived] = await get(there, bram, '/api/v1/timelines/home')
  expect(arrived).toMatchObject({
    uri: asked.uri,
    poll: { multiple: true, expires_at: asked.poll.expires_at, voters_count: 0 },
  })
  await post(here, pia, `/api/v1/polls/${asked.poll.id}/votes`, { choices: [1] })
  const voted = await post(there, bram, `/api/v1/polls/${arrived.poll.id}/votes`, { choices: [1, 2] })
  expect(voted).toMatchObject({ own_votes: [1, 2], voters_count: 1 })
  await settled()

  const atHome = await get(here, ines, `/api/v1/polls/${asked.poll.id}`)
  expect(atHome).toMatchObject({ votes_count: 3, voters_count: 2 })
  expect((await get(here, ines, `/api/v1/statuses/${asked.id}`)).replies_count).toBe(0)
  await runLater(180_000)
  const afar = await get(there, bram, `/api/v1/polls/${arrived.poll.id}`)
  expect(afar).toMatchObject({ votes_count: 3, voters_count: 2, own_votes: [1, 2] })
  expect(counts(afar)).toEqual([0, 2, 1])

  await runLater(3_600_000)
  for (const [town, who] of [
    [here, ines],
    [here, pia],
    [there, bram],
  ] as const) {
    const told = await get(town, who, '/api/v1/notifications?types[]=poll')
    expect(told).toMatchObject([{ type: 'poll', account: { username: 'ines' }, status: { poll: { expired: true } } }])
    expect(counts(told[0].status.poll)).toEqual([0, 2, 1])
  }
})

test('what is asked anew forgets the votes in both towns', async () => {
  const poll = { options: ['April', 'May'], expires_in: 3600 }
  const asked = await post(here, ines, '/api/v1/statuses', { status: 'And now?', poll })
  await settled()
  const [arrived] = await get(there, bram, '/api/v1/timelines/home')
  await post(there, bram, `/api/v1/polls/${arrived.poll.id}/votes`, { choices: [0] })
  await settled()
  expect(counts(await get(here, ines, `/api/v1/polls/${asked.poll.id}`))).toEqual([1, 0])
  for (const town of [here, there]) town.clock.advance(60_000)
  const json = { status: 'And now?', poll: { options: ['Autumn', 'Winter'] } }
  await here.call('PUT', `/api/v1/statuses/${asked.id}`, { token: ines.token, json })
  for (const town of [here, there]) town.clock.advance(1000)
  await settled()
  const again = await get(there, bram, `/api/v1/polls/${arrived.poll.id}`)
  expect(again).toMatchObject({ voted: false, options: [{ title: 'Autumn', votes_count: 0 }, { title: 'Winter' }] })
  await post(there, bram, `/api/v1/polls/${arrived.poll.id}/votes`, { choices: [0] })
  await settled()
  expect(counts(await get(here, ines, `/api/v1/polls/${asked.poll.id}`))).toEqual([1, 0])
})
