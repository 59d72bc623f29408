import { listInboxes } from '#features/accounts'
import { listFollowerInboxes } from '#features/relationships'
import type { Context } from '#platform/context'
import type { NoteParts } from './note.ts'
import { findQuoteOf } from './quote/store.ts'

/**
 * Whom a post concerns: who is named, whom it answers, whom it quotes openly, and, where it is for them, the followers
 * (federation.md c.9). A private mention is for who is named alone.
 */
export async function listRecipients(ctx: Context, { row, author, mentioned }: NoteParts): Promise<string[]> {
  const people = mentioned.map((person) => person.id)
  if (row.visibility === 'direct') return listInboxes(ctx, people)
  if (row.in_reply_to_account_id) people.push(row.in_reply_to_account_id)
  const quotedId = row.visibility === 'private' ? null : (await findQuoteOf(ctx, row.id))?.quoted_account_id
  if (quotedId) people.push(quotedId)
  return [...(await listFollowerInboxes(ctx, author.id)), ...(await listInboxes(ctx, people))]
}
