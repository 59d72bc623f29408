import { sql } from 'kysely'
import { isPublic, type RemoteNote } from '#federation'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import type { ReplyPolicy } from '../store.ts'

/** Whether somebody may write in a thread: at once, when whoever began it agrees, or not. */
export type ReplyRight = 'yes' | 'ask' | 'no'
export type ThreadRule = { policy: ReplyPolicy; right: ReplyRight; authorId: Id; isLocal: boolean }

type Row = {
  id: Id
  account_id: Id
  is_local: boolean
  reply_policy: ReplyPolicy
  follows_author: boolean
  is_followed: boolean
  is_named: boolean
}

/** The rules of threads by the posts that began them, and what they mean for one person. One query. */
export async function findThreadRules(
  ctx: Context,
  viewerId: Id | null,
  threadIds: readonly Id[],
): Promise<Map<Id, ThreadRule>> {
  if (threadIds.length === 0) return new Map()
  const found = await sql<Row>`
    select r.id, r.account_id, r.is_local, r.reply_policy,
      exists (select 1 from follows f where f.account_id = ${viewerId}::bigint and f.target_account_id = r.account_id and f.state = 'accepted') as follows_author,
      exists (select 1 from follows f where f.account_id = r.account_id and f.target_account_id = ${viewerId}::bigint and f.state = 'accepted') as is_followed,
      exists (select 1 from mentions m where m.status_id = r.id and m.account_id = ${viewerId}::bigint) as is_named
    from statuses r where r.id = any(${[...new Set(threadIds)]}::bigint[])`.execute(ctx.db)
  return new Map(
    found.rows.map((row) => [
      row.id,
      { policy: row.reply_policy, right: rightOf(row, viewerId), authorId: row.account_id, isLocal: row.is_local },
    ]),
  )
}

/** Who began a thread and whom that post names may always answer (federation.md b.6). */
function rightOf(row: Row, viewerId: Id | null): ReplyRight {
  if (viewerId === null) return 'no'
  if (row.account_id === viewerId || row.is_named || row.reply_policy === 'everyone') return 'yes'
  if (row.reply_policy === 'followers') return row.follows_author ? 'yes' : 'no'
  if (row.reply_policy === 'following') return row.is_followed ? 'yes' : 'no'
  return row.reply_policy === 'approval' ? 'ask' : 'no'
}

const REFUSALS: Record<ReplyPolicy, string> = {
  everyone: 'You cannot reply here',
  followers: 'Only followers of whoever began this thread can reply',
  following: 'Only people whom the author of this thread follows can reply',
  mentioned: 'Only the people who are mentioned can reply',
  nobody: 'Nobody can reply to this post',
  approval: 'You cannot reply here',
}

/** The thread that a post is in. */
export const threadIdOf = (row: { id: Id; conversation_id: Id | null }): Id => row.conversation_id ?? row.id

/**
 * What becomes of a reply by somebody here: it stands at once, or waits for whoever began the thread. Throws a Refusal
 * that says the rule. A server elsewhere asks its own people.
 */
export async function requireReply(tx: Tx, authorId: Id, threadId: Id): Promise<'stands' | 'waits'> {
  const rule = (await findThreadRules(tx, authorId, [threadId])).get(threadId)
  if (!rule || rule.right === 'yes') return 'stands'
  if (rule.right === 'no') throw new Refusal('forbidden', REFUSALS[rule.policy])
  return rule.isLocal ? 'waits' : 'stands'
}

/** Who may answer a post from elsewhere, as near as our own words come (GoToSocial's canReply, federation.md b.6). */
export function readReplyPolicy(note: RemoteNote, author: { uri: string; followers_url: string }): ReplyPolicy {
  if (note.inReplyTo || !note.replyPolicy) return 'everyone'
  const { automatic, manual } = note.replyPolicy
  if (automatic.some(isPublic)) return 'everyone'
  if (automatic.includes(author.followers_url)) return 'followers'
  if (manual.some(isPublic) || manual.includes(author.followers_url)) return 'approval'
  const others = automatic.filter((uri) => uri !== author.uri)
  if (others.length === 0) return 'nobody'
  return others.every((uri) => note.mentions.includes(uri)) ? 'mentioned' : 'following'
}
