import { findAccount } from '#features/accounts'
import { writeAudit } from '#features/audit'
import { makeId, type Id } from '#lib/id'
import { notFound, Refusal } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { requireInReach, type Moderator } from './act.ts'
import { labelOf } from './label.ts'
import { reverseStrike } from './measures/undo.ts'
import { enqueue } from '#platform/jobs'
import { mailAppealDecided } from './appeals/letters.ts'
import { APPEAL_MS, hashAppealSecret, LONGEST_APPEAL } from './appeals/terms.ts'

export async function findStrikeBySecret(ctx: Context, secret: string) {
  return ctx.db
    .selectFrom('strikes')
    .leftJoin('appeals', 'appeals.strike_id', 'strikes.id')
    .select(['strikes.id', 'strikes.action', 'strikes.text', 'strikes.target_account_id', 'appeals.id as appeal_id'])
    .where('strikes.appeal_secret_hash', '=', hashAppealSecret(secret))
    .executeTakeFirst()
}

/** One appeal for each decision; whoever has the link from the mail may make it, suspended or not. */
export async function fileAppeal(tx: Tx, secret: string, text: string): Promise<void> {
  const found = await findStrikeBySecret(tx, secret)
  if (!found) throw notFound()
  await appealStrike(tx, found.id, text)
}

export async function appealStrike(tx: Tx, strikeId: Id, text: string): Promise<void> {
  const words = text.trim()
  if (words === '') throw new Refusal('invalid', "Validation failed: Text can't be blank", { fault: 'textBlank' })
  if (Array.from(words).length > LONGEST_APPEAL)
    throw new Refusal('invalid', `Validation failed: Text may have ${LONGEST_APPEAL} characters at most`, {
      fault: 'textLong',
    })
  const now = tx.clock.now()
  await requireOpen(tx, strikeId, now)
  const added = await tx.db
    .insertInto('appeals')
    .values({ id: makeId(now.getTime()), strike_id: strikeId, text: words, created_at: now.toISOString() })
    .onConflict((conflict) => conflict.column('strike_id').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added)
    throw new Refusal('conflict', 'You have appealed already. The moderators will answer.', { fault: 'appealed' })
}

/** Refuses what is too old to be appealed, and what was taken back meanwhile. */
async function requireOpen(tx: Tx, strikeId: Id, now: Date): Promise<void> {
  const row = await tx.db
    .selectFrom('strikes')
    .select(['created_at', 'undone_at'])
    .where('id', '=', strikeId)
    .executeTakeFirst()
  if (!row) throw notFound()
  if (row.undone_at !== null)
    throw new Refusal('conflict', 'This decision was taken back already', { fault: 'appealOver' })
  if (now.getTime() - Date.parse(row.created_at) > APPEAL_MS)
    throw new Refusal('gone', 'The time for an appeal is over', { fault: 'appealLate' })
}

/** Upholds a decision, or takes it back with all that it changed. */
export async function decideAppeal(tx: Tx, moderator: Moderator, appealId: Id, isApproved: boolean): Promise<void> {
  const now = tx.clock.now().toISOString()
  const appeal = await tx.db
    .updateTable('appeals')
    .set({ decided_at: now, approved: isApproved, decided_by_account_id: moderator.accountId })
    .where('id', '=', appealId)
    .where('decided_at', 'is', null)
    .returning('strike_id')
    .executeTakeFirst()
  if (!appeal) throw notFound('This appeal is decided already, or never was.')
  const strike = await tx.db
    .selectFrom('strikes')
    .select('target_account_id')
    .where('id', '=', appeal.strike_id)
    .executeTakeFirstOrThrow()
  await requireInReach(tx, moderator.userId, strike.target_account_id)
  if (isApproved) {
    await reverseStrike(tx, appeal.strike_id, moderator.accountId)
    await tx.db.updateTable('strikes').set({ overruled_at: now }).where('id', '=', appeal.strike_id).execute()
  }
  await enqueue(tx, mailAppealDecided, { appealId })
  const target = await findAccount(tx, strike.target_account_id)
  await writeAudit(tx, {
    actorId: moderator.accountId,
    action: isApproved ? 'appeal.approve' : 'appeal.reject',
    targetType: 'appeal',
    targetId: strike.target_account_id,
    label: target ? labelOf(target) : '',
    details: { strikeId: appeal.strike_id },
  })
}
