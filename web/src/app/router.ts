import { signal } from '@preact/signals'

/** Where the reader is. What a place remembers belongs to the history entry, so that Back brings back what was seen. */
export type Place = { path: string; query: URLSearchParams; key: string }

let entry = 0
/** By history entry: how far it was scrolled, and what its screen keeps for coming back. */
const scrolls = new Map<string, number>()
const memories = new Map<string, unknown>()
const leavers = new Set<() => void>()

/** An entry of the history; `over` is the address of the screen that stays below what was laid over it. */
type Entry = { key?: string; over?: string }

function here(): Place {
  const { key = 'first', over } = (history.state ?? {}) as Entry
  const { pathname, search } = over === undefined ? location : new URL(over, location.origin)
  const query = new URLSearchParams(search)
  // Which picture lies open over the screen says nothing about the screen.
  query.delete('media')
  return { path: decodeURI(pathname), query, key }
}

export const place = signal<Place>({ path: '/', query: new URLSearchParams(), key: 'first' })
/** What the address bar says. It differs from the place while something with an address of its own lies over the screen. */
export const address = signal('')

/** Whether the page was loaded anew where the reader already was. */
let isReturn = false

export function startRouter(): void {
  history.scrollRestoration = 'manual'
  isReturn = history.state !== null
  if (!isReturn) history.replaceState({ key: `${Date.now()}-0` }, '')
  place.value = here()
  address.value = location.pathname + location.search
  addEventListener('popstate', arrive)
  addEventListener('scroll', () => scrolls.set(place.peek().key, scrollY), { passive: true })
  addEventListener('click', followLink)
}

function arrive(): void {
  address.value = location.pathname + location.search
  const next = here()
  const now = place.peek()
  if (next.key === now.key && next.path === now.path && String(next.query) === String(now.query)) return
  for (const leave of leavers) leave()
  place.value = next
}

/** Lays something over the screen, under an address of its own: the screen stays as it is, and Back leads to it. */
export function layOver(to: string): void {
  history.pushState({ key: place.peek().key, over: location.pathname + location.search } satisfies Entry, '', to)
  arrive()
}

/** What lies over the screen shows something else now. */
export function changeLayer(to: string): void {
  history.replaceState(history.state, '', to)
  arrive()
}

/** Takes away what lies over the screen; where the reader came straight to it, `bare` is the address of the screen. */
export function takeLayer(bare: string): void {
  if ((history.state as Entry | null)?.over === undefined) changeLayer(bare)
  else history.back()
}

export function navigate(to: string, { replace = false } = {}): void {
  for (const leave of leavers) leave()
  scrolls.set(place.peek().key, scrollY)
  entry += 1
  const state = { key: `${Date.now()}-${entry}` }
  if (replace) history.replaceState(state, '', to)
  else history.pushState(state, '', to)
  address.value = location.pathname + location.search
  place.value = here()
}

/** Is called before the reader goes elsewhere, while the screen still stands. Gives the function that ends it. */
export function beforeLeaving(leave: () => void): () => void {
  leavers.add(leave)
  return () => leavers.delete(leave)
}

/** Whether this is the first screen after a reload, or after coming back from another site. */
export function isReloaded(): boolean {
  return isReturn && entry === 0
}

/** Keeps something for when the reader comes back to this entry. */
export function remember(memory: unknown): void {
  memories.set(place.peek().key, memory)
}

/** What `remember` kept for this entry; undefined on a new one. */
export function recalled(): unknown {
  return memories.get(place.peek().key)
}

/** Where a page that is shown again was left; 0 for a new one. */
export function savedScroll(): number {
  return scrolls.get(place.peek().key) ?? 0
}

/** Pages that the server draws by itself. */
const OUTSIDE =
  /^\/(api|oauth|media|sign-in|sign-out|sign-up|password|confirm|email|unsubscribe|access(?:\/|$)|set-up|assets|about$|$)/

/** A plain press on a link of ours stays in the app; with a key held it is the browser's. */
function followLink(event: MouseEvent): void {
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!isPlain || event.defaultPrevented || !link || link.target === '_blank' || link.hasAttribute('download')) return
  if (link.origin !== location.origin || OUTSIDE.test(link.pathname)) return
  event.preventDefault()
  // Pressing where one is leads to the top of it.
  const isHere = link.pathname + link.search === location.pathname + location.search
  // Settings are linked one by one: what stands behind the hash is a row of the page.
  const row = link.pathname.startsWith('/settings/') ? link.hash : ''
  if (isHere && row === '') scrollTo({ top: 0 })
  else navigate(link.pathname + link.search + row)
}

/** The parts of a path that fits a pattern such as `/@:acct/:id`; undefined when it does not. */
export function match(pattern: string, path: string): Record<string, string> | undefined {
  const names = [...pattern.matchAll(/:(\w+)/g)].map((found) => found[1] as string)
  const source = pattern.replaceAll(/:\w+/g, '([^/]+)')
  const found = new RegExp(`^${source}/?$`).exec(path)
  return found ? Object.fromEntries(names.map((name, index) => [name, found[index + 1] as string])) : undefined
}
