import type { AccountRow } from '#features/accounts'
import { isPublic, type RemoteNote, type RemoteQuote } from '#federation'
import { makeId, type Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { emit } from '#platform/events'
import { findStatusByUri, type StatusRow } from '../store.ts'
import { quoteAccepted, quoteShownUnproven } from './events.ts'
import { findFacts } from './settle.ts'
import type { QuotePolicy } from './set-policy.ts'
import { countQuotes, findQuoteOf, holdStatuses, type StoredState } from './store.ts'

/** How far quotes in quotes are followed to other servers (federation.md b.5, flow C). */
const MOST_DEPTH = 2

/** Whom a post from elsewhere lets quote it. The policy is a hint to people; the stamp is what proves. */
export function readQuotePolicies(
  { quotePolicy }: RemoteNote,
  author: Pick<AccountRow, 'followers_url'>,
): { quote_policy: QuotePolicy; quote_policy_manual: QuotePolicy } {
  const read = (allowed: readonly string[]): QuotePolicy => {
    if (allowed.some(isPublic)) return 'public'
    return author.followers_url !== '' && allowed.includes(author.followers_url) ? 'followers' : 'nobody'
  }
  return { quote_policy: read(quotePolicy.automatic), quote_policy_manual: read(quotePolicy.manual) }
}

type Quoting = { id: Id; account_id: Id }

/**
 * Writes down what a post from elsewhere quotes. A person's quote of their own post needs nobody's leave; of a post of
 * ours, the leave that was given when it was asked for; of anything else, a stamp that a job looks at. `depth` is how
 * many quotes led here.
 */
export async function takeQuote(tx: Tx, quoting: Quoting, said: RemoteQuote | undefined, depth: number): Promise<void> {
  if (!said) return
  const found = said.uri === undefined ? undefined : await findStatusByUri(tx, said.uri)
  const quoted = found && isQuotable(found, quoting) ? found : undefined
  const isOwn = quoted?.account_id === quoting.account_id
  const state: StoredState = said.isDeleted ? 'deleted' : isOwn ? 'accepted' : 'pending'
  const mustFetch = state === 'pending' && !quoted?.is_local
  const now = tx.clock.now()
  const quote = {
    id: makeId(now.getTime()),
    status_id: quoting.id,
    account_id: quoting.account_id,
    quoted_status_id: quoted?.id ?? null,
    quoted_account_id: quoted?.account_id ?? null,
  }
  if (isOwn) await holdStatuses(tx, [quoted.id])
  await tx.db
    .insertInto('quotes')
    .values({
      ...quote,
      quoted_uri: said.uri ?? null,
      state,
      is_unproven: state === 'pending' && (said.isLegacy || (mustFetch && depth >= MOST_DEPTH)),
      authorization_uri: said.authorization ?? null,
      created_at: now.toISOString(),
      checked_at: now.toISOString(),
    })
    .execute()
  if (isOwn) {
    await countQuotes(tx, quoted.id, 1)
    const facts = await findFacts(tx, quote)
    if (facts) await emit(tx, quoteAccepted, { ...facts, isChange: false })
  }
  if (mustFetch && depth < MOST_DEPTH) await emit(tx, quoteShownUnproven, { quoteId: quote.id, depth: depth + 1 })
}

function isQuotable(found: Pick<StatusRow, 'id' | 'reblog_of_id'>, quoting: Quoting): boolean {
  return found.reblog_of_id === null && found.id !== quoting.id
}

/**
 * Takes in what an Update says of the quote. An edit can put another in its place; anything else can only show a stamp
 * for the one that is there (federation.md b.9, implicit updates).
 */
export async function retakeQuote(
  tx: Tx,
  quoting: Quoting,
  said: RemoteQuote | undefined,
  { isEdit }: { isEdit: boolean },
): Promise<void> {
  const quote = await findQuoteOf(tx, quoting.id)
  const isSame = quote !== undefined && said?.uri !== undefined && said.uri === quote.quoted_uri
  if (isEdit && !isSame) {
    if (quote) await dropQuote(tx, quote.id)
    return takeQuote(tx, quoting, said, 0)
  }
  const stays = quote?.state === 'pending' || quote?.state === 'accepted'
  if (!isSame || !stays || said.isDeleted || said.authorization === (quote.authorization_uri ?? undefined)) return
  // The stamp of a post of ours was made here: what others show in its place says nothing.
  const quoted = await findStatusByUri(tx, quote.quoted_uri ?? '')
  if (quoted?.is_local) return
  // A stamp that is no longer shown may have been taken back: the one that is known is looked at once more.
  if (said.authorization !== undefined)
    await tx.db
      .updateTable('quotes')
      .set({ authorization_uri: said.authorization })
      .where('id', '=', quote.id)
      .execute()
  await emit(tx, quoteShownUnproven, { quoteId: quote.id, depth: 1 })
}

/** A post may arrive after what quotes it; so many at most are looked at again then. */
const MOST_WAITING = 100

/** Quotes that wait for a post which has come just now. */
export async function joinWaitingQuotes(tx: Tx, uri: string): Promise<void> {
  const waiting = await tx.db
    .selectFrom('quotes')
    .select('id')
    .where('quoted_uri', '=', uri)
    .where('quoted_status_id', 'is', null)
    .where('state', '=', 'pending')
    .limit(MOST_WAITING)
    .execute()
  for (const { id } of waiting) await emit(tx, quoteShownUnproven, { quoteId: id, depth: 1 })
}

async function dropQuote(tx: Tx, quoteId: Id): Promise<void> {
  const before = await tx.db
    .selectFrom('quotes')
    .select('quoted_status_id')
    .where('id', '=', quoteId)
    .executeTakeFirst()
  await holdStatuses(tx, [before?.quoted_status_id ?? null])
  const gone = await tx.db
    .deleteFrom('quotes')
    .where('id', '=', quoteId)
    .returning(['state', 'quoted_status_id'])
    .executeTakeFirst()
  if (gone?.state === 'accepted' && gone.quoted_status_id) await countQuotes(tx, gone.quoted_status_id, -1)
}
