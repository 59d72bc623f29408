import { findAccount } from '#features/accounts'
import { listFollowerInboxes } from '#features/relationships'
import { deliver } from '#federation'
import type { Id } from '#lib/id'
import { transact } from '#platform/context'
import { defineJob } from '#platform/jobs'
import { taggedUrl } from './present.ts'

/** Followers' servers are told which hashtags stand on a profile (federation.md c.8). */
export const deliverFeaturedTag = defineJob<{ accountId: Id; name: string; isFeatured: boolean }>({
  name: 'featured.deliver-tag',
  orderingKey: ({ accountId }) => `featured:${accountId}`,
  run: (ctx, { accountId, name, isFeatured }) =>
    transact(ctx, async (tx) => {
      const account = await findAccount(tx, accountId)
      if (!account?.is_local) return
      const type = isFeatured ? 'Add' : 'Remove'
      await deliver(tx, {
        accountId,
        inboxes: await listFollowerInboxes(tx, accountId),
        activity: {
          '@context': ['https://www.w3.org/ns/activitystreams', { Hashtag: 'as:Hashtag' }],
          id: `${account.uri}#featured-tags/${type.toLowerCase()}-${tx.clock.now().getTime()}-${encodeURIComponent(name)}`,
          type,
          actor: account.uri,
          to: [account.followers_url],
          object: { type: 'Hashtag', name: `#${name}`, href: taggedUrl(account, name) },
          target: `${account.uri}/collections/featured`,
        },
      })
    }),
})
