import { findEntities } from '@hamlet/contract/text'
import { findAccount, findAccountsById, listInboxes, type AccountRow } from '#features/accounts'
import { listFollowerInboxes } from '#features/relationships'
import { requireVisibleStatus, type Visibility } from '#features/visibility'
import { hostOf } from '#lib/host'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import { findStatus } from './store.ts'
import { findMentioned } from './write/compose.ts'

export type Reach = {
  authorId: Id
  visibility: string
  mentionedIds: readonly Id[]
  inReplyToAccountId: Id | null
}

/** Where a post goes: to who is named, whom it answers, and, where it is for them, the followers (federation.md c.9). */
export async function listRecipients(ctx: Context, reach: Reach): Promise<string[]> {
  const isDirect = reach.visibility === 'direct'
  const people = [...reach.mentionedIds]
  if (!isDirect && reach.inReplyToAccountId) people.push(reach.inReplyToAccountId)
  const followers = isDirect ? [] : await listFollowerInboxes(ctx, reach.authorId)
  return [...followers, ...(await listInboxes(ctx, people))]
}

export type Question = { visibility: Visibility; text: string; inReplyToId: Id | undefined }
export type Audience = { followers: number; servers: number; notified: AccountRow[]; unknown: string[] }

/** Whom a post would reach, by the very computation that sends it. Nothing is asked of other servers. */
export async function findAudience(ctx: Context, authorId: Id, question: Question): Promise<Audience> {
  const { visibility, text, inReplyToId } = question
  const author = await findAccount(ctx, authorId)
  if (!author) throw notFound()
  const parent = inReplyToId && (await findStatus(ctx, await requireVisibleStatus(ctx, authorId, inReplyToId)))
  const mentioned = await findMentioned(ctx, text)
  const people = await findAccountsById(
    ctx,
    [...mentioned.values()].map((person) => person.id),
  )
  const inReplyToAccountId = parent ? parent.account_id : null
  const reach = { authorId, visibility, mentionedIds: [...people.keys()], inReplyToAccountId }
  const hosts = new Set((await listRecipients(ctx, reach)).map((inbox) => hostOf(inbox)))
  return {
    followers: visibility === 'direct' ? 0 : author.followers_count,
    servers: hosts.size,
    notified: [...mentioned.values()]
      .map((person) => people.get(person.id))
      .filter((person) => person !== undefined)
      .filter((person) => person.id !== authorId),
    unknown: findHandles(text).filter((handle) => !mentioned.has(handle.toLowerCase())),
  }
}

/** Handles as they are written, each once. */
function findHandles(text: string): string[] {
  const handles = findEntities(text).flatMap((entity) =>
    entity.kind === 'mention' ? [entity.domain ? `${entity.username}@${entity.domain}` : entity.username] : [],
  )
  return [...new Set(handles)]
}
