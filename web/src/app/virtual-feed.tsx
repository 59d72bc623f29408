import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { WindowVirtualizer, type CacheSnapshot, type WindowVirtualizerHandle } from 'virtua'
import { beforeLeaving, recalled, remember, savedScroll } from './router.ts'

type Keyed = { key: string }
type Memory = { cache: CacheSnapshot; keys: string[]; focused: string | undefined }
/** The item at the top of the window, and how far above the window it begins, in pixels. */
export type ReadingPlace = { key: string; offset: number }

type FeedProps<T extends Keyed> = {
  items: readonly T[]
  label: string
  isBusy: boolean
  draw: (item: T, index: number) => ComponentChildren
  /** Where to begin when the entry is new; the top otherwise. */
  startAt?: ReadingPlace | undefined
  /** An item that must not move when items come above it; the one at the top of the window otherwise. */
  hold?: string | undefined
  onPlace?: (place: ReadingPlace) => void
}

/**
 * A list of which only what is near the window is drawn (ARIA feed). The reader's place is kept to the pixel: on Back by
 * the measured sizes of the entry, when items come above by shifting, when they come in between by the held item.
 */
export function VirtualFeed<T extends Keyed>({ items, label, isBusy, draw, startAt, hold, onPlace }: FeedProps<T>) {
  const list = useRef<WindowVirtualizerHandle>(null)
  const before = useRef<readonly T[]>(items)
  const memory = useRef(recalled() as Memory | undefined).current
  const cache = memory && isSame(memory.keys, items) ? memory.cache : undefined
  const shift = isPrepended(before.current, items)
  const held = shift || isAppended(before.current, items) ? undefined : whereIs(list.current, before.current, hold)
  useLayoutEffect(() => {
    before.current = items
    const index = held ? items.findIndex((item) => item.key === held.key) : -1
    if (held && index >= 0) list.current?.scrollToIndex(index, { align: 'start', offset: held.offset })
  }, [items])
  useStart(list, items, { cache, startAt })
  useEffect(() => keepOnLeaving(list, before), [])
  useEffect(() => {
    if (memory?.focused) focusCard(memory.focused)
  }, [])
  return (
    <div class="feed" role="feed" aria-label={label} aria-busy={isBusy}>
      <WindowVirtualizer
        ref={list}
        data={items}
        shift={shift}
        bufferSize={800}
        {...(cache ? { cache } : {})}
        onScrollEnd={() => {
          const now = whereIs(list.current, before.current)
          if (now) onPlace?.(now)
        }}
      >
        {(item: T, index: number) => (
          <div key={item.key} class="feed-row">
            {draw(item, index)}
          </div>
        )}
      </WindowVirtualizer>
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
  { cache, startAt }: { cache: CacheSnapshot | undefined; startAt: ReadingPlace | undefined },
): void {
  const isStarted = useRef(false)
  useLayoutEffect(() => {
    if (isStarted.current || items.length === 0) return
    isStarted.current = true
    if (cache) return scrollTo(0, savedScroll())
    const index = startAt ? items.findIndex((item) => item.key === startAt.key) : -1
    if (startAt && index > 0) list.current?.scrollToIndex(index, { align: 'start', offset: startAt.offset })
  }, [items])
}

function keepOnLeaving(list: List, items: { current: readonly Keyed[] }): () => void {
  return beforeLeaving(() => {
    const keys = items.current.map((item) => item.key)
    const focused = document.activeElement?.closest<HTMLElement>('article[data-id]')?.dataset.id
    if (list.current) remember({ cache: list.current.cache, keys, focused } satisfies Memory)
  })
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

function whereIs(
  list: WindowVirtualizerHandle | null,
  items: readonly Keyed[],
  hold?: string,
): ReadingPlace | undefined {
  const box = document.querySelector('.feed')
  if (!list || !box) return undefined
  // The list counts from its own top; the window has scrolled this far past it.
  const past = -box.getBoundingClientRect().top
  const index = hold ? items.findIndex((item) => item.key === hold) : list.findItemIndex(past)
  const item = items[index]
  return item && { key: item.key, offset: past - list.getItemOffset(index) }
}
