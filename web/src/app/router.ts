import { signal } from '@preact/signals'

/** Where the reader is. Scroll belongs to the history entry, so that Back brings back what was seen. */
export type Place = { path: string; query: URLSearchParams; key: string }

let entry = 0
const scrolls = new Map<string, number>()

function here(): Place {
  const state = history.state as { key?: string } | null
  return { path: decodeURI(location.pathname), query: new URLSearchParams(location.search), key: state?.key ?? 'first' }
}

export const place = signal<Place>({ path: '/', query: new URLSearchParams(), key: 'first' })

export function startRouter(): void {
  history.scrollRestoration = 'manual'
  place.value = here()
  addEventListener('popstate', () => {
    place.value = here()
  })
  addEventListener('scroll', () => scrolls.set(place.peek().key, scrollY), { passive: true })
  addEventListener('click', followLink)
}

export function navigate(to: string, { replace = false } = {}): void {
  scrolls.set(place.peek().key, scrollY)
  entry += 1
  const state = { key: `${Date.now()}-${entry}` }
  if (replace) history.replaceState(state, '', to)
  else history.pushState(state, '', to)
  place.value = here()
}

/** Where a page that is shown again was left; 0 for a new one. */
export function savedScroll(): number {
  return scrolls.get(place.peek().key) ?? 0
}

/** Pages that the server draws by itself. */
const OUTSIDE = /^\/(api|oauth|media|sign-in|sign-out|sign-up|password|confirm|set-up|assets|about$|$)/

/** A plain press on a link of ours stays in the app; with a key held it is the browser's. */
function followLink(event: MouseEvent): void {
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!isPlain || event.defaultPrevented || !link || link.target === '_blank' || link.hasAttribute('download')) return
  if (link.origin !== location.origin || OUTSIDE.test(link.pathname)) return
  event.preventDefault()
  navigate(link.pathname + link.search)
}

/** The parts of a path that fits a pattern such as `/@:acct/:id`; undefined when it does not. */
export function match(pattern: string, path: string): Record<string, string> | undefined {
  const names = [...pattern.matchAll(/:(\w+)/g)].map((found) => found[1] as string)
  const source = pattern.replaceAll(/:\w+/g, '([^/]+)')
  const found = new RegExp(`^${source}/?$`).exec(path)
  return found ? Object.fromEntries(names.map((name, index) => [name, found[index + 1] as string])) : undefined
}
