import { makeId, type Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { requireTarget } from './follow.ts'

/** `durationSeconds` 0 is for ever. Muting again sets both anew (mastodon-api 1.4). */
export type MuteOptions = { notifications: boolean; durationSeconds: number }

export async function muteAccount(tx: Tx, accountId: Id, targetId: Id, options: MuteOptions): Promise<void> {
  await requireTarget(tx, accountId, targetId)
  const now = tx.clock.now()
  const changes = {
    hide_notifications: options.notifications,
    expires_at:
      options.durationSeconds > 0 ? new Date(now.getTime() + options.durationSeconds * 1000).toISOString() : null,
  }
  await tx.db
    .insertInto('mutes')
    .values({
      id: makeId(now.getTime()),
      account_id: accountId,
      target_account_id: targetId,
      created_at: now.toISOString(),
      ...changes,
    })
    .onConflict((conflict) => conflict.columns(['account_id', 'target_account_id']).doUpdateSet(changes))
    .execute()
}

export async function unmuteAccount(tx: Tx, accountId: Id, targetId: Id): Promise<void> {
  await tx.db
    .deleteFrom('mutes')
    .where('account_id', '=', accountId)
    .where('target_account_id', '=', targetId)
    .execute()
}

/** A private note about somebody; blank text deletes it. */
export async function noteAccount(tx: Tx, accountId: Id, targetId: Id, comment: string): Promise<void> {
  await requireTarget(tx, accountId, targetId)
  if (comment.trim() === '') {
    await tx.db
      .deleteFrom('account_notes')
      .where('account_id', '=', accountId)
      .where('target_account_id', '=', targetId)
      .execute()
    return
  }
  const changes = { comment, updated_at: tx.clock.now().toISOString() }
  await tx.db
    .insertInto('account_notes')
    .values({ account_id: accountId, target_account_id: targetId, ...changes })
    .onConflict((conflict) => conflict.columns(['account_id', 'target_account_id']).doUpdateSet(changes))
    .execute()
}
