import { findAccountByUri, resolveActor, type AccountRow } from '#features/accounts'
import { hasLocalFollower, isRelay } from '#features/relationships'
import { takeVote } from '#features/polls'
import { onlyVisible } from '#features/visibility'
import { readAudience, readNote, trustsEmbedded, type Activity, type RemoteNote } from '#federation'
import { sameOrigin } from '#lib/host'
import { notFound, Refusal } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { dropUnseen, isUnseen } from './gate/remote.ts'
import { createRemoteStatus, editRemoteStatus, prepareNote, resolveStatus } from './receive-note.ts'
import { handleStampDelete } from './quote/inbox.ts'
import { findStatusByUri } from './store.ts'
import { findVotes, isBareAnswer } from './votes.ts'
import { boostStatus, unboostStatus } from './write/boost-status.ts'
import { deleteStatus } from './write/delete-status.ts'
import { favouriteStatus, unfavouriteStatus } from './write/favourite-status.ts'

async function requireActor(tx: Tx, uri: string): Promise<AccountRow> {
  const row = await findAccountByUri(tx, uri)
  if (!row || row.is_local || row.suspended_at) throw notFound()
  return row
}

/** The note that came with an activity, if it may be used as it is; its audience falls back to the activity's. */
function readCarried(ctx: Context, activity: Activity): RemoteNote | undefined {
  if (!activity.object || !trustsEmbedded(activity.claim)) return undefined
  const note = readNote(activity.object, ctx.clock.now())
  if (note.to.length + note.cc.length > 0) return note
  const outer = readNote({ ...activity.object, to: activity.raw.to, cc: activity.raw.cc }, ctx.clock.now())
  return { ...note, to: outer.to, cc: outer.cc }
}

/** True when somebody here has to do with a post: who is named, who follows its author, whose post it answers or quotes. */
async function concernsUs(ctx: Context, note: RemoteNote, author: AccountRow): Promise<boolean> {
  if (await hasLocalFollower(ctx, author.id)) return true
  for (const uri of [...note.mentions, ...note.to, ...note.cc]) {
    if ((await findAccountByUri(ctx, uri))?.is_local) return true
  }
  const near = [note.inReplyTo, note.quote?.uri].filter((uri) => uri !== undefined)
  for (const uri of near) if ((await findStatusByUri(ctx, uri))?.is_local) return true
  return false
}

export async function prepareCreate(ctx: Context, activity: Activity): Promise<void> {
  const author = await resolveActor(ctx, activity.actor)
  const note = readCarried(ctx, activity)
  if (!note) {
    // What came without its words, or from elsewhere, is asked where it lives.
    if (activity.objectId) await resolveStatus(ctx, activity.objectId)
    return
  }
  // Whoever may vote is asked when the votes are taken; nothing must be fetched for them.
  if (isBareAnswer(note) || (await findVotes(ctx, activity)).length > 0) return
  await prepareNote(ctx, note)
  if (!(await concernsUs(ctx, note, author))) throw new Refusal('forbidden', 'Nobody here has to do with this post')
  const isThere = note.inReplyTo === undefined || (await findStatusByUri(ctx, note.inReplyTo)) !== undefined
  if (!isThere && note.inReplyTo) await resolveStatus(ctx, note.inReplyTo).catch(refusalOnly)
}

function refusalOnly(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error
}

export async function handleCreate(tx: Tx, activity: Activity): Promise<void> {
  const note = readCarried(tx, activity)
  if (!note) return
  const author = await requireActor(tx, activity.actor)
  const votes = await findVotes(tx, activity)
  for (const { statusId, name } of votes) await takeVote(tx, author.id, statusId, name)
  if (votes.length === 0) await createRemoteStatus(tx, note, author)
}

export async function handleUpdate(tx: Tx, activity: Activity): Promise<void> {
  const note = readCarried(tx, activity)
  if (note) await editRemoteStatus(tx, note, await requireActor(tx, activity.actor))
}

