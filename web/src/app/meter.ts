import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { amount } from '../i18n/words.ts'

/** What came over the line, and what pictures that were not loaded would have been, in bytes. */
export type Bytes = { loaded: number; saved: number }
type Session = Bytes & { keptBack: string[] }
type Month = Bytes & { month: string }

/** Where the tab keeps its own count, and the device that of the month. */
export const BYTES_KEPT = 'hamlet-bytes'
const FLUSH_MS = 2000
/** So many pictures are remembered as not loaded, so that none counts twice. */
const MOST_KEPT_BACK = 1000

const thisMonth = () => new Date().toISOString().slice(0, 7)
const none: Bytes = { loaded: 0, saved: 0 }

function read<T extends Bytes>(store: Storage, usual: T): T {
  try {
    return { ...usual, ...(JSON.parse(store.getItem(BYTES_KEPT) ?? '{}') as Partial<T>) }
  } catch {
    return usual
  }
}

function readMonth(): Month {
  const usual = { ...none, month: thisMonth() }
  const kept = read<Month>(localStorage, usual)
  return kept.month === usual.month ? kept : usual
}

export const session = signal<Session>({ ...none, keptBack: [] })
export const month = signal<Month>({ ...none, month: '' })

/** What is not yet written down. */
let fresh = none
let pending: ReturnType<typeof setTimeout> | undefined

function count(more: Bytes): void {
  fresh = { loaded: fresh.loaded + more.loaded, saved: fresh.saved + more.saved }
  pending ??= setTimeout(flush, FLUSH_MS)
}

const sum = <T extends Bytes>(one: T, more: Bytes): T => ({
  ...one,
  loaded: one.loaded + more.loaded,
  saved: Math.max(0, one.saved + more.saved),
})

/** Another tab may have counted meanwhile: what is kept is read anew. */
function flush(): void {
  clearTimeout(pending)
  pending = undefined
  session.value = sum(session.peek(), fresh)
  month.value = sum(readMonth(), fresh)
  fresh = none
  write()
}

function write(): void {
  try {
    sessionStorage.setItem(BYTES_KEPT, JSON.stringify(session.peek()))
    localStorage.setItem(BYTES_KEPT, JSON.stringify(month.peek()))
  } catch {
    // Where nothing more can be kept, the count is that of this page.
  }
}

/** Counts everything that this page loads, from its beginning; what comes from a cache or the service worker's is nothing. */
export function startMeter(): void {
  session.value = read<Session>(sessionStorage, { ...none, keptBack: [] })
  month.value = readMonth()
  new PerformanceObserver((list) => {
    const loaded = (list.getEntries() as PerformanceResourceTiming[]).reduce((all, one) => all + one.transferSize, 0)
    if (loaded > 0) count({ loaded, saved: 0 })
  }).observe({ type: 'resource', buffered: true })
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  count({ loaded: page?.transferSize ?? 0, saved: 0 })
  addEventListener('pagehide', flush)
}

/** Begins the count of the month anew, and that of the tab; with what they were it is taken back. */
export function resetMeter(to: { session: Bytes; month: Bytes } = { session: none, month: none }): void {
  fresh = none
  session.value = { keptBack: session.peek().keptBack, loaded: to.session.loaded, saved: to.session.saved }
  month.value = { month: thisMonth(), loaded: to.month.loaded, saved: to.month.saved }
  write()
}

/** Something of so many bytes that is not loaded, counted once; `key` is empty while it is none. */
export function useKeptBack(key: string, bytes: number): void {
  useEffect(() => {
    const { keptBack } = session.peek()
    if (key === '' || keptBack.includes(key)) return
    session.value = { ...session.peek(), keptBack: [...keptBack, key].slice(-MOST_KEPT_BACK) }
    count({ loaded: 0, saved: bytes })
  }, [key])
}

/** It was asked for after all. */
export function letThrough(key: string, bytes: number): void {
  const { keptBack } = session.peek()
  if (!keptBack.includes(key)) return
  session.value = { ...session.peek(), keptBack: keptBack.filter((one) => one !== key) }
  count({ loaded: 0, saved: -bytes })
}

/** Bytes of a picture for each of its pixels, as the server makes it small: WebP, and measured. */
const BYTES_A_PIXEL = 0.1
const USUAL_PIXELS = 640 * 427

/** About how large a small picture is. */
export function guessBytes(size: { width: number; height: number } | undefined): number {
  return Math.round((size && size.width > 0 ? size.width * size.height : USUAL_PIXELS) * BYTES_A_PIXEL)
}

/** `48 kB`, `3.2 MB`. */
export function sizeWords(bytes: number): string {
  const unit = bytes < 1_000_000 ? 'kilobyte' : 'megabyte'
  const value = bytes / (unit === 'kilobyte' ? 1000 : 1_000_000)
  const maximumFractionDigits = unit === 'megabyte' && value < 100 ? 1 : 0
  return amount(value, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits })
}
