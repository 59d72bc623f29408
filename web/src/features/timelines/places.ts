import type { Status } from '@hamlet/contract/status'
import { keepFeed, readFeed } from '../../api/kept.ts'
import { isOffline, readFrom } from '../../api/network.ts'
import { FIRST_MARKERS, readFirstMarkers } from '../../api/markers.ts'
import { preload, request } from '../../api/request.ts'
import { within, type Shelf } from '../../api/status-timeline.ts'
import { me } from '../../app/session.ts'
import type { ReadingPlace } from '../../app/virtual-feed.tsx'

/** Where each timeline was left on this device; the marker of home says it to the others (web-spec I-5). */
type Kept = ReadingPlace & { at: number }

const nameOf = (path: string) => `hamlet-place-${me.peek().id}-${path}`

export function keepPlace(path: string, place: ReadingPlace): void {
  const kept: Kept = { ...place, at: Date.now() }
  localStorage.setItem(nameOf(path), JSON.stringify(kept))
}

/** Undefined when the timeline was never read on this device. */
export function keptPlace(path: string): Kept | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(nameOf(path)) ?? 'null') as Kept | null
    return kept && /^\d+$/.test(kept.key) ? kept : undefined
  } catch {
    return undefined
  }
}

export type HomeMarker = { last_read_id: string; updated_at: string }

let asked: Promise<HomeMarker | undefined> | undefined

/** How far home was read before this visit: asked once, so that the line stays where it is while one reads. */
export function readHomeMarker(): Promise<HomeMarker | undefined> {
  asked ??= readFirstMarkers()
    .then((markers) => markers.home)
    .catch(() => undefined)
  return asked
}

export const HOME = '/api/v1/timelines/home'

/** Asks for what home needs before anything is drawn. */
export function preloadHome(): void {
  preload(FIRST_MARKERS)
  preload(within(HOME))
}

let furthest: string | undefined
let pending: ReturnType<typeof setTimeout> | undefined
const MARK_AFTER_MS = 3000

/** Moves the marker of home to a post that was seen; only forward, and not at every step. */
export function markHome(id: string, known: HomeMarker | undefined): void {
  const last = furthest ?? known?.last_read_id
  if (!/^\d+$/.test(id) || (last !== undefined && BigInt(id) <= BigInt(last))) return
  furthest = id
  clearTimeout(pending)
  pending = setTimeout(() => {
    // A marker that was not set is set by the next post that is seen.
    void request('POST', '/api/v1/markers', { body: { home: { last_read_id: id } } }).catch(() => undefined)
  }, MARK_AFTER_MS)
}

/** The newest of home, for reading without a network (web-spec I-9). */
export const homeShelf: Shelf = {
  keep: (statuses) => keepFeed(me.peek().id, 'home', statuses),
  read: async () => {
    const kept = await readFeed<Status>(me.peek().id, 'home')
    if (!kept) return undefined
    isOffline.value = true
    readFrom.value = kept.at
    return kept.value
  },
}