/** A deletion that overtakes its post leaves a mark, so that the post stays away. */
export async function handleDelete(tx: Tx, activity: Activity): Promise<void> {
  const uri = activity.objectId
  if (!uri || (await handleStampDelete(tx, activity))) return
  const actor = await findAccountByUri(tx, activity.actor)
  const status = await findStatusByUri(tx, uri)
  if (status && actor && status.account_id === actor.id) return deleteStatus(tx, actor.id, status.id)
  if (actor && !status) await dropUnseen(tx, uri, actor.id)
  if (status || !sameOrigin(uri, activity.actor)) return
  await tx.db
    .insertInto('status_tombstones')
    .values({ uri, deleted_at: tx.clock.now().toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function prepareAnnounce(ctx: Context, activity: Activity): Promise<void> {
  const booster = await resolveActor(ctx, activity.actor)
  if (!activity.objectId) throw notFound()
  // What a relay names is asked where it lives, and checked as any post; a relay boosts nothing (federation.md e.8).
  if (await isRelay(ctx, activity.actor)) {
    await resolveStatus(ctx, activity.objectId)
    return
  }
  const known = await findStatusByUri(ctx, activity.objectId)
  if (!known?.is_local && !(await hasLocalFollower(ctx, booster.id)))
    throw new Refusal('forbidden', 'Nobody here follows whoever boosts')
  if (!known && (await isUnseen(ctx, activity.objectId))) throw notFound()
  if (!known) await resolveStatus(ctx, activity.objectId)
}

export async function handleAnnounce(tx: Tx, activity: Activity): Promise<void> {
  const booster = await requireActor(tx, activity.actor)
  const original = activity.objectId ? await findStatusByUri(tx, activity.objectId) : undefined
  if (!original || !activity.id || !sameOrigin(activity.id, activity.actor)) return
  if (await isRelay(tx, activity.actor)) return
  const { to, cc } = readNote(
    { ...NOTE_SHELL, id: activity.id, to: activity.raw.to, cc: activity.raw.cc },
    tx.clock.now(),
  )
  const audience = readAudience(to, cc, booster.followers_url)
  const boostId = await boostStatus(tx, booster.id, original.id, audience === 'direct' ? 'private' : audience)
  await tx.db
    .updateTable('statuses')
    .set({ uri: activity.id, url: activity.id, is_local: false })
    .where('id', '=', boostId)
    .where('account_id', '=', booster.id)
    .execute()
}

/** Only its addresses are read of it. */
const NOTE_SHELL = { type: 'Note' } as const

export async function prepareLike(ctx: Context, activity: Activity): Promise<void> {
  await resolveActor(ctx, activity.actor)
}

/** A favourite counts for a post of ours that its giver may see. */
export async function handleLike(tx: Tx, activity: Activity): Promise<void> {
  const actor = await requireActor(tx, activity.actor)
  const status = activity.objectId ? await findStatusByUri(tx, activity.objectId) : undefined
  if (!status?.is_local) return
  const [visible] = await onlyVisible(tx, actor.id, [status.id])
  if (visible) await favouriteStatus(tx, actor.id, status.id)
}

/** Undo of a boost or a favourite. False when it is neither. */
export async function handleUndo(tx: Tx, activity: Activity): Promise<boolean> {
  const actor = await requireActor(tx, activity.actor)
  const { objectType, objectObject } = activity.claim
  const subject = objectObject ? await findStatusByUri(tx, objectObject) : undefined
  if (objectType === 'Like' || objectType === 'EmojiReact') {
    if (subject) await unfavouriteStatus(tx, actor.id, subject.id)
    return true
  }
  const boost = activity.objectId ? await findStatusByUri(tx, activity.objectId) : undefined
  if (boost?.account_id === actor.id && boost.reblog_of_id) {
    await unboostStatus(tx, actor.id, boost.reblog_of_id)
    return true
  }
  if (objectType !== 'Announce') return false
  if (subject) await unboostStatus(tx, actor.id, subject.id)
  return true
}
