import type { Quote, QuoteState, ShallowQuote, Status } from '@hamlet/contract/status'
import type { Stance } from '#features/relationships'
import { onlyVisible } from '#features/visibility'
import { hideQuoteFallback } from '#federation'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { addQuoteFallback } from '../quote/note.ts'
import type { QuoteWithTarget } from '../quote/store.ts'
import type { StatusRow } from '../store.ts'

export type PresentedQuote = Quote | ShallowQuote

/** Whose the quotes are for, and what is known of the people in them. */
type Reading = { viewerId: Id | null; stances: ReadonlyMap<Id, Stance> }

/** A quoted post may be shown when its author agreed and the viewer may see it; `isVisible` is false for anything else. */
function stateFor(quote: QuoteWithTarget, isVisible: boolean, stance: Stance | undefined): QuoteState {
  if (quote.state === 'pending' && quote.is_unproven) return 'unauthorized'
  if (quote.state !== 'accepted') return quote.state
  if (quote.quoted_status_id === null) return 'deleted'
  if (!isVisible) return 'unauthorized'
  if (stance?.isBlocking) return 'blocked_account'
  return stance?.isMuting ? 'muted_account' : 'accepted'
}

function acceptedIds(quotes: Iterable<QuoteWithTarget>): Id[] {
  const accepted = [...quotes].filter((quote) => quote.state === 'accepted')
  return accepted.map((quote) => quote.quoted_status_id).filter((id) => id !== null)
}

/** Quotes with the posts in them, which `presentQuoted` gives as the viewer may see them: one round, however many. */
export async function presentQuotes(
  quotes: ReadonlyMap<Id, QuoteWithTarget>,
  { stances }: Reading,
  presentQuoted: (ids: Id[]) => Promise<Status[]>,
): Promise<Map<Id, Quote>> {
  const ids = acceptedIds(quotes.values())
  const shown = new Map((ids.length > 0 ? await presentQuoted(ids) : []).map((status) => [status.id, status]))
  return mapQuotes(quotes, (quote) => {
    const quoted = quote.state === 'accepted' ? shown.get(quote.quoted_status_id ?? '') : undefined
    const state = stateFor(quote, quoted !== undefined, stances.get(quote.quoted_account_id ?? ''))
    return { state, quoted_status: quoted ?? null }
  })
}

/** Quotes inside quoted posts: nothing but the id of what may be seen. One query. */
export async function presentShallowQuotes(
  ctx: Context,
  quotes: ReadonlyMap<Id, QuoteWithTarget>,
  { viewerId, stances }: Reading,
): Promise<Map<Id, ShallowQuote>> {
  const visible = new Set(await onlyVisible(ctx, viewerId, acceptedIds(quotes.values())))
  return mapQuotes(quotes, (quote) => {
    const id = quote.quoted_status_id
    const isShown = quote.state === 'accepted' && id !== null && visible.has(id)
    const state = stateFor(quote, isShown, stances.get(quote.quoted_account_id ?? ''))
    return { state, quoted_status_id: isShown ? id : null }
  })
}

function mapQuotes<P>(quotes: ReadonlyMap<Id, QuoteWithTarget>, present: (quote: QuoteWithTarget) => P): Map<Id, P> {
  return new Map([...quotes].map(([statusId, quote]) => [statusId, present(quote)]))
}

/** True when the quoted post is there for the viewer, if only behind a press. */
function hasQuoted(shown: PresentedQuote | undefined): boolean {
  if (!shown) return false
  return ('quoted_status' in shown ? shown.quoted_status : shown.quoted_status_id) !== null
}

/**
 * The words of a post beside its quote. Ours carry a line for apps that know no quotes, which others hide by its class;
 * the line of a post from elsewhere is taken out where the quote is shown.
 */
export function presentContent(
  row: Pick<StatusRow, 'is_local'> & { content: string },
  quote: QuoteWithTarget | undefined,
  shown: PresentedQuote | undefined,
): string {
  if (!quote) return row.content
  if (row.is_local) return addQuoteFallback(row.content, quote)
  if (!hasQuoted(shown) || !quote.target_uri || !quote.target_url) return row.content
  return hideQuoteFallback(row.content, [quote.target_uri, quote.target_url])
}
