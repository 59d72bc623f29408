import { QUOTE_REL } from '#federation'
import { escapeHtml } from '#lib/escape'
import { renderLink } from '#lib/text-to-html'
import type { QuoteWithTarget } from './store.ts'

/** The words of FEP-044f that notes do without. */
export const QUOTE_CONTEXT = {
  QuoteRequest: 'https://w3id.org/fep/044f#QuoteRequest',
  QuoteAuthorization: 'https://w3id.org/fep/044f#QuoteAuthorization',
} as const

/** The context of a stamp (FEP-044f). */
export const STAMP_CONTEXT = [
  'https://www.w3.org/ns/activitystreams',
  {
    QuoteAuthorization: QUOTE_CONTEXT.QuoteAuthorization,
    gts: 'https://gotosocial.org/ns#',
    interactingObject: { '@id': 'gts:interactingObject', '@type': '@id' },
    interactionTarget: { '@id': 'gts:interactionTarget', '@type': '@id' },
  },
] as const

/** True while a quote may be shown as one by servers that know nothing of leave: after a no, they are not told. */
export function isStanding(
  quote: QuoteWithTarget,
): quote is QuoteWithTarget & { target_uri: string; target_url: string } {
  return quote.target_uri !== null && (quote.state === 'accepted' || quote.state === 'pending')
}

/** What a note says of its quote, under the name of FEP-044f and under those that came before it (federation.md b.5). */
export function renderQuote(quote: QuoteWithTarget | undefined): Record<string, unknown> {
  if (!quote) return {}
  if (quote.target_uri === null) return quote.state === 'deleted' ? { quote: { type: 'Tombstone' } } : {}
  if (!isStanding(quote)) return { quote: quote.target_uri }
  const uri = quote.target_uri
  const isStamped = quote.state === 'accepted' && quote.authorization_uri !== null
  return {
    quote: uri,
    quoteUri: uri,
    _misskey_quote: uri,
    ...(isStamped ? { quoteAuthorization: quote.authorization_uri } : {}),
  }
}

/** FEP-e232: the quote as a link among the tags. */
export function renderQuoteTags(quote: QuoteWithTarget | undefined): Record<string, unknown>[] {
  if (!quote || !isStanding(quote)) return []
  return [
    {
      type: 'Link',
      mediaType: 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
      rel: QUOTE_REL,
      href: quote.target_uri,
      name: `RE: ${quote.target_url}`,
    },
  ]
}

/** The text with a line for readers to whom a quote is nothing; none where the text leads there already. */
export function addQuoteFallback(content: string, quote: QuoteWithTarget | undefined): string {
  if (!quote || !isStanding(quote) || content.includes(`href="${escapeHtml(quote.target_url)}"`)) return content
  return `<p class="quote-inline">RE: ${renderLink(quote.target_url)}</p>${content}`
}

export type QuoteRequest = { id: string; actor: string; object: string; instrument: unknown }

export function renderQuoteRequest({ id, actor, object, instrument }: QuoteRequest): Record<string, unknown> {
  return { id, type: 'QuoteRequest', actor, object, instrument }
}
