import { findAccount, listInboxes } from '#features/accounts'
import { listBlockers, listFollowerInboxes } from '#features/relationships'
import { deliver } from '#federation'
import type { Id } from '#lib/id'
import { transact } from '#platform/context'
import { defineJob } from '#platform/jobs'

/** To followers, and to whoever blocks the mover, whose block is to go along (federation.md c.8). After the Update that says where. */
export const deliverMove = defineJob<{ accountId: Id; targetId: Id }>({
  name: 'moves.deliver-move',
  orderingKey: ({ accountId }) => `actor:${accountId}`,
  run: (ctx, { accountId, targetId }) =>
    transact(ctx, async (tx) => {
      const [old, target] = [await findAccount(tx, accountId), await findAccount(tx, targetId)]
      if (!old?.is_local || !target || old.moved_to_account_id !== targetId) return
      const blockers = await listInboxes(tx, await listBlockers(tx, accountId))
      await deliver(tx, {
        accountId,
        inboxes: [...new Set([...(await listFollowerInboxes(tx, accountId)), ...blockers])],
        activity: {
          '@context': 'https://www.w3.org/ns/activitystreams',
          id: `${old.uri}#moves/${targetId}-${Date.parse(old.moved_at ?? old.created_at)}`,
          type: 'Move',
          actor: old.uri,
          object: old.uri,
          target: target.uri,
          to: [old.followers_url],
        },
      })
    }),
})
