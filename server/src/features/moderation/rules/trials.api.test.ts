import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requireRoleId } from '#features/roles'
import { startTown, type Person, type TestTown } from '#test/test-town'

const TRIALS = '/api/hamlet/v1/admin/rule_trials'

let town: TestTown
let oda: Person
let ines: Person
let bram: Person
beforeAll(async () => {
  town = await startTown()
  oda = await town.person('oda', 'read write admin:read admin:write')
  ines = await town.person('ines')
  bram = await town.person('bram')
  await town.ctx.db
    .updateTable('users')
    .set({ role_id: requireRoleId('moderator') })
    .where('id', '=', oda.userId)
    .execute()
})
afterAll(() => town[Symbol.asyncDispose]())

const ask = (who: Person, method: string, path: string, json?: unknown) =>
  town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
const rule = (conditions: unknown[]) => ({
  title: 'Coins',
  match: 'all',
  conditions,
  effects: [{ kind: 'reject' }],
  public_text: '',
  expires_at: null,
})
const coins = rule([{ kind: 'text', words: ['coins'], whole: true }])
async function tryOut(json: Record<string, unknown>) {
  const begun = (await ask(oda, 'POST', TRIALS, json)).body
  await town.settled()
  return (await ask(oda, 'GET', `${TRIALS}/${begun.id}`)).body
}
const post = async (who: Person, status: string, rest: Record<string, unknown> = {}): Promise<string> =>
  (await ask(who, 'POST', '/api/v1/statuses', { status, ...rest })).body.id

describe('a rule tried over past posts', () => {
  test('lists the likely mistakes first, counts, and changes nothing', async () => {
    const bad = await town.person('mallory')
    const spam = [await post(bad, 'coins one'), await post(bad, 'coins two')]
    await ask(ines, 'POST', '/api/v1/reports', { account_id: bad.accountId, comment: 'spam' })
    const careful = await post(ines, 'careful: coins are a fraud')
    const ofTeam = await post(oda, 'we take no coins')
    await sql`update accounts set created_at = '2020-01-01' where id = ${ines.accountId}`.execute(town.ctx.db)
    await post(bram, 'coins for friends', { visibility: 'private' })
    await post(bram, '@ines coins in private', { visibility: 'direct' })
    await post(bram, 'nothing')
    const before = await sql`select id, version, state from statuses order by id`.execute(town.ctx.db)
    const trial = await tryOut({ rule: coins })
    expect(trial).toMatchObject({ state: 'done', examined: 5, total: 5, hits: 4, innocent: 2, reported: 2, authors: 3 })
    const order = trial.examples.map((one: { status_id: string }) => one.status_id)
    expect(order).toEqual([ofTeam, careful, ...spam.toReversed()])
    expect(trial.examples[0]).toMatchObject({
      signs: ['team', 'never_reported'],
      looks_innocent: true,
      excerpt: 'we take no coins',
    })
    expect(trial.examples[1].signs).toEqual(['old_account', 'never_reported'])
    expect(trial.examples[2]).toMatchObject({ signs: [], looks_innocent: false })
    expect(trial.servers).toEqual([{ host: 'town.test', hits: 4 }])
    expect(trial.spread.reduce((sum: number, n: number) => sum + n, 0)).toBe(4)
    expect((await sql`select id, version, state from statuses order by id`.execute(town.ctx.db)).rows).toEqual(
      before.rows,
    )
    expect((await town.ctx.db.selectFrom('content_rule_hits').select('id').execute()).length).toBe(0)
    await ask(ines, 'DELETE', `/api/v1/statuses/${careful}`)
    const again = (await ask(oda, 'GET', `${TRIALS}/${trial.id}`)).body
    expect(again.examples).toHaveLength(3)
  })

  test('sees an account as it was when it wrote', async () => {
    const nils = await town.person('nils')
    const young = await post(nils, 'young words')
    town.clock.advance(10 * 24 * 3_600_000)
    await post(nils, 'old words')
    const found = await tryOut({
      rule: rule([
        { kind: 'younger', days: 3 },
        { kind: 'text', words: ['words'], whole: true },
      ]),
    })
    expect(found.examples.map((one: { status_id: string }) => one.status_id)).toEqual([young])
    const first = await tryOut({
      rule: rule([
        { kind: 'fewer_posts', posts: 1 },
        { kind: 'text', words: ['words'], whole: true },
      ]),
    })
    expect(first.examples.map((one: { status_id: string }) => one.status_id)).toEqual([young])
  })

  test('looks at as many posts as it was told, and costs the same for each batch', async () => {
    expect(await tryOut({ rule: coins, posts: 2 })).toMatchObject({ examined: 2, state: 'done' })
    await sql`insert into statuses (id, conversation_id, account_id, uri, url, text, content, visibility, created_at, is_local)
      select (extract(epoch from now())::bigint * 1000 + n) << 16, (extract(epoch from now())::bigint * 1000 + n) << 16, ${bram.accountId}::bigint, 'https://town.test/x/' || n, '', '', '<p>coins</p>', 'public', now(), true
      from generate_series(1, 1200) n`.execute(town.ctx.db)
    // The newest of all is the post of old words.
    const trial = await tryOut({ rule: coins, posts: 1_100 })
    expect(trial).toMatchObject({ examined: 1_100, hits: 1_099, state: 'done' })
    expect(trial.examples).toHaveLength(50)
  })

  test('is nobody else’s to read, and ends when another begins', async () => {
    const begun = (await ask(oda, 'POST', TRIALS, { rule: coins })).body
    await town.settled()
    const other = await town.person('other', 'read write admin:read')
    await town.ctx.db
      .updateTable('users')
      .set({ role_id: requireRoleId('admin') })
      .where('id', '=', other.userId)
      .execute()
    expect((await ask(other, 'GET', `${TRIALS}/${begun.id}`)).status).toBe(404)
    expect((await ask(ines, 'GET', `${TRIALS}/${begun.id}`)).status).toBe(403)
    expect((await ask(oda, 'POST', TRIALS, { rule: rule([{ kind: 'pattern', pattern: '(' }]) })).status).toBe(422)
  })
})
