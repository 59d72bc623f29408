import type { Bulk, Queue, QueueItem } from '@hamlet/contract/moderation'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { requireRoleId } from '#features/roles'
import { transact } from '#platform/context'
import { enqueue } from '#platform/jobs'
import { readMails } from '#test/mail'
import { startTown, type Person, type TestTown } from '#test/test-town'
import { runBulk } from './bulk/run-bulk.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

/** 50 reports in every run, 500 with HAMLET_TEST_MATRIX=all: many reporters, many accounts, one wave. */
const IS_WHOLE = process.env.HAMLET_TEST_MATRIX === 'all'
const [SPAMMERS, REPORTERS, EACH] = IS_WHOLE ? [100, 20, 5] : [10, 8, 5]
const UNRELATED = 10
const MOST_PRESSES = 10

let town: TestTown
let pia: Person
let oda: Person
let spammers: Person[]
let reporters: Person[]
let bystanders: Person[]

const call = (who: Person, method: string, path: string, json?: unknown) =>
  town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
const people = async (name: string, count: number): Promise<Person[]> => {
  const made: Person[] = []
  // oxlint-disable-next-line no-await-in-loop -- names in order
  for (let index = 0; index < count; index += 1) made.push(await town.person(`${name}${index}`))
  return made
}
const makeModerator = async (who: Person, role: 'moderator' | 'owner') =>
  town.ctx.db
    .updateTable('users')
    .set({ role_id: requireRoleId(role) })
    .where('id', '=', who.userId)
    .execute()

/** Words that differ in what spammers change: numbers, names, signs; and where they lead. */
const lures = [
  (n: number) => `Dear friend ${n}, double your coins in an hour!! https://cheap-coins.example/${n}`,
  (n: number) => `DOUBLE your coins, in an hour, dear friend… https://cheap-coins.example/x?${n}`,
  (n: number) => `Win big tonight, number ${n} https://cheap-coins.example/win/${n}`,
]

async function say(who: Person, status: string): Promise<string> {
  return (await call(who, 'POST', '/api/v1/statuses', { status })).body.id
}

beforeAll(async () => {
  town = await startTown()
  const scopes = 'read write admin:read admin:write'
  ;[pia, oda] = [await town.person('pia', scopes), await town.person('oda', scopes)]
  await makeModerator(pia, 'moderator')
  await makeModerator(oda, 'moderator')
  spammers = await people('vx_trade_', SPAMMERS)
  reporters = await people('reader_', REPORTERS)
  bystanders = await people('bystander_', UNRELATED)
  for (const [index, one] of spammers.entries()) {
    const post = await say(one, lures[index % lures.length]!(index * 7919))
    for (let nth = 0; nth < EACH; nth += 1) {
      const reporter = reporters[(index + nth) % REPORTERS]!
      const json = { account_id: one.accountId, status_ids: [post], category: 'spam' }
      // oxlint-disable-next-line no-await-in-loop -- as they come
      expect((await call(reporter, 'POST', '/api/v1/reports', json)).status).toBe(200)
    }
  }
  for (const [index, one] of bystanders.entries()) {
    const post = await say(
      one,
      `${['Rain', 'Tea', 'Boats', 'Bread', 'Wool'][index % 5]} is all I think of, day ${index}, truly and ${'so '.repeat(index)}`,
    )
    const json = { account_id: one.accountId, status_ids: [post], comment: `I do not like it ${index}` }
    await call(reporters[index % REPORTERS]!, 'POST', '/api/v1/reports', json)
  }
  await town.settled()
})
afterAll(() => town[Symbol.asyncDispose]())

const queue = async (who = pia, query = '') =>
  (await call(who, 'GET', `/api/web/moderation/queue${query}`)).body as Queue
