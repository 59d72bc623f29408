import { afterAll, beforeAll, expect, test } from 'vitest'
import { reactions } from '#app/reactions'
import { transact, type Context } from '#platform/context'
import { defineEvent, emit, on } from '#platform/events'
import {
  claimJobs,
  defineJob,
  enqueue,
  enqueueDue,
  failJob,
  finishJob,
  startWorker,
  type JobKind,
} from '#platform/jobs'
import { startTown, type TestTown } from '#test/test-town'

let town: TestTown
let ctx: Context
beforeAll(async () => {
  // A town without workers: the tests below are the workers.
  town = await startTown({ environment: { HAMLET_ROLES: 'web' } })
  ctx = town.ctx
})
afterAll(() => town[Symbol.asyncDispose]())

const kind = (name: string, extra: Partial<JobKind<{ n: number }>> = {}) =>
  defineJob<{ n: number }>({ name, run: async () => {}, ...extra })
const add = (job: JobKind<{ n: number }>, ...numbers: number[]) =>
  transact(ctx, async (tx) => {
    for (const n of numbers) await enqueue(tx, job, { n })
  })
const empty = () => ctx.db.deleteFrom('jobs').execute()

test('a change that is rolled back leaves no job, and an event without a row throws', async () => {
  const happened = defineEvent<{ n: number }>('tests.happened')
  const job = kind('tests.rolled-back')
  const lost: number[] = []
  const table = new Map([
    ...reactions,
    on(happened, { job, when: (facts) => facts.n > 1 }, { live: (facts) => void lost.push(facts.n) }),
  ])
  const withTable = { ...ctx, reactions: table }
  await expect(
    transact(withTable, async (tx) => {
      await emit(tx, happened, { n: 5 })
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  expect(await claimJobs(ctx, 'default', 10)).toEqual([])
  expect(lost).toEqual([])
  await transact(withTable, async (tx) => {
    await emit(tx, happened, { n: 1 })
    await emit(tx, happened, { n: 2 })
    expect(lost).toEqual([])
  })
  expect(lost).toEqual([1, 2])
  expect((await claimJobs(ctx, 'default', 10)).map((claim) => claim.payload)).toEqual([{ n: 2 }])
  await expect(transact(ctx, (tx) => emit(tx, defineEvent('tests.unknown'), {}))).rejects.toThrow(
    'no row in app/reactions.ts',
  )
  await empty()
})

test('two processes never claim one job, and a lost lease cannot finish it', async () => {
  const job = kind('tests.claims')
  await add(job, 1, 2, 3, 4, 5, 6)
  const claims = (
    await Promise.all([claimJobs(ctx, 'default', 3), claimJobs(ctx, 'default', 3), claimJobs(ctx, 'default', 3)])
  ).flat()
  expect(new Set(claims.map((claim) => claim.id)).size).toBe(6)
  expect(claims.length).toBe(6)
  const [first] = claims
  await ctx.db
    .updateTable('jobs')
    .set({ leased_until: new Date(0).toISOString() })
    .where('id', '=', first?.id ?? '')
    .execute()
  const [again] = await claimJobs(ctx, 'default', 10)
  expect(again).toMatchObject({ id: first?.id, attempts: 2 })
  if (first) await finishJob(ctx, first)
  const left = await ctx.db
    .selectFrom('jobs')
    .select('id')
    .where('id', '=', first?.id ?? '')
    .execute()
  expect(left.length).toBe(1)
  await empty()
})

test('jobs of one ordering key run one after another', async () => {
  const job = kind('tests.ordered', { orderingKey: () => 'object-1' })
  await add(job, 1, 2)
  const [first, ...none] = await claimJobs(ctx, 'default', 10)
  expect(none).toEqual([])
  expect(first?.payload).toEqual({ n: 1 })
  expect(await claimJobs(ctx, 'default', 10)).toEqual([])
  if (first) await finishJob(ctx, first)
  expect((await claimJobs(ctx, 'default', 10)).map((claim) => claim.payload)).toEqual([{ n: 2 }])
  await empty()
})

test('a failing job waits longer each time and is set aside in the end', async () => {
  await add(kind('tests.failing', { maxAttempts: 2 }), 1)
  const [first] = await claimJobs(ctx, 'default', 1)
  if (first) await failJob(ctx, first, 'first time')
  expect(await claimJobs(ctx, 'default', 1)).toEqual([])
  await ctx.db
    .updateTable('jobs')
    .set({ run_at: new Date(0).toISOString() })
    .execute()
  const [second] = await claimJobs(ctx, 'default', 1)
  if (second) await failJob(ctx, second, 'second time')
  const row = await ctx.db.selectFrom('jobs').select(['failed_at', 'last_error', 'attempts']).executeTakeFirstOrThrow()
  expect(row).toMatchObject({ last_error: 'second time', attempts: 2 })
  expect(row.failed_at).not.toBeNull()
  await empty()
})

test('workers run everything once, and stop only when what runs is done', async () => {
  const seen: number[] = []
  let release: () => void = () => {}
  const gate = new Promise<void>((done) => (release = done))
  const job = kind('tests.run', {
    run: async (_ctx, payload) => {
      if (payload.n === 0) await gate
      seen.push(payload.n)
    },
  })
  await add(job, 1, 2, 3, 0)
  const kinds = new Map([[job.name, job as unknown as JobKind<unknown>]])
  const workers = [startWorker(ctx, kinds), startWorker(ctx, kinds)]
  while (seen.length < 3) await new Promise((done) => setTimeout(done, 5))
  const stopped = Promise.all(workers.map((worker) => worker.stop()))
  release()
  await stopped
  expect(seen.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3])
  expect(await ctx.db.selectFrom('jobs').select('id').execute()).toEqual([])
})

test('regular work is planned once a period, however many processes look', async () => {
  const job = defineJob<Record<string, never>>({ name: 'tests.regular', run: async () => {} })
  const schedule = [{ job, everySeconds: 3600 }]
  const planned = async () =>
    (await ctx.db.selectFrom('jobs').select('id').where('kind', '=', job.name).execute()).length
  await Promise.all([1, 2, 3].map(() => enqueueDue(ctx, schedule)))
  expect(await planned()).toBe(1)
  await enqueueDue(ctx, schedule)
  expect(await planned()).toBe(1)
  await ctx.db
    .updateTable('schedules')
    .set({ next_at: new Date(0).toISOString() })
    .execute()
  await Promise.all([1, 2, 3].map(() => enqueueDue(ctx, schedule)))
  expect(await planned()).toBe(2)
  await empty()
})
