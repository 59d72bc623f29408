import { followAccount } from '#features/relationships'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { transact } from '#platform/context'
import { defineJob } from '#platform/jobs'

/** Whoever is in now follows the one who invited them, if that was part of the invitation. */
export const followInviter = defineJob<{ userId: Id }>({
  name: 'users.follow-inviter',
  run: (ctx, { userId }) =>
    transact(ctx, async (tx) => {
      const row = await tx.db
        .selectFrom('users')
        .innerJoin('invites', 'invites.id', 'users.invite_id')
        .innerJoin('user_accounts as mine', 'mine.user_id', 'users.id')
        .innerJoin('user_accounts as theirs', 'theirs.user_id', 'invites.user_id')
        .select(['mine.account_id', 'theirs.account_id as inviter_id'])
        .where('users.id', '=', userId)
        .where('invites.autofollow', '=', true)
        .executeTakeFirst()
      if (!row || row.account_id === row.inviter_id) return
      await followAccount(tx, row.account_id, row.inviter_id, {}).catch((error: unknown) => {
        // Somebody who is gone or shut out meanwhile is followed by nobody.
        if (!(error instanceof Refusal)) throw error
      })
    }),
})
