/** What stands for a post in a feed, drawn or not: its place is on it. */
const ARTICLES = '[aria-posinset]'
const STOPS = ':is(a[href], button, input, select, textarea, summary, [tabindex]):not([tabindex="-1"], :disabled)'
/** Keys that are theirs stay theirs. */
const KEEPERS = 'input, textarea, select, video, audio, dialog, [role=menu], [role=listbox]'
const ROOM_PX = 8

/**
 * Page Down and Page Up go from article to article, Ctrl with End or Home leaves the feed for what stands after or before
 * it (ARIA Authoring Practices, feed pattern). For the `keydown` of the feed.
 */
export function walkFeed(event: KeyboardEvent): void {
  const { key, target, currentTarget } = event
  if (!(target instanceof Element) || !(currentTarget instanceof HTMLElement)) return
  if (event.defaultPrevented || event.shiftKey || event.altKey || event.metaKey || target.closest(KEEPERS)) return
  if (event.ctrlKey ? leave(currentTarget, key) : stepFeed(currentTarget, key)) event.preventDefault()
}

function stepFeed(feed: HTMLElement, key: string): boolean {
  if (key !== 'PageDown' && key !== 'PageUp') return false
  const articles = [...feed.querySelectorAll<HTMLElement>(ARTICLES)]
  const from = articles.findIndex((one) => one.contains(document.activeElement))
  const article = from < 0 ? firstSeen(articles) : articles[from + (key === 'PageDown' ? 1 : -1)]
  if (article) focusArticle(article)
  return true
}

/** For who has no place in the feed: the first article that begins in the window. */
function firstSeen(articles: readonly HTMLElement[]): HTMLElement | undefined {
  return articles.find((one) => one.getBoundingClientRect().top >= headEnd()) ?? articles.at(-1)
}

/** How far down the window the title of the column stands over what scrolls. */
function headEnd(): number {
  return document.querySelector('.column-head')?.getBoundingClientRect().bottom ?? 0
}

/** The focus, and as much of the article as there is room for; nothing covers it. */
function focusArticle(article: HTMLElement): void {
  article.focus({ preventScroll: true })
  const { top, bottom } = article.getBoundingClientRect()
  const from = headEnd() + ROOM_PX
  const to = innerHeight - ROOM_PX
  if (top < from || bottom - top > to - from) scrollBy({ top: top - from })
  else if (bottom > to) scrollBy({ top: bottom - to })
}

function leave(feed: HTMLElement, key: string): boolean {
  if (key !== 'End' && key !== 'Home') return false
  const stops = [...document.querySelectorAll<HTMLElement>(STOPS)].filter(
    (one) => !feed.contains(one) && one.getClientRects().length > 0,
  )
  const isAfter = (one: HTMLElement) => (feed.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
  const stop = key === 'End' ? stops.find(isAfter) : stops.findLast((one) => !isAfter(one))
  stop?.focus()
  return stop !== undefined
}
