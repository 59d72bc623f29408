import { findAccountsById } from '#features/accounts'
import { sendLetter } from '#features/letters'
import { findUserOfAccount } from '#features/users'
import type { Id } from '#lib/id'
import { transact } from '#platform/context'
import { defineEvent } from '#platform/events'
import { defineJob, enqueue, type JobKind } from '#platform/jobs'
import { labelOf } from '../../label.ts'

export type Outcome = 'none' | 'acted'

/** A report was decided. `isBulk`: with many others, of which the reporter is told at once when all are. */
export const reportResolved = defineEvent<{ reportId: Id; reporterId: Id; outcome: Outcome; isBulk: boolean }>(
  'moderation.report-resolved',
)

const MOST_NAMED = 10
const MOST = 500

/**
 * Tells a reporter what came of everything that was decided since the last letter: that something was done or was not,
 * nothing more. The rows are marked after the letter has gone.
 */
export const mailOutcomes: JobKind<{ reporterId: Id }> = defineJob<{ reporterId: Id }>({
  name: 'moderation.mail-outcomes',
  orderingKey: ({ reporterId }) => `moderation.outcomes ${reporterId}`,
  run: async (ctx, { reporterId }) => {
    const rows = await ctx.db
      .selectFrom('reports')
      .select(['id', 'target_account_id', 'outcome'])
      .where('reporter_account_id', '=', reporterId)
      .where('outcome', 'is not', null)
      .where('told_at', 'is', null)
      .orderBy('id')
      .limit(MOST)
      .execute()
    if (rows.length === 0) return
    const person = await findUserOfAccount(ctx, reporterId)
    const targets = await findAccountsById(
      ctx,
      rows.map((row) => row.target_account_id),
    )
    // Several reports about somebody are one line: decided together, they say the same.
    const byTarget = new Map(rows.map((row) => [row.target_account_id, row.outcome === 'acted'] as const))
    const outcomes = [...byTarget].flatMap(([id, isActed]) => {
      const target = targets.get(id)
      return target ? [{ who: `@${labelOf(target)}`, isActed }] : []
    })
    if (person && outcomes.length > 0)
      await sendLetter(ctx, person, 'reportOutcome', {
        outcomes: outcomes.slice(0, MOST_NAMED),
        more: Math.max(0, outcomes.length - MOST_NAMED),
        link: `${ctx.config.url}/settings/reports`,
      })
    await transact(ctx, async (tx) => {
      await tx.db
        .updateTable('reports')
        .set({ told_at: tx.clock.now().toISOString() })
        .where('id', '=', (eb) => eb.fn.any(eb.val(rows.map((row) => row.id))))
        .where('outcome', 'is not', null)
        .execute()
      if (rows.length === MOST) await enqueue(tx, mailOutcomes, { reporterId })
    })
  },
})
