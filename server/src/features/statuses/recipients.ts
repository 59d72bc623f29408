import { listInboxes } from '#features/accounts'
import { listFollowerInboxes, listRelayInboxes } from '#features/relationships'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import type { NoteParts } from './note.ts'
import { findQuoteOf } from './quote/store.ts'

/** Who a post is by and for, and who is in it. */
export type Reach = {
  authorId: Id
  visibility: string
  mentionedIds: readonly Id[]
  inReplyToAccountId: Id | null
  quotedAccountId: Id | null
}

/**
 * Where a post goes: to who is named, whom it answers, whom it quotes openly, and, where it is for them, the followers
 * (federation.md c.9). A private mention is for who is named alone.
 */
export async function listReached(ctx: Context, reach: Reach): Promise<string[]> {
  const people = [...reach.mentionedIds]
  if (reach.visibility === 'direct') return listInboxes(ctx, people)
  if (reach.inReplyToAccountId) people.push(reach.inReplyToAccountId)
  if (reach.quotedAccountId && reach.visibility !== 'private') people.push(reach.quotedAccountId)
  const relays = reach.visibility === 'public' ? await listRelayInboxes(ctx) : []
  return [...(await listFollowerInboxes(ctx, reach.authorId)), ...(await listInboxes(ctx, people)), ...relays]
}

/** Where a post that is there goes. */
export async function listRecipients(ctx: Context, { row, author, mentioned }: NoteParts): Promise<string[]> {
  return listReached(ctx, {
    authorId: author.id,
    visibility: row.visibility,
    mentionedIds: mentioned.map((person) => person.id),
    inReplyToAccountId: row.in_reply_to_account_id,
    quotedAccountId: (await findQuoteOf(ctx, row.id))?.quoted_account_id ?? null,
  })
}
