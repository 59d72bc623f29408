import { countStatus } from '#features/accounts'
import { noteTags } from '#features/tags'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { findLinks } from '../find-links.ts'
import { attachQuote, type Quotable } from '../quote/quote-status.ts'
import { isSetAside } from '../replies/set-aside.ts'
import { findTags, insertParts } from './compose.ts'

export const statusCreated = defineEvent<{
  statusId: Id
  authorId: Id
  isLocal: boolean
  mentionsLocals: boolean
  hasLink: boolean
  isDirect: boolean
}>('statuses.created')

/** A post of ours whose row is written, with what its consequences ask. */
export type Written = {
  id: Id
  authorId: Id
  text: string
  content: string
  visibility: string
  parentId: Id | null
  mentionsLocals: boolean
}

/**
 * What is true of a post from the moment that it can be seen, and not before: its hashtags lead to it, it is counted, and
 * everybody whom it concerns is told, the author of what it quotes among them. The caller holds what is quoted.
 */
export async function goLive(tx: Tx, written: Written, quoted: Quotable | undefined): Promise<void> {
  const { id, authorId, text, content, visibility, parentId, mentionsLocals } = written
  const tags = findTags(text)
  await insertParts(tx, id, [], tags)
  if (parentId && !(await isSetAside(tx, id))) await countReply(tx, parentId)
  if (quoted) await attachQuote(tx, { id, authorId }, quoted)
  await noteTags(tx, tags, { authorId, visibility, usedAt: tx.clock.now() })
  // Statuses are locked before accounts, here and in every other act: two acts never wait in a circle.
  await countStatus(tx, authorId, tx.clock.now())
  const hasLink = findLinks(tx, content).length > 0
  const isDirect = visibility === 'direct'
  await emit(tx, statusCreated, { statusId: id, authorId, isLocal: true, mentionsLocals, hasLink, isDirect })
}

/** One more answers a post. */
export async function countReply(tx: Tx, parentId: Id): Promise<void> {
  await tx.db
    .updateTable('statuses')
    .set((eb) => ({ replies_count: eb('replies_count', '+', 1) }))
    .where('id', '=', parentId)
    .execute()
}
