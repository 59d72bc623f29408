import { findAccount } from '#features/accounts'
import { onlyVisible, type Visibility } from '#features/visibility'
import { makeId, type Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { emit } from '#platform/events'
import { findStatus, type StatusRow } from '../store.ts'
import { quoteAccepted, quoteRequested } from './events.ts'
import { findFacts } from './settle.ts'
import { findStanding, type Standing } from './standing.ts'
import { countQuotes, holdStatuses } from './store.ts'

/** A post that may be quoted, and how. */
export type Quotable = { row: StatusRow; standing: Exclude<Standing, 'denied'> }

/**
 * The post that somebody here wants to quote; a boost stands for what it boosts. Held, so that it is still there when
 * the quote is written. Refuses (404) what they cannot see and what they may not quote, alike.
 */
export async function requireQuotable(tx: Tx, authorId: Id, id: Id): Promise<Quotable> {
  const asked = await findVisible(tx, authorId, id)
  const row = asked?.reblog_of_id ? await findVisible(tx, authorId, asked.reblog_of_id) : asked
  if (row) await holdStatuses(tx, [row.id])
  const standing = row && (await findStanding(tx, authorId, row))
  if (!row || !standing || standing === 'denied')
    throw notFound('The post you are trying to quote does not exist, or you may not quote it')
  return { row, standing }
}

async function findVisible(tx: Tx, viewerId: Id, id: Id): Promise<StatusRow | undefined> {
  const [visible] = await onlyVisible(tx, viewerId, [id])
  return visible === undefined ? undefined : findStatus(tx, visible)
}

/**
 * Who a post that quotes is for: a followers-only post is quoted to followers, or to fewer. In a private mention only
 * people who are named are quoted: others would not know of it (mastodon-api 1.6, POST statuses).
 */
export function fitVisibility(
  wanted: Visibility,
  { row }: Quotable,
  who: { authorId: Id; mentionedIds: readonly Id[] },
): Visibility {
  const isNamed = row.account_id === who.authorId || who.mentionedIds.includes(row.account_id)
  if (wanted === 'direct' && !isNamed)
    throw invalid('Validation failed: Quoted person must be mentioned in a private mention that quotes them')
  return row.visibility === 'private' && wanted !== 'direct' ? 'private' : wanted
}

/**
 * Writes a quote of a post of ours down. What its author's policy allows is accepted at once, with a stamp when the
 * author lives here; an author elsewhere is asked (FEP-044f). The caller holds the quoted post.
 */
export async function attachQuote(tx: Tx, quoting: { id: Id; authorId: Id }, { row }: Quotable): Promise<void> {
  const [author, quotedAuthor] = [await findAccount(tx, quoting.authorId), await findAccount(tx, row.account_id)]
  if (!author || !quotedAuthor) throw notFound()
  const now = tx.clock.now()
  const quote = {
    id: makeId(now.getTime()),
    status_id: quoting.id,
    account_id: author.id,
    quoted_status_id: row.id,
    quoted_account_id: quotedAuthor.id,
  }
  await tx.db
    .insertInto('quotes')
    .values({
      ...quote,
      quoted_uri: row.uri,
      state: quotedAuthor.is_local ? 'accepted' : 'pending',
      authorization_uri: quotedAuthor.is_local ? stampOf(quotedAuthor.uri, quote.id) : null,
      request_uri: quotedAuthor.is_local ? null : `${author.uri}/quote_requests/${quote.id}`,
      created_at: now.toISOString(),
      checked_at: now.toISOString(),
    })
    .execute()
  if (quotedAuthor.is_local) await countQuotes(tx, row.id, 1)
  const facts = await findFacts(tx, quote)
  if (facts) await emit(tx, quotedAuthor.is_local ? quoteAccepted : quoteRequested, { ...facts, isChange: false })
}

/** Where the stamp of one of our authors lies. */
export const stampOf = (authorUri: string, quoteId: Id) => `${authorUri}/quote_authorizations/${quoteId}`
