import { findAccount, lockAccounts } from '#features/accounts'
import { writeAudit } from '#features/audit'
import { markStatuses, restoreStatuses } from '#features/statuses'
import type { Id } from '#lib/id'
import { notFound, Refusal } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { enqueue } from '#platform/jobs'
import { requireInReach, requireTarget, type Moderator } from '../act.ts'
import { labelOf } from '../label.ts'
import { mailUndone } from '../appeals/letters.ts'
import { isMeasure, type Decision } from '../decisions.ts'
import { uncountDecision } from '../log/public-log.ts'
import { settleMeasure } from './settle.ts'

/** How long a decision can be taken back with one press; what it removed is kept as long. */
export const UNDO_MS = 30 * 24 * 3_600_000

export const findStrike = (tx: Tx, id: Id) =>
  tx.db
    .selectFrom('strikes')
    .select(['id', 'target_account_id', 'action', 'created_at', 'undone_at', 'lifted_at', 'changed_ids', 'purged_at'])
    .where('id', '=', id)
    .executeTakeFirst()

/**
 * Gives back what one decision changed, and nothing else: an earlier decision of the same measure is in force again, a
 * later one stays. Of a measure that has ended by itself, or that the team took off, only the mark against the person goes.
 * @returns false when it was taken back already.
 */
export async function reverseStrike(tx: Tx, strikeId: Id, byAccountId: Id | null): Promise<boolean> {
  const found = await findStrike(tx, strikeId)
  if (!found) throw notFound()
  // The person first and their strikes after, as whoever decides does.
  await lockAccounts(tx, [found.target_account_id])
  const row = await tx.db
    .updateTable('strikes')
    .set({ undone_at: tx.clock.now().toISOString(), undone_by_account_id: byAccountId })
    .where('id', '=', strikeId)
    .where('undone_at', 'is', null)
    .returning(['target_account_id', 'action', 'changed_ids', 'purged_at'])
    .executeTakeFirst()
  if (!row) return false
  await uncountDecision(tx, strikeId)
  const decision = row.action as Decision
  if (decision === 'delete' && row.purged_at === null) await restoreStatuses(tx, row.target_account_id, row.changed_ids)
  if (decision === 'mark') await markStatuses(tx, row.target_account_id, row.changed_ids, false)
  if (isMeasure(decision)) await settleMeasure(tx, row.target_account_id, decision)
  return true
}

/** Takes a decision back with one press, for thirty days. A second press changes nothing. */
export async function undoStrike(tx: Tx, moderator: Moderator, strikeId: Id): Promise<void> {
  const found = await findStrike(tx, strikeId)
  if (!found) throw notFound()
  const target = await requireTarget(tx, found.target_account_id)
  await requireInReach(tx, moderator.userId, target.id)
  if (found.undone_at === null && tx.clock.now().getTime() - Date.parse(found.created_at) > UNDO_MS)
    throw new Refusal('gone', 'This decision is older than 30 days and can no longer be taken back')
  if (!(await reverseStrike(tx, strikeId, moderator.accountId))) return
  if (target.is_local) await enqueue(tx, mailUndone, { strikeId })
  await writeAudit(tx, {
    actorId: moderator.accountId,
    action: 'strike.undo',
    targetType: 'account',
    targetId: target.id,
    label: labelOf((await findAccount(tx, target.id)) ?? target),
    details: { strikeId, decision: found.action },
  })
}
