import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTown, type TestTown } from '#test/test-town'
import { transact } from './index.ts'

let town: TestTown

beforeAll(async () => {
  town = await startTown()
})
afterAll(() => town[Symbol.asyncDispose]())

test('two transactions that wait for each other both come to their end, and each change is made once', async () => {
  const people = [await town.person('one'), await town.person('two')].map((person) => person.accountId)
  let tries = 0
  let waiting = 0
  const { promise: bothHold, resolve: holdBoth } = Promise.withResolvers<void>()
  const touch = (ids: string[]) =>
    transact(town.ctx, async (tx) => {
      tries += 1
      for (const id of ids) {
        await tx.db
          .updateTable('accounts')
          .set((eb) => ({ statuses_count: eb('statuses_count', '+', 1) }))
          .where('id', '=', id)
          .execute()
        waiting += 1
        if (waiting === 2) holdBoth()
        if (tries <= 2) await bothHold
      }
    })
  await Promise.all([touch(people), touch(people.toReversed())])
  // One was ended and tried again; on a busy machine they may meet once more.
  expect(tries).toBeGreaterThanOrEqual(3)
  const rows = await town.ctx.db.selectFrom('accounts').select('statuses_count').where('id', 'in', people).execute()
  expect(rows.map((row) => row.statuses_count)).toEqual([2, 2])
})
