import { findAccountsById, findInbox, findInboxForEnding, renderActor, type AccountRow } from '#features/accounts'
import { deliver, PUBLIC } from '#federation'
import type { Id } from '#lib/id'
import { transact, type Tx } from '#platform/context'
import { defineJob } from '#platform/jobs'
import { listFollowerInboxes } from './store.ts'

export const CONTEXT = 'https://www.w3.org/ns/activitystreams'
type Follow = { followerId: Id; targetId: Id; uri: string }
const keyOf = ({ followerId, targetId }: { followerId: Id; targetId: Id }) => `follow:${followerId}:${targetId}`

async function requirePair(tx: Tx, one: Id, other: Id): Promise<[AccountRow, AccountRow] | undefined> {
  const rows = await findAccountsById(tx, [one, other])
  const [first, second] = [rows.get(one), rows.get(other)]
  return first && second && [first, second]
}

/** Sends to one person alone: who follows whom is nobody else's business (federation.md c.9). */
async function deliverToOne(
  tx: Tx,
  from: AccountRow,
  to: AccountRow,
  activity: Record<string, unknown>,
): Promise<void> {
  const isEnding = activity.type === 'Undo' || activity.type === 'Reject'
  const inbox = await (isEnding ? findInboxForEnding : findInbox)(tx, to.id)
  if (!from.is_local || !inbox) return
  const whole = { '@context': CONTEXT, ...activity, actor: from.uri, to: [to.uri] }
  await deliver(tx, { accountId: from.id, inboxes: [inbox], activity: whole })
}

export const deliverFollow = defineJob<Follow>({
  name: 'relationships.deliver-follow',
  orderingKey: keyOf,
  run: (ctx, { followerId, targetId, uri }) =>
    transact(ctx, async (tx) => {
      const pair = await requirePair(tx, followerId, targetId)
      if (pair) await deliverToOne(tx, pair[0], pair[1], { id: uri, type: 'Follow', object: pair[1].uri })
    }),
})

export const deliverUndoFollow = defineJob<Follow>({
  name: 'relationships.deliver-undo-follow',
  orderingKey: keyOf,
  run: (ctx, { followerId, targetId, uri }) =>
    transact(ctx, async (tx) => {
      const pair = await requirePair(tx, followerId, targetId)
      if (!pair) return
      const [follower, target] = pair
      const object = { id: uri, type: 'Follow', actor: follower.uri, object: target.uri }
      await deliverToOne(tx, follower, target, { id: `${uri}/undo`, type: 'Undo', object })
    }),
})

/** The whole Follow comes back in the answer: some peers know it by nothing else (federation.md c.5). */
function answerJob(type: 'Accept' | 'Reject') {
  return defineJob<Follow>({
    name: `relationships.deliver-${type.toLowerCase()}`,
    orderingKey: keyOf,
    run: (ctx, { followerId, targetId, uri }) =>
      transact(ctx, async (tx) => {
        const pair = await requirePair(tx, followerId, targetId)
        if (!pair) return
        const [follower, target] = pair
        const id = `${target.uri}#${type.toLowerCase()}s/follows/${followerId}-${tx.clock.now().getTime()}`
        const object = { id: uri, type: 'Follow', actor: follower.uri, object: target.uri }
        await deliverToOne(tx, target, follower, { id, type, object })
      }),
  })
}

export const deliverAccept = answerJob('Accept')
export const deliverReject = answerJob('Reject')

type Block = { accountId: Id; targetId: Id; uri: string }

export const deliverBlock = defineJob<Block>({
  name: 'relationships.deliver-block',
  run: (ctx, { accountId, targetId, uri }) =>
    transact(ctx, async (tx) => {
      const pair = await requirePair(tx, accountId, targetId)
      if (pair) await deliverToOne(tx, pair[0], pair[1], { id: uri, type: 'Block', object: pair[1].uri })
    }),
})

export const deliverUndoBlock = defineJob<Block>({
  name: 'relationships.deliver-undo-block',
  run: (ctx, { accountId, targetId, uri }) =>
    transact(ctx, async (tx) => {
      const pair = await requirePair(tx, accountId, targetId)
      if (!pair) return
      const object = { id: uri, type: 'Block', actor: pair[0].uri, object: pair[1].uri }
      await deliverToOne(tx, pair[0], pair[1], { id: `${uri}/undo`, type: 'Undo', object })
    }),
})

/** Several changes in a row are told in order; each tells how things stand when it is sent. */
export const deliverActorUpdate = defineJob<{ accountId: Id }>({
  name: 'relationships.deliver-actor-update',
  orderingKey: ({ accountId }) => `actor:${accountId}`,
  run: (ctx, { accountId }) =>
    transact(ctx, async (tx) => {
      const actor = await renderActor(tx, accountId)
      if (!actor) return
      const { '@context': context, ...object } = actor
      const id = `${String(object.id)}#updates/${tx.clock.now().getTime()}`
      const activity = { '@context': context, id, type: 'Update', actor: object.id, to: [PUBLIC], object }
      await deliver(tx, { accountId, inboxes: await listFollowerInboxes(tx, accountId), activity })
    }),
})

export const jobs = [
  deliverFollow,
  deliverUndoFollow,
  deliverAccept,
  deliverReject,
  deliverBlock,
  deliverUndoBlock,
  deliverActorUpdate,
]