const openAbout = async (who: Person[]) => {
  const ids = who.map((one) => one.accountId)
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from reports where resolved_at is null and target_account_id = any(${ids}::bigint[])`.execute(
    town.ctx.db,
  )
  return rows[0]?.n
}
const begin = (who: Person, body: Record<string, unknown>) => call(who, 'POST', '/api/web/moderation/bulk', body)

describe('before anything is decided', () => {
  test('the wave is a handful of groups, at the top; whatever stands alone is alone', async () => {
    const shown = await queue()
    const waves = shown.groups.filter((group) => group.accounts > 1)
    expect(waves.length).toBeLessThanOrEqual(4)
    expect(shown.groups.slice(0, waves.length)).toEqual(waves)
    expect(waves.reduce((sum, group) => sum + group.accounts, 0)).toBe(SPAMMERS)
    expect(waves[0]).toMatchObject({ kind: 'link', value: 'cheap-coins.example', items: [{ severity: 3 }, {}, {}] })
    expect(waves[0]?.items[0]?.because).toContain('wave')
    expect(shown).toMatchObject({ open: SPAMMERS * EACH + UNRELATED, mine: 0 })
    const alone = shown.groups.filter((group) => group.accounts === 1)
    expect(alone).toHaveLength(UNRELATED)
    expect(alone.every((group) => group.kind === 'account' && group.items[0]?.severity === 1)).toBe(true)
  })

  test('in as many statements as a queue of one', async () => {
    const cost = (query: string) => town.countStatements(() => call(pia, 'GET', `/api/web/moderation/queue${query}`))
    await cost('')
    expect(await cost('')).toBe(await cost('?level=1'))
    const [wave] = (await queue()).groups
    const group = `/api/web/moderation/queue/group?key=${encodeURIComponent(wave?.key ?? '')}`
    const whole = await town.countStatements(() => call(pia, 'GET', group))
    const last = await town.countStatements(() => call(pia, 'GET', `${group}&offset=${SPAMMERS - 1}`))
    expect(whole).toBe(last)
    expect(((await call(pia, 'GET', group)).body as QueueItem[]).length).toBe(Math.min(SPAMMERS, 50))
  })

  test('it is narrowed by what the address says, and such views are kept under a name', async () => {
    expect((await queue(pia, '?category=spam')).groups.every((group) => group.accounts > 1)).toBe(true)
    expect((await queue(pia, '?origin=remote')).groups).toEqual([])
    expect((await queue(pia, '?host=nowhere.test')).groups).toEqual([])
    expect((await queue(pia, '?level=1')).groups).toHaveLength(UNRELATED)
    const save = (name: string, query: string) => call(pia, 'POST', '/api/web/moderation/views', { name, query })
    expect((await save('Calm', 'level=1')).status).toBe(200)
    expect((await save('Calm', 'level=1&holder=nobody')).status).toBe(200)
    expect((await save(' ', 'level=1')).status).toBe(422)
    const [view, ...more] = (await queue()).views
    expect(view).toMatchObject({ name: 'Calm', query: 'level=1&holder=nobody' })
    expect(more).toEqual([])
    expect((await queue(oda)).views).toEqual([])
    expect((await call(oda, 'DELETE', `/api/web/moderation/views/${view?.id}`)).status).toBe(404)
    expect((await call(pia, 'DELETE', `/api/web/moderation/views/${view?.id}`)).status).toBe(200)
    for (const bad of ['?level=9', '?category=mood', '?holder=x'])
      expect((await call(pia, 'GET', `/api/web/moderation/queue${bad}`)).status).toBe(422)
    for (const odd of ['?after=x.y.z', '?after=1.2', `?after=${'9'.repeat(90)}`])
      expect((await queue(pia, odd)).groups.length).toBeGreaterThan(0)
  })

  test('several are taken on at once, and left again', async () => {
    const accounts = bystanders.slice(0, 3).map((one) => one.accountId)
    const { until } = await queue()
    const assign = (verb: string) => call(pia, 'POST', `/api/web/moderation/queue/${verb}`, { accounts, until })
    expect((await assign('assign')).body).toEqual({ accounts: 3 })
    expect((await assign('assign')).body).toEqual({ accounts: 0 })
    expect(await queue(pia, '?holder=me')).toMatchObject({ mine: 3, groups: [{}, {}, {}] })
    expect((await queue(pia, '?holder=me')).groups[0]?.items[0]?.assigned?.id).toBe(pia.accountId)
    expect((await queue(oda, '?holder=others')).groups).toHaveLength(3)
    expect((await assign('unassign')).body).toEqual({ accounts: 3 })
    expect((await queue(pia, '?holder=me')).groups).toEqual([])
  })
})

describe('the wave', () => {
  test(`of ${SPAMMERS * EACH} reports about ${SPAMMERS} accounts is decided in ${MOST_PRESSES} presses at most; nothing else is touched`, async () => {
    let presses = 1
    const shown = await queue()
    for (const [index, group] of shown.groups.filter((one) => one.accounts > 1).entries()) {
      presses += 2 // the group is chosen, the decision is pressed
      const body = {
        groups: [group.key],
        until: shown.until,
        key: `press-number-${index}`,
        decision: 'suspend',
        text: 'Spam.',
      }
      // Pressed twice, and by a colleague in the same moment.
      const answers = await Promise.all([begin(pia, body), begin(pia, body), begin(oda, body)])
      expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200])
      expect(answers[0]?.body.id).toBe(answers[1]?.body.id)
      await town.settled()
      const states = await Promise.all(
        [
          [pia, answers[0]],
          [oda, answers[2]],
        ].map(
          async ([who, answer]) =>
            (await call(who as Person, 'GET', `/api/web/moderation/bulk/${(answer as { body: Bulk }).body.id}`))
              .body as Bulk,
        ),
      )
      for (const state of states) {
        expect(state).toMatchObject({ failed: [], total: group.accounts })
        expect(state.done + state.already).toBe(group.accounts)
        expect(state.finished_at).not.toBeNull()
      }
      expect(states[0]!.done + states[1]!.done, 'each was decided once').toBe(group.accounts)
    }
    expect(presses).toBeLessThanOrEqual(MOST_PRESSES)
    expect(await openAbout(spammers)).toBe(0)
    expect(await openAbout(bystanders)).toBe(UNRELATED)
    const strikes = await town.ctx.db.selectFrom('strikes').select('target_account_id').execute()
    expect(strikes).toHaveLength(SPAMMERS)
    expect((await call(reporters[0]!, 'GET', `/api/v1/accounts/${spammers[0]!.accountId}`)).body.suspended).toBe(true)
  })

  test('each reporter got a letter about all of it, not one for each report', () => {
    for (const one of reporters) {
      const letters = readMails(town, `${one.username}@example.org`).length
      // Two of the team decided in the same moment: whoever was ready first told of their part.
      expect([1, 2]).toContain(letters)
    }
  })
})

describe('many at once', () => {
  test('what cannot be decided says why, and the others go on; what came after is not decided unseen', async () => {
    const [troublemaker, latecomer] = [await town.person('troublemaker'), await town.person('latecomer')]
    const file = (about: Person, comment: string) =>
      call(reporters[0]!, 'POST', '/api/v1/reports', { account_id: about.accountId, comment })
    await file(oda, 'of the team')
    await file(troublemaker, 'rude')
    const { until } = await queue()
    await file(latecomer, 'came later')
    const accounts = [oda, troublemaker, latecomer].map((one) => one.accountId)
    const begun = await begin(pia, { accounts, until, key: 'partial-failure', decision: 'limit' })
    expect(begun.body).toMatchObject({ total: 2 })
    await town.settled()
    const ended = (await call(pia, 'GET', `/api/web/moderation/bulk/${begun.body.id}`)).body
    expect(ended).toMatchObject({ done: 1, already: 0, failed: [{ target: { acct: 'oda' } }] })
    expect(ended.failed[0].why).toContain('of the team')
    expect(await openAbout([latecomer])).toBe(1)
    expect((await call(oda, 'GET', `/api/web/moderation/bulk/${begun.body.id}`)).status).toBe(404)
  })

  test('interrupted in the middle it goes on where it was, and is done once', async () => {
    const some = await people('again', 3)
    for (const one of some)
      await call(reporters[1]!, 'POST', '/api/v1/reports', { account_id: one.accountId, comment: 'again' })
    const { until } = await queue()
    const accounts = some.map((one) => one.accountId)
    const begun = await begin(pia, { accounts, until, key: 'interrupted-run', decision: 'warn', text: 'No.' })
    await town.settled()
    // The machine stopped after the first: its mark and its decision are one transaction, so the rest waits.
    await sql`update bulk_decisions set finished_at = null where id = ${begun.body.id}`.execute(town.ctx.db)
    await transact(town.ctx, (tx) => enqueue(tx, runBulk, { bulkId: begun.body.id, userId: pia.userId }))
    await town.settled()
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from strikes where target_account_id = any(${accounts}::bigint[])`.execute(town.ctx.db)
    expect(rows).toEqual([{ n: 3 }])
  })

  test.each([
    ['nobody', { accounts: [], decision: 'none' }, 422],
    ['no decision', { accounts: ['1'] }, 400],
    ['an unknown decision', { accounts: ['1'], decision: 'shout' }, 422],
    ['ids that are none', { accounts: ['x', '9'.repeat(40)], decision: 'none' }, 422],
    ['a short key', { accounts: ['1'], decision: 'none', key: 'x' }, 422],
    ['groups that are none', { groups: ["link:' or 1=1", 'text:'], decision: 'none' }, 422],
    ['no bound', { accounts: ['1'], decision: 'none', until: 'x' }, 422],
  ])('%s chosen is refused', async (_name, body, status) => {
    expect((await begin(pia, { until: '1', key: 'bad-input-key', ...body })).status).toBe(status)
  })
})
