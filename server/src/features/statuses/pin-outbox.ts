import { findAccount } from '#features/accounts'
import { listFollowerInboxes } from '#features/relationships'
import { deliver } from '#federation'
import type { Id } from '#lib/id'
import { transact } from '#platform/context'
import { defineJob } from '#platform/jobs'
import { keyOf } from './outbox.ts'

type Pin = { statusId: Id; accountId: Id; uri: string }

/** Followers' servers are told which posts stand on top (federation.md c.8). With an id: some peers pass over what has none. */
function pinJob(type: 'Add' | 'Remove') {
  return defineJob<Pin>({
    name: `statuses.deliver-${type.toLowerCase()}`,
    orderingKey: keyOf,
    run: (ctx, { accountId, statusId, uri }) =>
      transact(ctx, async (tx) => {
        const author = await findAccount(tx, accountId)
        if (!author?.is_local) return
        await deliver(tx, {
          accountId,
          inboxes: await listFollowerInboxes(tx, accountId),
          activity: {
            '@context': 'https://www.w3.org/ns/activitystreams',
            id: `${author.uri}#pins/${statusId}-${type.toLowerCase()}-${tx.clock.now().getTime()}`,
            type,
            actor: author.uri,
            to: [author.followers_url],
            object: uri,
            target: `${author.uri}/collections/featured`,
          },
        })
      }),
  })
}

export const deliverPin = pinJob('Add')
export const deliverUnpin = pinJob('Remove')
export const pinJobs = [deliverPin, deliverUnpin]
