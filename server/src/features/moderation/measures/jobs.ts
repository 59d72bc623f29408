import { sql } from 'kysely'
import { findAccount, lockAccounts } from '#features/accounts'
import { writeAudit } from '#features/audit'
import { purgeRemoved } from '#features/statuses'
import type { Id } from '#lib/id'
import { transact, type Context, type Tx } from '#platform/context'
import { defineJob, enqueue, type Schedule } from '#platform/jobs'
import { labelOf } from '../label.ts'
import type { Measure } from '../decisions.ts'
import { mailEnded } from '../appeals/letters.ts'
import { pruneDecisionLines } from '../log/public-log.ts'
import { expireProposals } from './propose.ts'
import { liftAll } from './settle.ts'
import { UNDO_MS } from './undo.ts'

const AT_ONCE = 100

/** Ends what is due, each decision once, whoever else does the same at the same time. */
export async function endDue(ctx: Context): Promise<void> {
  const due = await ctx.db
    .selectFrom('strikes')
    .select(['id', 'target_account_id'])
    .where('ends_at', '<=', ctx.clock.now().toISOString())
    .where('lifted_at', 'is', null)
    .where('undone_at', 'is', null)
    .orderBy('ends_at')
    .limit(AT_ONCE)
    .execute()
  for (const one of due) await transact(ctx, (tx) => endOne(tx, one.id, one.target_account_id))
}

async function endOne(tx: Tx, strikeId: Id, targetId: Id): Promise<void> {
  await lockAccounts(tx, [targetId])
  const row = await tx.db
    .selectFrom('strikes')
    .select('action')
    .where('id', '=', strikeId)
    .where('lifted_at', 'is', null)
    .where('undone_at', 'is', null)
    .executeTakeFirst()
  const target = await findAccount(tx, targetId)
  if (!row || !target) return
  const measure = row.action as Measure
  // A later decision that is in force keeps the measure on; then there is nothing to tell.
  if (!(await liftAll(tx, targetId, measure, strikeId))) return
  await writeAudit(tx, {
    actorId: null,
    action: `account.un${measure}`,
    targetType: 'account',
    targetId,
    label: labelOf(target),
    details: { strikeId, isDue: true },
  })
  if (target.is_local) await enqueue(tx, mailEnded, { strikeId })
}

/** Deletes for good what was removed thirty days ago and not given back. */
export async function purgeOld(ctx: Context): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - UNDO_MS).toISOString()
  const old = await sql<{ id: Id; target_account_id: Id; changed_ids: Id[] }>`
    select id, target_account_id, changed_ids from strikes
    where changed_ids <> '{}' and purged_at is null and created_at < ${before} order by id limit ${AT_ONCE}`.execute(
    ctx.db,
  )
  for (const { id, target_account_id: authorId, changed_ids: ids } of old.rows)
    await transact(ctx, async (tx) => {
      const isTaken = await tx.db
        .updateTable('strikes')
        .set({ purged_at: tx.clock.now().toISOString() })
        .where('id', '=', id)
        .where('purged_at', 'is', null)
        .returning(['action', 'undone_at'])
        .executeTakeFirst()
      if (isTaken?.action === 'delete' && isTaken.undone_at === null) await purgeRemoved(tx, authorId, ids)
    })
}

const endDueMeasures = defineJob<Record<string, never>>({
  name: 'moderation.end-due',
  run: (ctx) => endDue(ctx),
})

const purgeRemovedPosts = defineJob<Record<string, never>>({
  name: 'moderation.purge-removed',
  class: 'slow',
  run: async (ctx) => {
    await purgeOld(ctx)
    await expireProposals(ctx)
    await pruneDecisionLines(ctx)
  },
})

export const measureSchedules: Schedule[] = [
  { job: endDueMeasures, everySeconds: 60 },
  { job: purgeRemovedPosts, everySeconds: 3_600 },
]
