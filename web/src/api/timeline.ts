import type { Status } from '@hamlet/contract/status'
import { signal, type Signal } from '@preact/signals'
import { explain, requestPage } from './request.ts'
import { keepStatus } from './store.ts'

export type LoadState = 'first' | 'idle' | 'more' | 'end' | 'failed'

/** A window on a list that grows downwards by pages and upwards by what arrives. */
export type Feed<T> = {
  items: Signal<T[]>
  /** Arrived above, and not shown until asked for: nothing moves under a reader's eyes. */
  waiting: Signal<T[]>
  state: Signal<LoadState>
  fault: Signal<string>
  loadMore(): Promise<void>
  reload(): Promise<void>
  /** Puts what waits on top. */
  showWaiting(): void
  arrive(item: T): void
  remove(matches: (item: T) => boolean): void
}

export function makeFeed<T extends { id: string }>(path: string, keep: (item: T) => void = () => {}): Feed<T> {
  const items = signal<T[]>([])
  const waiting = signal<T[]>([])
  const state = signal<LoadState>('first')
  const fault = signal('')
  let next: string | null = path
  let running: Promise<void> | undefined
  const load = async () => {
    try {
      const page = await requestPage<T>(next ?? path)
      for (const item of page.items) keep(item)
      const known = new Set(items.value.map((item) => item.id))
      items.value = [...items.value, ...page.items.filter((item) => !known.has(item.id))]
      next = page.next
      state.value = page.next && page.items.length > 0 ? 'idle' : 'end'
    } catch (error) {
      fault.value = explain(error)
      state.value = 'failed'
    }
    running = undefined
  }
  const loadMore = () => {
    if (state.value === 'end' && items.value.length > 0) return Promise.resolve()
    if (!running) {
      state.value = items.value.length === 0 ? 'first' : 'more'
      running = load()
    }
    return running
  }
  return {
    items,
    waiting,
    state,
    fault,
    loadMore,
    reload: async () => {
      next = path
      items.value = []
      waiting.value = []
      state.value = 'first'
      await loadMore()
    },
    showWaiting: () => {
      items.value = [...waiting.value, ...items.value]
      waiting.value = []
    },
    arrive: (item) => {
      if ([...items.value, ...waiting.value].some((one) => one.id === item.id)) return
      keep(item)
      waiting.value = [item, ...waiting.value]
    },
    remove: (matches) => {
      items.value = items.value.filter((item) => !matches(item))
      waiting.value = waiting.value.filter((item) => !matches(item))
    },
  }
}

export function makeStatusFeed(path: string): Feed<Status> {
  return makeFeed<Status>(path, keepStatus)
}
