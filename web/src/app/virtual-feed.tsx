import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { WindowVirtualizer, type CacheSnapshot, type WindowVirtualizerHandle } from 'virtua'
import { walkFeed } from './feed-keys.ts'
import { beforeLeaving, recalled, remember, savedScroll } from './router.ts'

type Keyed = { key: string }
type Memory = { cache: CacheSnapshot; keys: string[]; focused: string | undefined }
/** The item at the top of the window, and how far above the window it begins, in pixels. */
export type ReadingPlace = { key: string; offset: number }
/** Where to begin: at a place, or with an item whole under the title. When it is not there any more, at the next older one. */
export type StartPlace = { key: string; offset?: number }
/** Where the reader is: also the first item that begins below the title; undefined at the top of the list. */
export type PlaceNow = ReadingPlace & { whole: string | undefined }

type FeedProps<T extends Keyed> = {
  items: readonly T[]
  label: string
  isBusy: boolean
  draw: (item: T, index: number) => ComponentChildren
  /** Where to begin when the entry is new; the top otherwise. */
  startAt?: StartPlace | undefined
  /** Items that must not move when items come in between, the first that stays is held; else the one at the top of the window. */
  hold?: readonly string[]
  onPlace?: (place: PlaceNow) => void
}

/**
 * A list of which only what is near the window is drawn (ARIA feed). The reader's place is kept to the pixel: on Back by
 * the measured sizes of the entry, when items come above by shifting, when they come in between by the held item.
 */
export function VirtualFeed<T extends Keyed>({
  items,
  label,
  isBusy,
  draw,
  startAt,
  hold = [],
  onPlace,
}: FeedProps<T>) {
  const list = useRef<WindowVirtualizerHandle>(null)
  const box = useRef<HTMLDivElement>(null)
  const lost = useRef<string>(undefined)
  const before = useRef<readonly T[]>(items)
  const memory = useRef(recalled() as Memory | undefined).current
  const cache = knowsSizes(items) ? memory?.cache : undefined
  const shift = isPrepended(before.current, items)
  const held =
    shift || isAppended(before.current, items)
      ? undefined
      : whereIs(list.current, before.current, heldOf(hold, before.current, items))
  useLayoutEffect(() => {
    before.current = items
    const index = held ? items.findIndex((item) => item.key === held.key) : -1
    if (held && index >= 0) list.current?.scrollToIndex(index, { align: 'start', offset: held.offset })
  }, [items])
  useStart(list, items, { cache, startAt })
  useEffect(() => keepOnLeaving(list, before), [])
  useEffect(() => {
    const feed = box.current
    feed?.addEventListener('keydown', walkFeed)
    return () => feed?.removeEventListener('keydown', walkFeed)
  }, [])
  useEffect(() => {
    if (memory?.focused) focusCard(memory.focused)
  }, [])
  const tellPlace = usePlace(() => {
    const now = whereIs(list.current, before.current)
    const whole = firstWhole(list.current, before.current)
    if (now) onPlace?.({ ...now, whole })
  })
  return (
    <div ref={box} class="feed" role="feed" aria-label={label} aria-busy={isBusy} tabIndex={-1}>
      <WindowVirtualizer
        ref={list}
        data={items}
        shift={shift}
        bufferSize={800}
        {...(cache ? { cache } : {})}
        onScrollEnd={tellPlace}
      >
        {(item: T, index: number) => (
          <Row key={item.key} id={item.key} feed={box} lost={lost}>
            {draw(item, index)}
          </Row>
        )}
      </WindowVirtualizer>
    </div>
  )
}

const SETTLED_MS = 600

/** Tells a place when scrolling ends, and once more when what was drawn there has got its true height, which scrolls nothing. */
function usePlace(tell: () => void): () => void {
  const latest = useRef(tell)
  latest.current = tell
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return () => {
    latest.current()
    clearTimeout(timer.current)
    timer.current = setTimeout(() => latest.current(), SETTLED_MS)
  }
}

type RowProps = {
  id: string
  feed: { current: HTMLElement | null }
  /** The row that had the focus when it was scrolled too far away to stay drawn. */
  lost: { current: string | undefined }
  children: ComponentChildren
}

/** The focus is never lost with a row: the feed holds it, and gives it back when the row is drawn again. */
function Row({ id, feed, lost, children }: RowProps) {
  const row = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (lost.current === id && document.activeElement === feed.current)
      row.current?.querySelector('article')?.focus({ preventScroll: true })
    if (lost.current === id) lost.current = undefined
    return () => {
      if (!row.current?.contains(document.activeElement)) return
      lost.current = id
      feed.current?.focus({ preventScroll: true })
    }
  }, [])
  return (
    <div ref={row} class="feed-row">
      {children}
    </div>
  )
}

