import { findAccount } from '#features/accounts'
import { writeAudit } from '#features/audit'
import { makeId, type Id } from '#lib/id'
import { notFound, Refusal } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { reverseStrike } from './measures/undo.ts'
import { hashAppealSecret } from './strikes.ts'

const LONGEST = 2000

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
  if (Array.from(words).length > LONGEST)
    throw new Refusal('invalid', `Validation failed: Text may have ${LONGEST} characters at most`, {
      fault: 'textLong',
    })
  const now = tx.clock.now()
  const added = await tx.db
    .insertInto('appeals')
    .values({ id: makeId(now.getTime()), strike_id: strikeId, text: words, created_at: now.toISOString() })
    .onConflict((conflict) => conflict.column('strike_id').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added)
    throw new Refusal('conflict', 'You have appealed already. The moderators will answer.', { fault: 'appealed' })
}

/** Upholds a decision, or takes it back with all that it changed. */
export async function decideAppeal(tx: Tx, moderatorId: Id, appealId: Id, isApproved: boolean): Promise<void> {
  const now = tx.clock.now().toISOString()
  const appeal = await tx.db
    .updateTable('appeals')
    .set({ decided_at: now, approved: isApproved })
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
  if (isApproved) {
    await reverseStrike(tx, appeal.strike_id, moderatorId)
    await tx.db.updateTable('strikes').set({ overruled_at: now }).where('id', '=', appeal.strike_id).execute()
  }
  const target = await findAccount(tx, strike.target_account_id)
  await writeAudit(tx, {
    actorId: moderatorId,
    action: isApproved ? 'appeal.approve' : 'appeal.reject',
    targetType: 'appeal',
    targetId: strike.target_account_id,
    label: target?.username ?? '',
  })
}
