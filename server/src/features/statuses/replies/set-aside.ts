import { sql } from 'kysely'
import { visibleTo } from '#features/visibility'
import type { Id } from '#lib/id'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { interactionPolicyChanged } from '../quote/set-policy.ts'
import { findStatus, type ReplyPolicy, type StatusRow } from '../store.ts'
import { findThreadRules, threadIdOf } from './rules.ts'

export type Standing = 'waiting' | 'refused' | 'removed'

/** A reply from elsewhere was let into a thread with a rule, or kept out of one: its server is told. */
export const replyJudged = defineEvent<{ statusId: Id; verdict: 'Accept' | 'Reject' }>('statuses.reply-judged')

type Aside = { statusId: Id; threadId: Id; deciderId: Id; standing: Standing }

/** Takes a reply out of a thread that it is in; its author's profile and followers keep it. */
export async function setAside(tx: Tx, { statusId, threadId, deciderId, standing }: Aside): Promise<void> {
  const row = { thread_id: threadId, decider_id: deciderId, standing, created_at: tx.clock.now().toISOString() }
  await tx.db
    .insertInto('set_aside_replies')
    .values({ status_id: statusId, ...row })
    .onConflict((conflict) => conflict.column('status_id').doUpdateSet({ standing }))
    .execute()
}

export async function isSetAside(ctx: Context, statusId: Id): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('set_aside_replies')
    .select('status_id')
    .where('status_id', '=', statusId)
    .executeTakeFirst()
  return row !== undefined
}

/** Judges a reply from elsewhere by the rule of a thread that began here. True when it stands in the thread. */
export async function judgeRemoteReply(tx: Tx, reply: { id: Id; account_id: Id }, parent: StatusRow): Promise<boolean> {
  const threadId = threadIdOf(parent)
  const rule = (await findThreadRules(tx, reply.account_id, [threadId])).get(threadId)
  if (!rule?.isLocal || rule.policy === 'everyone') return true
  if (rule.right === 'ask') {
    await setAside(tx, { statusId: reply.id, threadId, deciderId: rule.authorId, standing: 'waiting' })
    return false
  }
  await emit(tx, replyJudged, { statusId: reply.id, verdict: rule.right === 'yes' ? 'Accept' : 'Reject' })
  if (rule.right === 'yes') return true
  await setAside(tx, { statusId: reply.id, threadId, deciderId: rule.authorId, standing: 'refused' })
  return false
}

/** A reply in a thread that this person began here, held until the end; anything else is "not found". */
async function requireGuest(tx: Tx, deciderId: Id, statusId: string): Promise<{ reply: StatusRow; threadId: Id }> {
  if (!isId(statusId)) throw notFound()
  const found = await findStatus(tx, statusId)
  // What it answers is locked before it, as everywhere.
  const ids = [found?.in_reply_to_id ?? '0', statusId].toSorted((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))
  for (const id of ids) await tx.db.selectFrom('statuses').select('id').where('id', '=', id).forUpdate().execute()
  const reply = await findStatus(tx, statusId)
  const root = reply?.in_reply_to_id ? await findStatus(tx, threadIdOf(reply)) : undefined
  const isOwn = reply?.account_id === deciderId
  if (!reply || isOwn || reply.state !== 'live' || !root?.is_local || root.account_id !== deciderId) throw notFound()
  const seen = await sql`select 1 from statuses s where s.id = ${reply.id} and ${visibleTo(deciderId)}`.execute(tx.db)
  if (seen.rows.length === 0) throw notFound()
  return { reply, threadId: root.id }
}

/** Takes a reply out of one's own thread, with what hangs from it. A second press changes nothing. */
export async function removeReply(tx: Tx, deciderId: Id, statusId: string): Promise<void> {
  const { reply, threadId } = await requireGuest(tx, deciderId, statusId)
  const wasAside = await isSetAside(tx, reply.id)
  await setAside(tx, { statusId: reply.id, threadId, deciderId, standing: 'removed' })
  if (!wasAside) await addReplies(tx, reply.in_reply_to_id, -1)
  if (!wasAside && !reply.is_local) await emit(tx, replyJudged, { statusId: reply.id, verdict: 'Reject' })
}

/** Lets a reply into one's own thread, whatever kept it out. A second press changes nothing. */
export async function restoreReply(tx: Tx, deciderId: Id, statusId: string): Promise<void> {
  const { reply } = await requireGuest(tx, deciderId, statusId)
  const gone = await tx.db
    .deleteFrom('set_aside_replies')
    .where('status_id', '=', reply.id)
    .returning('status_id')
    .executeTakeFirst()
  if (!gone) return
  await addReplies(tx, reply.in_reply_to_id, 1)
  if (!reply.is_local) await emit(tx, replyJudged, { statusId: reply.id, verdict: 'Accept' })
}

/** Counts a reply under its parent, or takes it off the count. */
export async function addReplies(tx: Tx, parentId: Id | null, step: 1 | -1): Promise<void> {
  await sql`update statuses set replies_count = greatest(0, replies_count + ${step}) where id = ${parentId}`.execute(
    tx.db,
  )
}

/**
 * Says who may write in a thread from now on; what is there stays. Only whoever began it can: the rule of a reply is
 * that of its thread.
 */
export async function setReplyPolicy(tx: Tx, authorId: Id, statusId: Id, reply_policy: ReplyPolicy): Promise<void> {
  await tx.db.selectFrom('statuses').select('id').where('id', '=', statusId).forUpdate().execute()
  const status = await findStatus(tx, statusId)
  if (!status || status.account_id !== authorId || status.reblog_of_id || status.in_reply_to_id) throw notFound()
  if (status.reply_policy === reply_policy) return
  await tx.db
    .updateTable('statuses')
    .set((eb) => ({ reply_policy, version: eb('version', '+', 1) }))
    .where('id', '=', statusId)
    .execute()
  await emit(tx, interactionPolicyChanged, { statusId })
}

/** How many replies to a post, or in the thread that it began, are kept out, of those that the viewer could read elsewhere. */
export async function countSetAside(ctx: Context, viewerId: Id | null, statusId: Id): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*)::int as count from set_aside_replies e join statuses s on s.id = e.status_id
    where (e.thread_id = ${statusId} or s.in_reply_to_id = ${statusId}) and ${visibleTo(viewerId)}`.execute(ctx.db)
  return found.rows[0]?.count ?? 0
}