/** So many pictures may pass before the card that was left is drawn again. */
const PATIENCE = 30

/** Focus goes back to the card that was left, once it stands there; unless the reader has gone on. */
function focusCard(id: string, patience = PATIENCE): void {
  requestAnimationFrame(() => {
    const card = document.querySelector<HTMLElement>(`article[data-id="${CSS.escape(id)}"]`)
    if (document.activeElement?.closest('article')) return
    if (card) card.focus({ preventScroll: true })
    else if (patience > 0) focusCard(id, patience - 1)
  })
}

type List = { current: WindowVirtualizerHandle | null }

function useStart(
  list: List,
  items: readonly Keyed[],
  { cache, startAt }: { cache: CacheSnapshot | undefined; startAt: StartPlace | undefined },
): void {
  const isStarted = useRef(false)
  useLayoutEffect(() => {
    if (isStarted.current || items.length === 0) return
    isStarted.current = true
    if (cache) return scrollTo(0, savedScroll())
    const index = startAt ? findStart(items, startAt.key) : -1
    if (startAt && index > 0)
      list.current?.scrollToIndex(index, { align: 'start', offset: startAt.offset ?? -headHeight() })
  }, [items])
}

/** Posts have growing numbers for keys. */
function findStart(items: readonly Keyed[], key: string): number {
  const at = items.findIndex((item) => item.key === key)
  if (at >= 0 || !/^\d+$/.test(key)) return at
  return items.findIndex((item) => /^\d+$/.test(item.key) && BigInt(item.key) < BigInt(key))
}

/** So much of the window's top is covered by the title of the column. */
function headHeight(): number {
  return document.querySelector<HTMLElement>('.column-head')?.offsetHeight ?? 0
}

function keepOnLeaving(list: List, items: { current: readonly Keyed[] }): () => void {
  return beforeLeaving(() => {
    const keys = items.current.map((item) => item.key)
    const focused = document.activeElement?.closest<HTMLElement>('article[data-id]')?.dataset.id
    if (list.current) remember({ cache: list.current.cache, keys, focused } satisfies Memory)
  })
}

/** Whether the list of this entry comes back with the heights that it had: then what stands below it can stand there at once. */
export function knowsSizes(items: readonly Keyed[]): boolean {
  const memory = recalled() as Memory | undefined
  return memory !== undefined && isSame(memory.keys, items)
}

function isSame(keys: readonly string[], items: readonly Keyed[]): boolean {
  return keys.length === items.length && items.every((item, index) => item.key === keys[index])
}

/** Whether items came at the end, if any, and nothing else changed: then nothing can move what is read. */
function isAppended(before: readonly Keyed[], after: readonly Keyed[]): boolean {
  return before === after || before.every((item, index) => item.key === after[index]?.key)
}

/** Whether items came on top and nothing else changed above what was the first. */
function isPrepended(before: readonly Keyed[], after: readonly Keyed[]): boolean {
  const [first] = before
  if (!first || after[0]?.key === first.key) return false
  const added = after.length - before.length
  return added > 0 && after[added]?.key === first.key && after.at(-1)?.key === before.at(-1)?.key
}

/** The first of some items that was there and still is. */
function heldOf(keys: readonly string[], before: readonly Keyed[], after: readonly Keyed[]): string | undefined {
  const [was, is] = [before, after].map((items) => new Set(items.map((item) => item.key)))
  return keys.find((key) => was?.has(key) && is?.has(key))
}

/** How far the window has scrolled past the top of the list. */
function pastTop(): number | undefined {
  const box = document.querySelector('.feed')
  return box ? -box.getBoundingClientRect().top : undefined
}

function firstWhole(list: WindowVirtualizerHandle | null, items: readonly Keyed[]): string | undefined {
  const past = pastTop()
  if (!list || past === undefined) return undefined
  // Sizes are measured to a fraction of a pixel.
  const from = past + headHeight() - 1
  let whole = list.findItemIndex(from)
  // It looks from the top of the page, which is a title above the list: what it finds may lie further up.
  while (whole < items.length && list.getItemOffset(whole) < from) whole += 1
  return whole > 0 ? items[whole]?.key : undefined
}

function whereIs(
  list: WindowVirtualizerHandle | null,
  items: readonly Keyed[],
  hold?: string,
): ReadingPlace | undefined {
  const past = pastTop()
  if (!list || past === undefined) return undefined
  const index = hold ? items.findIndex((item) => item.key === hold) : list.findItemIndex(past)
  const item = items[index]
  return item && { key: item.key, offset: past - list.getItemOffset(index) }
}
