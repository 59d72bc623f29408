import { findEntities } from '@hamlet/contract/text'
import { findAccount, findAccountsById, type AccountRow } from '#features/accounts'
import { requireVisibleStatus, type Visibility } from '#features/visibility'
import { hostOf } from '#lib/host'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import { listReached } from './recipients.ts'
import { findStatus } from './store.ts'
import { findMentioned } from './write/compose.ts'

export type Question = {
  visibility: Visibility
  text: string
  inReplyToId: Id | undefined
  quotedId: Id | undefined
}
export type Audience = { followers: number; servers: number; notified: AccountRow[]; unknown: string[] }

/** Whom a post would reach, by the very computation that sends it. Nothing is asked of other servers. */
export async function findAudience(ctx: Context, authorId: Id, question: Question): Promise<Audience> {
  const { visibility, text, inReplyToId, quotedId } = question
  const author = await findAccount(ctx, authorId)
  if (!author) throw notFound()
  const inReplyToAccountId = await findAuthor(ctx, authorId, inReplyToId)
  const quotedAccountId = await findAuthor(ctx, authorId, quotedId)
  const mentioned = await findMentioned(ctx, text)
  const people = await findAccountsById(
    ctx,
    [...mentioned.values()].map((person) => person.id),
  )
  const reach = { authorId, visibility, mentionedIds: [...people.keys()], inReplyToAccountId, quotedAccountId }
  const hosts = new Set((await listReached(ctx, reach)).map((inbox) => hostOf(inbox)))
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

/** Who wrote a post that the author can see; refuses (404) others. */
async function findAuthor(ctx: Context, viewerId: Id, id: Id | undefined): Promise<Id | null> {
  if (id === undefined) return null
  return (await findStatus(ctx, await requireVisibleStatus(ctx, viewerId, id)))?.account_id ?? null
}

/** Handles as they are written, each once. */
function findHandles(text: string): string[] {
  const handles = findEntities(text).flatMap((entity) =>
    entity.kind === 'mention' ? [entity.domain ? `${entity.username}@${entity.domain}` : entity.username] : [],
  )
  return [...new Set(handles)]
}
