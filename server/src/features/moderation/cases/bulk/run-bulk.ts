import { sql } from 'kysely'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { defineJob, enqueue, type JobKind } from '#platform/jobs'
import type { Moderator } from '../../act.ts'
import type { Decision } from '../../decisions.ts'
import { decideCase } from '../decide-case.ts'
import { mailOutcomes } from '../outcome/report-resolved.ts'

/** So many accounts are decided before the job makes room for other work. */
const CHUNK = 25
const MOST_WORDS = 500

type Payload = { bulkId: Id; userId: Id }

/**
 * Decides about the accounts of a bulk decision one after the other, each in a transaction of its own with the mark that
 * it is done: interrupted anywhere, it goes on with the next. What cannot be decided says why, and the others go on.
 */
export const runBulk: JobKind<Payload> = defineJob<Payload>({
  name: 'moderation.run-bulk',
  orderingKey: ({ bulkId }) => `moderation.bulk ${bulkId}`,
  run: async (ctx, payload) => {
    const bulk = await findBulkRow(ctx, payload.bulkId)
    if (!bulk || bulk.finished_at !== null) return
    const moderator = { accountId: bulk.moderator_id, userId: payload.userId }
    for (let done = 0; done < CHUNK; done += 1)
      if (!(await decideNext(ctx, moderator, bulk))) return transact(ctx, (tx) => finish(tx, bulk.id))
    await transact(ctx, (tx) => enqueue(tx, runBulk, payload))
  },
})

type BulkRow = NonNullable<Awaited<ReturnType<typeof findBulkRow>>>

export async function findBulkRow(ctx: Context, id: Id) {
  return ctx.db
    .selectFrom('bulk_decisions')
    .select(['id', 'moderator_id', 'decision', 'text', 'until_id', 'created_at', 'finished_at'])
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Gives whether there was somebody left to decide about. */
async function decideNext(ctx: Context, moderator: Moderator, bulk: BulkRow): Promise<boolean> {
  let targetId: Id | undefined
  try {
    await transact(ctx, async (tx) => {
      targetId = await takeNext(tx, bulk.id)
      if (targetId === undefined) return
      const report = await findOpen(tx, targetId, bulk.until_id)
      // Somebody else was faster.
      if (!report) return mark(tx, bulk.id, { targetId, state: 'already' })
      const details = { decision: bulk.decision as Decision, text: bulk.text, isBulk: true }
      await decideCase(tx, moderator, report, details)
      await mark(tx, bulk.id, { targetId, state: 'done' })
    })
  } catch (error) {
    if (!(error instanceof Refusal) || targetId === undefined) throw error
    const failed = { targetId, state: 'failed', fault: error.message.slice(0, MOST_WORDS) } as const
    await transact(ctx, (tx) => mark(tx, bulk.id, failed))
  }
  return targetId !== undefined
}

async function takeNext(tx: Tx, bulkId: Id): Promise<Id | undefined> {
  const { rows } = await sql<{ id: Id }>`
    select target_account_id as id from bulk_items where bulk_id = ${bulkId} and state = 'waiting'
    order by target_account_id limit 1 for update`.execute(tx.db)
  return rows[0]?.id
}

async function findOpen(tx: Tx, targetId: Id, untilId: Id): Promise<Id | undefined> {
  const { rows } = await sql<{ id: Id }>`
    select id from reports where target_account_id = ${targetId} and resolved_at is null and id <= ${untilId}
    order by id desc limit 1 for update`.execute(tx.db)
  return rows[0]?.id
}

type Mark = { targetId: Id; state: 'done' | 'already' | 'failed'; fault?: string }

async function mark(tx: Tx, bulkId: Id, { targetId, state, fault = '' }: Mark): Promise<void> {
  await tx.db
    .updateTable('bulk_items')
    .set({ state, fault })
    .where('bulk_id', '=', bulkId)
    .where('target_account_id', '=', targetId)
    .execute()
}

/** All of it is decided: now each reporter is told of everything at once. */
async function finish(tx: Tx, bulkId: Id): Promise<void> {
  const ended = await tx.db
    .updateTable('bulk_decisions')
    .set({ finished_at: tx.clock.now().toISOString() })
    .where('id', '=', bulkId)
    .where('finished_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!ended) return
  const { rows } = await sql<{ id: Id }>`
    select distinct r.reporter_account_id as id from reports r join bulk_items i on i.target_account_id = r.target_account_id
    where i.bulk_id = ${bulkId} and r.outcome is not null and r.told_at is null`.execute(tx.db)
  for (const { id } of rows) await enqueue(tx, mailOutcomes, { reporterId: id })
}
