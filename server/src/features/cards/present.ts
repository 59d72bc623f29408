import type { Account } from '@hamlet/contract/account'
import type { PreviewCard } from '@hamlet/contract/card'
import { pictureAddress } from '#features/media'
import { escapeHtml } from '#lib/escape'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { listsHost } from './find-author.ts'
import type { CardRow } from './store.ts'

/** Whom a page names as its author, with or without their leave. */
export function authorIdsOf(cards: Iterable<CardRow>): Id[] {
  return [...cards].map((card) => card.author_account_id).filter((id) => id !== null)
}

/** What a post leads to, as JSON. `accounts` holds the authors of the pages; the viewer is told when it is they. */
export function presentCard(
  ctx: Context,
  viewerId: Id | null,
  card: CardRow,
  accounts: ReadonlyMap<Id, Account>,
): PreviewCard {
  const isListed = listsHost(card.attribution_domains ?? [], card.host)
  const account = (isListed && card.author_account_id && accounts.get(card.author_account_id)) || null
  return {
    url: card.url,
    title: card.title,
    description: card.description,
    language: card.language,
    type: card.type as PreviewCard['type'],
    author_name: card.author_name,
    author_url: card.author_url,
    provider_name: card.provider_name,
    provider_url: card.provider_url,
    html: renderPlayer(card),
    width: card.width,
    height: card.height,
    image: presentImage(ctx, card),
    image_description: card.image_description,
    embed_url: card.embed_url,
    blurhash: card.image_url === null ? null : card.blurhash,
    published_at: card.published_at,
    authors: presentAuthors(card, account),
    ...(viewerId === null ? {} : { missing_attribution: !isListed && viewerId === card.author_account_id }),
  }
}

function presentAuthors(card: CardRow, account: Account | null): PreviewCard['authors'] {
  const name = card.author_name || account?.display_name || account?.username || ''
  const url = card.author_url || account?.url || ''
  return name === '' && url === '' ? [] : [{ name, url, account }]
}

function presentImage(ctx: Context, { id, image_url }: CardRow): string | null {
  return image_url && pictureAddress(ctx, { kind: 'card', subjectId: id, url: image_url }, 'original')
}

/** What a frame may do at most: run and show itself, as a stranger to everything (reliability-and-security.md HS-13). */
const SANDBOX = 'allow-scripts allow-popups allow-presentation'

/** For apps that play films in place: HTML of our own around an address that was checked, and nothing of the page's. */
function renderPlayer({ type, embed_url, width, height }: CardRow): string {
  if (type !== 'video' || embed_url === '') return ''
  const size = width > 0 && height > 0 ? ` width="${width}" height="${height}"` : ''
  return `<iframe src="${escapeHtml(embed_url)}"${size} sandbox="${SANDBOX}" referrerpolicy="no-referrer" allowfullscreen></iframe>`
}
