import { findAccount, findInbox, listInboxes } from '#features/accounts'
import { listFollowerInboxes } from '#features/relationships'
import { deliver, listInboxesOf, PUBLIC } from '#federation'
import type { Id } from '#lib/id'
import { transact, type Tx } from '#platform/context'
import { defineJob } from '#platform/jobs'
import { findNoteParts, NOTE_CONTEXT, renderAnnounce, renderCreate, renderNote } from './note.ts'
import { listRecipients } from './recipients.ts'
import { findStatus } from './store.ts'

export const keyOf = ({ statusId }: { statusId: Id }) => `post:${statusId}`
const CONTEXT = 'https://www.w3.org/ns/activitystreams'

export const deliverCreate = defineJob<{ statusId: Id }>({
  name: 'statuses.deliver-create',
  orderingKey: keyOf,
  run: (ctx, { statusId }) =>
    transact(ctx, async (tx) => {
      const parts = await findNoteParts(tx, statusId)
      if (!parts?.author.is_local || parts.row.reblog_of_id) return
      const note = await renderNote(tx, parts)
      await deliver(tx, {
        accountId: parts.author.id,
        subjectId: statusId,
        inboxes: await listRecipients(tx, parts),
        activity: { '@context': NOTE_CONTEXT, ...renderCreate(note, parts) },
      })
    }),
})

/**
 * An edit goes to everybody whom the post ever reached, and to who is named now. So does what became of its quote, and
 * who may quote it: each Update has an id of its own, since what only repeats an id is passed over.
 */
export const deliverUpdate = defineJob<{ statusId: Id }>({
  name: 'statuses.deliver-update',
  orderingKey: keyOf,
  run: (ctx, { statusId }) =>
    transact(ctx, async (tx) => {
      const parts = await findNoteParts(tx, statusId)
      if (!parts?.author.is_local) return
      const note = await renderNote(tx, parts)
      await deliver(tx, {
        accountId: parts.author.id,
        subjectId: statusId,
        inboxes: [...(await listRecipients(tx, parts)), ...(await listInboxesOf(tx, statusId))],
        activity: {
          '@context': NOTE_CONTEXT,
          id: `${note.id}#updates/${tx.clock.now().getTime()}`,
          type: 'Update',
          actor: parts.author.uri,
          to: note.to,
          cc: note.cc,
          object: note,
        },
      })
    }),
})

type Gone = { statusId: Id; authorId: Id; uri: string; visibility: string }

export const deliverDelete = defineJob<Gone>({
  name: 'statuses.deliver-delete',
  orderingKey: keyOf,
  run: (ctx, { statusId, authorId, uri, visibility }) =>
    transact(ctx, async (tx) => {
      const author = await findAccount(tx, authorId)
      if (!author?.is_local) return
      const followers = visibility === 'direct' ? [] : await listFollowerInboxes(tx, authorId)
      await deliver(tx, {
        accountId: authorId,
        inboxes: [...(await listInboxesOf(tx, statusId)), ...followers],
        activity: {
          '@context': CONTEXT,
          id: `${uri}#delete`,
          type: 'Delete',
          actor: author.uri,
          to: [PUBLIC],
          object: { id: uri, type: 'Tombstone' },
        },
      })
    }),
})

type Boost = { boostId: Id; statusId: Id; accountId: Id }

async function findBoostParts(tx: Tx, { statusId, accountId }: Boost) {
  const [booster, original] = [await findAccount(tx, accountId), await findStatus(tx, statusId)]
  const author = original && (await findAccount(tx, original.account_id))
  return booster?.is_local && original && author
    ? { booster, original: { ...original, authorUri: author.uri }, author }
    : undefined
}

export const deliverAnnounce = defineJob<Boost>({
  name: 'statuses.deliver-announce',
  orderingKey: ({ boostId }) => `post:${boostId}`,
  run: (ctx, facts) =>
    transact(ctx, async (tx) => {
      const parts = await findBoostParts(tx, facts)
      const boost = await findStatus(tx, facts.boostId)
      if (!parts || !boost) return
      await deliver(tx, {
        accountId: parts.booster.id,
        subjectId: facts.boostId,
        inboxes: [...(await listFollowerInboxes(tx, parts.booster.id)), ...(await listInboxes(tx, [parts.author.id]))],
        activity: { '@context': CONTEXT, ...renderAnnounce(boost, parts.booster, parts.original) },
      })
    }),
})

export const deliverUndoAnnounce = defineJob<Boost & { uri: string }>({
  name: 'statuses.deliver-undo-announce',
  orderingKey: ({ boostId }) => `post:${boostId}`,
  run: (ctx, facts) =>
    transact(ctx, async (tx) => {
      const parts = await findBoostParts(tx, facts)
      if (!parts) return
      const { booster, original, author } = parts
      await deliver(tx, {
        accountId: booster.id,
        inboxes: [
          ...(await listFollowerInboxes(tx, booster.id)),
          ...(await listInboxes(tx, [author.id])),
          ...(await listInboxesOf(tx, facts.boostId)),
        ],
        activity: {
          '@context': CONTEXT,
          id: `${facts.uri}/undo`,
          type: 'Undo',
          actor: booster.uri,
          to: [PUBLIC],
          object: { id: facts.uri, type: 'Announce', actor: booster.uri, object: original.uri },
        },
      })
    }),
})

type Like = { statusId: Id; accountId: Id }

/** A favourite is told to the author alone. */
async function deliverLikeAs(tx: Tx, { statusId, accountId }: Like, isUndone: boolean): Promise<void> {
  const [actor, status] = [await findAccount(tx, accountId), await findStatus(tx, statusId)]
  if (!actor?.is_local || !status || status.is_local) return
  const author = await findAccount(tx, status.account_id)
  const inbox = await findInbox(tx, status.account_id)
  if (!author || !inbox) return
  const id = `${actor.uri}#likes/${statusId}`
  const like = { id, type: 'Like', actor: actor.uri, object: status.uri }
  const undo = { id: `${id}/undo-${tx.clock.now().getTime()}`, type: 'Undo', actor: actor.uri, object: like }
  const activity = { '@context': CONTEXT, ...(isUndone ? undo : like), to: [author.uri] }
  await deliver(tx, { accountId, inboxes: [inbox], activity })
}

const likeKey = ({ statusId, accountId }: Like) => `like:${accountId}:${statusId}`

export const deliverLike = defineJob<Like>({
  name: 'statuses.deliver-like',
  orderingKey: likeKey,
  run: (ctx, like) => transact(ctx, (tx) => deliverLikeAs(tx, like, false)),
})

export const deliverUndoLike = defineJob<Like>({
  name: 'statuses.deliver-undo-like',
  orderingKey: likeKey,
  run: (ctx, like) => transact(ctx, (tx) => deliverLikeAs(tx, like, true)),
})

export const outboxJobs = [
  deliverCreate,
  deliverUpdate,
  deliverDelete,
  deliverAnnounce,
  deliverUndoAnnounce,
  deliverLike,
  deliverUndoLike,
]
