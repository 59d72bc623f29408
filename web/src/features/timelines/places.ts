import { HOME_PLACE } from '@hamlet/contract/marker'
import type { Status } from '@hamlet/contract/status'
import { keepFeed, readFeed } from '../../api/kept.ts'
import { isOffline, readFrom } from '../../api/network.ts'
import { FIRST_MARKERS, readFirstMarkers } from '../../api/markers.ts'
import { preload, request } from '../../api/request.ts'
import { within, type Shelf } from '../../api/status-timeline.ts'
import { me } from '../../app/session.ts'
import type { PlaceNow, ReadingPlace } from '../../app/virtual-feed.tsx'

/** Where each timeline was left on this device; the marker of home says it to the others (web-spec I-5). */
type Kept = ReadingPlace & { at: number; whole?: string | undefined }

const nameOf = (path: string) => `hamlet-place-${me.peek().id}-${path}`

export function keepPlace(path: string, place: PlaceNow): void {
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
/** What the server knows of reading home: how far it was ever read, and where it was left last, on any device. */
export type HomeMarkers = { readUpTo: HomeMarker | undefined; leftAt: HomeMarker | undefined }

let asked: Promise<HomeMarkers> | undefined

/** How far home was read before this visit: asked once, so that the line stays where it is while one reads. */
export function readHomeMarkers(): Promise<HomeMarkers> {
  asked ??= readFirstMarkers()
    .then((markers) => ({ readUpTo: markers.home, leftAt: markers[HOME_PLACE] }))
    .catch(() => ({ readUpTo: undefined, leftAt: undefined }))
  return asked
}

export const HOME = '/api/v1/timelines/home'

/** Asks for what home needs before anything is drawn. */
export function preloadHome(): void {
  preload(FIRST_MARKERS)
  preload(within(HOME))
}

const leftName = () => `hamlet-left-${me.peek().id}`

/** Whoever left home at its top is shown the newest. */
const AT_TOP = '0'

/** Whether home was left in the midst of reading, on another device. */
export function isLeftElsewhere({ last_read_id }: HomeMarker): boolean {
  return last_read_id !== AT_TOP && localStorage.getItem(leftName()) !== last_read_id
}

const MARK_AFTER_MS = 2000
let furthest: string | undefined
/** What the server is to be told next, and where it knows that home was left. */
let unsaid: { home?: string; place: string } | undefined
let said: string | undefined
let timer: ReturnType<typeof setTimeout> | undefined

/** Lines between posts have keys that are no numbers. */
const isPost = (key: string) => /^\d+$/.test(key)

/**
 * Says, not at every step, where home is read: `seen` is the post at the top of the window, `whole` the first that can be
 * read from its beginning, none at the top. The marker that other apps know moves only forward; the place goes along.
 */
export function markHome(seen: string, whole: string | undefined, known: HomeMarker | undefined): void {
  if (!isPost(seen)) return
  const last = furthest ?? known?.last_read_id
  const isForward = last === undefined || BigInt(seen) > BigInt(last)
  if (isForward) furthest = seen
  const home = isForward ? seen : unsaid?.home
  unsaid = {
    ...(home === undefined ? {} : { home }),
    place: whole === undefined ? AT_TOP : isPost(whole) ? whole : seen,
  }
  clearTimeout(timer)
  timer = setTimeout(sayMarks, MARK_AFTER_MS)
}

/** A marker that was not set is set by the next post that is seen. */
export function sayMarks(): void {
  if (!unsaid) return
  const { home, place } = unsaid
  unsaid = undefined
  clearTimeout(timer)
  if (home === undefined && said === place) return
  localStorage.setItem(leftName(), place)
  const body = {
    ...(home === undefined ? {} : { home: { last_read_id: home } }),
    [HOME_PLACE]: { last_read_id: place },
  }
  void request('POST', '/api/v1/markers', { body, keepalive: true })
    .then(() => (said = place))
    .catch(() => undefined)
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
