import { sql } from 'kysely'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { countOpenJobs, defineJob, type Schedule } from '#platform/jobs'
import { deleteStatus } from '../write/delete-status.ts'
import { listClearable, readClearing } from './policy.ts'

/** So many posts of one person in one go and on one day, and so many people: each deletion goes to many servers. */
const AT_ONCE = 20
const A_DAY = 500
const PEOPLE = 50
/** With more work than this waiting it is no quiet hour. */
const BUSY_JOBS = 500

/** Deletes old posts of those who wish it, a few at a time and only while little else is to be done. */
export const clearOld = defineJob<Record<string, never>>({
  name: 'statuses.clear-old',
  class: 'slow',
  run: async (ctx) => {
    if ((await countOpenJobs(ctx)) > BUSY_JOBS) return
    const people = await listWishing(ctx)
    // oxlint-disable-next-line no-await-in-loop -- one person after another
    for (const id of people) await clearOf(ctx, id)
  },
})

/** Those who were not served today, or not fully, the longest waiting first. Nobody who moved or is gone. */
async function listWishing(ctx: Context): Promise<Id[]> {
  const today = ctx.clock.now().toISOString().slice(0, 10)
  const found = await sql<{ id: Id }>`
    select c.account_id as id from status_clearings c join accounts a on a.id = c.account_id
    where c.enabled and a.suspended_at is null
      and (c.cleared_on is distinct from ${today}::date or c.cleared_count < ${A_DAY})
    order by c.cleared_on nulls first, c.cleared_count, c.account_id limit ${PEOPLE}`.execute(ctx.db)
  return found.rows.map(({ id }) => id)
}

async function clearOf(ctx: Context, accountId: Id): Promise<void> {
  const ids = await listClearable(ctx, accountId, await readClearing(ctx, accountId), AT_ONCE)
  const today = ctx.clock.now().toISOString().slice(0, 10)
  for (const id of ids)
    // oxlint-disable-next-line no-await-in-loop -- one transaction each, so that nobody waits for many
    await transact(ctx, (tx) => deleteStatus(tx, accountId, id)).catch(refusalOnly)
  await sql`
    update status_clearings set cleared_on = ${today}::date,
      cleared_count = ${ids.length}::int + case when cleared_on = ${today}::date then cleared_count else 0 end
    where account_id = ${accountId}`.execute(ctx.db)
}

/** What its author deletes at the same moment is gone, as it should be. */
function refusalOnly(error: unknown): void {
  if (!(error instanceof Refusal)) throw error
}

export const clearingSchedules: Schedule[] = [{ job: clearOld, everySeconds: 300 }]
