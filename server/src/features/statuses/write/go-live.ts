import { findEntities } from '@hamlet/contract/text'
import { countStatus } from '#features/accounts'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { attachQuote, type Quotable } from '../quote/quote-status.ts'
import { findTagNames, insertParts } from './compose.ts'

export const statusCreated = defineEvent<{
  statusId: Id
  authorId: Id
  isLocal: boolean
  mentionsLocals: boolean
  hasLink: boolean
}>('statuses.created')

/** A post of ours whose row is written, with what its consequences ask. */
export type Written = { id: Id; authorId: Id; text: string; parentId: Id | null; mentionsLocals: boolean }

/**
 * What is true of a post from the moment that it can be seen, and not before: its hashtags lead to it, it is counted, and
 * everybody whom it concerns is told, the author of what it quotes among them. The caller holds what is quoted.
 */
export async function goLive(tx: Tx, written: Written, quoted: Quotable | undefined): Promise<void> {
  const { id, authorId, text, parentId, mentionsLocals } = written
  await insertParts(tx, id, [], findTagNames(text))
  if (parentId) await countReply(tx, parentId)
  if (quoted) await attachQuote(tx, { id, authorId }, quoted)
  // Statuses are locked before accounts, here and in every other act: two acts never wait in a circle.
  await countStatus(tx, authorId, tx.clock.now())
  const hasLink = findEntities(text).some((entity) => entity.kind === 'url')
  await emit(tx, statusCreated, { statusId: id, authorId, isLocal: true, mentionsLocals, hasLink })
}

/** One more answers a post. */
export async function countReply(tx: Tx, parentId: Id): Promise<void> {
  await tx.db
    .updateTable('statuses')
    .set((eb) => ({ replies_count: eb('replies_count', '+', 1) }))
    .where('id', '=', parentId)
    .execute()
}
