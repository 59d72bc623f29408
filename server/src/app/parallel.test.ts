import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { rooms } from '#app/rooms'
import { requireRoleId } from '#features/roles'
import { TIMES } from '#test/press'
import { listPresses } from '#test/presses'
import { startSecondProcess } from '#test/second-process'
import { callAt, freePort, startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let town: TestTown
let second: Awaited<ReturnType<typeof startSecondProcess>>
const owner = {} as Person
beforeAll(async () => {
  town = await startTown()
  second = await startSecondProcess(town.ctx.config, town.databaseUrl, await freePort())
})
afterAll(async () => {
  await second[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})

let people = 0
const presses = listPresses()

/** The set-up link works while nobody owns the server, so it is pressed before anyone does. */
const names = Object.keys(presses).toSorted((a, b) => Number(b === 'POST /set-up') - Number(a === 'POST /set-up'))

test('every route and form that changes something is pressed here', () => {
  const routes = rooms.flatMap((room) => room.routes).filter((route) => route.method !== 'GET')
  const forms = rooms
    .flatMap((room) => room.pages)
    .filter((page) => 'visit' in page)
    .filter((page) => page.method === 'POST')
  expect(names.toSorted()).toEqual([...routes, ...forms].map((one) => `${one.method} ${one.path}`).toSorted())
})

/** Counters that differ from a recount, in words. */
async function miscounts(): Promise<string[]> {
  const { rows } = await sql<{ what: string }>`
    select format('%s of account %s is %s, recounted %s', name, id, kept, counted) as what from (
      select a.id, name, kept, counted from accounts a cross join lateral (values
        ('followers_count', a.followers_count, (select count(*) from follows where target_account_id = a.id and state = 'accepted')),
        ('following_count', a.following_count, (select count(*) from follows where account_id = a.id and state = 'accepted')),
        ('statuses_count', a.statuses_count, (select count(*) from statuses where account_id = a.id and state = 'live'))
      ) as one (name, kept, counted)
      union all
      select s.id, name, kept, counted from statuses s cross join lateral (values
        ('favourites_count', s.favourites_count, (select count(*) from favourites where status_id = s.id)),
        ('reblogs_count', s.reblogs_count, (select count(*) from statuses where reblog_of_id = s.id and state = 'live')),
        ('quotes_count', s.quotes_count, (select count(*) from quotes where quoted_status_id = s.id and state = 'accepted')),
        ('replies_count', s.replies_count, (select count(*) from statuses r where r.in_reply_to_id = s.id and r.state = 'live'
          and not exists (select 1 from set_aside_replies e where e.status_id = r.id)))
      ) as one (name, kept, counted)
      union all
      select p.status_id, name, kept, counted from polls p cross join lateral (values
        ('voters_count', p.voters_count, (select count(distinct account_id) from poll_votes v where v.status_id = p.status_id)),
        ('tallies', (select sum(one) from unnest(p.tallies) as one), (select count(*) from poll_votes v where v.status_id = p.status_id))
      ) as one (name, kept, counted) where p.uri is null
    ) as all_counters where kept <> counted`.execute(town.ctx.db)
  return rows.map((row) => row.what)
}

test.each(names)(
  `%s, ${TIMES} at once from two processes: the answers are right, and counters equal a recount`,
  async (name) => {
    if (name !== 'POST /set-up') await becomeOwner()
    const { path, caller, gives } = await presses[name]!({
      town,
      owner,
      fresh: () => town.person(`person_${(people += 1)}`),
    })
    const method = name.split(' ')[0]!
    const addresses = Array.from({ length: TIMES }, (_, index) => (index % 2 ? second.address : town.address))
    const answers = await Promise.all(addresses.map((address) => callAt(`${address}${path}`, method, caller)))
    const counted: Record<string, number> = {}
    for (const { status } of answers) counted[status] = (counted[status] ?? 0) + 1
    expect(counted).toEqual(gives)
    await town.settled()
    expect(await miscounts()).toEqual([])
  },
)

test('a reply that was sent many times with one key is there once; the recount can fail', async () => {
  const replies = await town.ctx.db.selectFrom('statuses').select('id').where('text', '=', 'one reply').execute()
  expect(replies).toHaveLength(1)
  await town.ctx.db.updateTable('accounts').set({ statuses_count: 99 }).where('id', '=', owner.accountId).execute()
  expect(await miscounts()).toHaveLength(1)
})

/** Somebody decides reports; made after the set-up link has had its turn. */
async function becomeOwner(): Promise<void> {
  if (owner.accountId) return
  Object.assign(owner, await town.person('oda', 'read write follow admin:read admin:write'))
  const role = { role_id: requireRoleId('owner') }
  await town.ctx.db.updateTable('users').set(role).where('id', '=', owner.userId).execute()
}
