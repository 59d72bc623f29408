import { sql } from 'kysely'
import { makeId, type Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { enqueue } from '#platform/jobs'
import { fetchCard } from './fetch-card.ts'
import { claimOrder, ensureCard } from './store.ts'

/** Everybody who follows an author elsewhere fetches the same link at the same moment; a draw in this time spreads them. */
const SPREAD_MS = 60_000

/**
 * A post leads to a page: it shares the preview with all posts that do. The page is fetched when nobody has lately;
 * for posts from elsewhere after a moment (reliability-and-security.md R-23).
 */
export async function linkStatus(tx: Tx, statusId: Id, link: string, { isLocal }: { isLocal: boolean }): Promise<void> {
  const now = tx.clock.now().getTime()
  const cardId = await ensureCard(tx, makeId(now), link)
  await tx.db
    .insertInto('status_cards')
    .values({ status_id: statusId, card_id: cardId })
    .onConflict((conflict) => conflict.column('status_id').doUpdateSet({ card_id: cardId }))
    .execute()
  if (!(await claimOrder(tx, cardId))) return
  const runAt = isLocal ? undefined : new Date(now + Math.random() * SPREAD_MS)
  await enqueue(tx, fetchCard, { cardId }, runAt)
}

/** These posts lead nowhere any more, or are gone. Their previews stay for a while, for whoever links them next. */
export async function unlinkStatuses(tx: Tx, statusIds: readonly Id[]): Promise<void> {
  if (statusIds.length === 0) return
  await tx.db
    .deleteFrom('status_cards')
    .where('status_id', '=', sql<string>`any(${[...statusIds]}::bigint[])`)
    .execute()
}
