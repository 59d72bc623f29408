import {
  fetchKey,
  findAccount,
  findAccountByUri,
  findKey,
  findSigner,
  handleActorDelete,
  prepareActorUpdate,
} from '#features/accounts'
import { findShutHosts } from '#features/domains'
import { handleMove, prepareMove } from '#features/moves'
import { handleFlag } from '#features/moderation'
import {
  handleAccept as handleFollowAccept,
  handleBlock,
  handleFollow,
  handleReject as handleFollowReject,
  handleUndo as handleRelationUndo,
  isRelay,
  prepareActor,
} from '#features/relationships'
import {
  findStatusByUri,
  handleAdd,
  handleAnnounce,
  handleCreate,
  handleDelete,
  handleLike,
  handleQuoteAnswer,
  handleQuoteRequest,
  handleRemove,
  handleStatusUndo,
  handleUpdate,
  prepareAdd,
  prepareAnnounce,
  prepareCreate,
  prepareLike,
  prepareQuoteRequest,
} from '#features/statuses'
import { bindFederation, noteSuccess, type Activity, type FederationPorts } from '#federation'
import { hostOf } from '#lib/host'
import type { Context, Tx } from '#platform/context'

const isAboutItself = (activity: Activity) => activity.objectId === activity.actor

/** Some kinds of activity belong to several rooms: the first that knows what it is about takes it. */
async function handleUndo(tx: Tx, activity: Activity): Promise<void> {
  if (!(await handleRelationUndo(tx, activity))) await handleStatusUndo(tx, activity)
}

async function handleAccept(tx: Tx, activity: Activity): Promise<void> {
  if (!(await handleQuoteAnswer(tx, activity))) await handleFollowAccept(tx, activity)
}

async function handleReject(tx: Tx, activity: Activity): Promise<void> {
  if (!(await handleQuoteAnswer(tx, activity))) await handleFollowReject(tx, activity)
}

/** Who is stored as the author of an object: a post's account, or an account itself. */
async function findOwner(ctx: Context, objectId: string): Promise<string | undefined> {
  const status = await findStatusByUri(ctx, objectId)
  if (status) return (await findAccount(ctx, status.account_id))?.uri
  return (await findAccountByUri(ctx, objectId))?.uri
}

/** The questions of the federation floor, answered. */
export const ports: FederationPorts = {
  findSuspendedHosts: findShutHosts,
  findKey,
  fetchKey,
  findSigner,
  findOwner,
  findCollections: async (ctx, actorUri) => {
    const actor = await findAccountByUri(ctx, actorUri)
    return actor?.featured_url ? [actor.featured_url] : []
  },
  noteActor: async (ctx, actorUri) => {
    const host = hostOf(actorUri)
    if (host) await noteSuccess(ctx, host)
  },
  isRelay,
  handlers: new Map([
    ['Follow', { prepare: prepareActor, handle: handleFollow }],
    ['Accept', { prepare: prepareActor, handle: handleAccept }],
    ['Reject', { prepare: prepareActor, handle: handleReject }],
    ['QuoteRequest', { prepare: prepareQuoteRequest, handle: handleQuoteRequest }],
    ['Block', { prepare: prepareActor, handle: handleBlock }],
    ['Undo', { prepare: prepareActor, handle: handleUndo }],
    ['Create', { prepare: prepareCreate, handle: handleCreate }],
    [
      'Update',
      {
        prepare: (ctx: Context, activity: Activity) =>
          isAboutItself(activity) ? prepareActorUpdate(ctx, activity) : Promise.resolve(),
        handle: (tx: Tx, activity: Activity) =>
          isAboutItself(activity) ? Promise.resolve() : handleUpdate(tx, activity),
      },
    ],
    [
      'Delete',
      {
        handle: (tx: Tx, activity: Activity) =>
          isAboutItself(activity) ? handleActorDelete(tx, activity) : handleDelete(tx, activity),
      },
    ],
    ['Add', { prepare: prepareAdd, handle: handleAdd }],
    ['Remove', { prepare: prepareActor, handle: handleRemove }],
    ['Announce', { prepare: prepareAnnounce, handle: handleAnnounce }],
    ['Like', { prepare: prepareLike, handle: handleLike }],
    ['Move', { prepare: prepareMove, handle: handleMove }],
    ['Flag', { prepare: prepareActor, handle: handleFlag }],
    ['EmojiReact', { prepare: prepareLike, handle: handleLike }],
  ]),
}

export const federation = bindFederation(ports)
