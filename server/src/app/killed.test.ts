import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ensureDomain, findPurge, purgeServer } from '#features/domains'
import { leaveForGood } from '#features/users'
import { readHost, type Host } from '#lib/host'
import { makeId } from '#lib/id'
import { transact } from '#platform/context'
import { findTraces } from '#test/plant-person'
import { startSecondProcess } from '#test/second-process'
import { freePort, startTown, type TestTown } from '#test/test-town'

/** The whole of it is `npm run test:long`; every test run kills once in the middle of each. */
const KILLS = Number(process.env.HAMLET_TEST_KILLS ?? 4)
const ROWS = 30
vi.setConfig({ testTimeout: 60_000 + KILLS * 60_000, hookTimeout: 120_000 })

let town: TestTown
beforeAll(async () => {
  // Whoever works does so in a process of its own.
  town = await startTown({ environment: { HAMLET_ROLES: 'web' } })
})
afterAll(() => town[Symbol.asyncDispose]())

/** Long work that somebody has begun: what stands in its way in the middle, and what must be so when it is over. */
type Work = { hold: string; isOver: () => Promise<void> }

async function leave(turn: number): Promise<Work> {
  const who = await town.person(`leaver${turn}`)
  await town.call('POST', '/api/v1/statuses', { token: who.token, json: { status: 'my last words' } })
  await transact(town.ctx, (tx) => leaveForGood(tx, who.userId))
  return {
    hold: 'lock table filters in access exclusive mode',
    isOver: async () => {
      const traces = await findTraces(town.ctx, [who.accountId, who.userId, who.username])
      expect(traces.filter((trace) => !/^(?:jobs|attempts)\./.test(trace))).toEqual([])
    },
  }
}

async function purge(turn: number): Promise<Work> {
  const host = `gone${turn}.example`
  const model = await town.person(`model${turn}`)
  const { id: domain_id } = await transact(town.ctx, (tx) => ensureDomain(tx, readHost(host) as Host))
  const ids = Array.from({ length: ROWS }, () => makeId(Date.now()))
  for (const [index, id] of ids.entries()) {
    const change = { id, domain_id, username: `p${index}`, uri: `https://${host}/${index}`, shared_inbox_url: null }
    await sql`insert into accounts select made.* from accounts a,
      jsonb_populate_record(a, ${JSON.stringify(change)}::jsonb) made where a.id = ${model.accountId}`.execute(
      town.ctx.db,
    )
  }
  await transact(town.ctx, (tx) => purgeServer(tx, null, host, ids.length))
  return {
    hold: `select id from accounts where id = ${ids[ROWS - 5]} for update`,
    isOver: async () => {
      const left = await town.ctx.db.selectFrom('accounts').select('id').where('domain_id', '=', domain_id).execute()
      expect(left).toEqual([])
      const told = { accounts_total: ROWS, accounts_gone: ROWS, finished_at: expect.any(String) }
      expect(await findPurge(town.ctx, host)).toMatchObject(told)
    },
  }
}

async function bring(turn: number): Promise<Work> {
  const { token, accountId } = await town.person(`bringer${turn}`)
  const lines = Array.from({ length: ROWS }, (_, index) => `server${index}.turn${turn}.example\n`)
  const parts = { kind: 'domain_blocking', data: Buffer.from(lines.join('')) }
  const { body } = await town.call('POST', '/api/hamlet/v1/imports', { token, parts })
  await town.call('POST', `/api/hamlet/v1/imports/${body.id}/confirm`, { token, json: {} })
  return {
    hold: `select 1 from import_rows where import_id = ${body.id} and position = (
      select min(position) + ${ROWS / 2} from import_rows where import_id = ${body.id}) for update`,
    isOver: async () => {
      const rows = sql<{ outcome: string; count: number }>`select outcome, count(*)::int as count from import_rows
        where import_id = ${body.id} group by 1`
      expect((await rows.execute(town.ctx.db)).rows).toEqual([{ outcome: 'done', count: ROWS }])
      const blocks = town.ctx.db.selectFrom('account_domain_blocks').select('id').where('account_id', '=', accountId)
      expect(await blocks.execute()).toHaveLength(ROWS)
    },
  }
}

async function pack(turn: number): Promise<Work> {
  const { token, accountId } = await town.person(`packer${turn}`)
  await town.call('POST', '/api/v1/statuses', { token, json: { status: 'mine to keep' } })
  await town.call('POST', '/api/hamlet/v1/takeouts', { token })
  return {
    hold: 'lock table filters in access exclusive mode',
    isOver: async () => {
      const rows = await town.ctx.db.selectFrom('takeouts').selectAll().where('account_id', '=', accountId).execute()
      expect(rows).toMatchObject([{ state: 'ready' }])
      const path = join(town.ctx.config.dataDir, 'archives', rows[0]?.file_name ?? '')
      expect([String(statSync(path).size), existsSync(`${path}.part`)]).toEqual([rows[0]?.bytes, false])
    },
  }
}

/** Holds up what comes to this place, until it is let go. */
async function holdUp(statement: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: town.databaseUrl })
  await client.connect()
  await client.query('begin')
  await client.query(statement)
  return () => client.end()
}

async function untilSomebodyWaits(): Promise<void> {
  for (let waitedMs = 0; waitedMs < 30_000; waitedMs += 20) {
    const found = await sql<{ count: number }>`select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(town.ctx.db)
    if ((found.rows[0]?.count ?? 0) > 0) return
    await new Promise((done) => setTimeout(done, 20))
  }
  throw new Error('Nobody came to the place that is held')
}

const startWorker = async () => startSecondProcess(town.ctx.config, town.databaseUrl, await freePort(), 'web,worker')

test(`long work that is killed in the middle (${KILLS} times) is done in the end, once`, async () => {
  const kinds = [leave, purge, bring, pack]
  const works: Work[] = []
  for (let turn = 0; turn < KILLS; turn += 1) {
    const work = await (kinds[turn % kinds.length] as typeof leave)(turn)
    works.push(work)
    const letGo = await holdUp(work.hold)
    const worker = await startWorker()
    await untilSomebodyWaits()
    await worker.kill()
    await letGo()
    // Nobody waits here for the half minute after which the work of a dead process is free.
    await sql`update jobs set leased_until = null, run_at = least(run_at, now()) where failed_at is null`.execute(
      town.ctx.db,
    )
  }
  await using _worker = await startWorker()
  await town.settled()
  for (const { isOver } of works) await isOver()
})
