import type { Account } from '@hamlet/contract/account'
import type { Tag } from '@hamlet/contract/search'
import type { Status } from '@hamlet/contract/status'
import { signal, type Signal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { keepAccount, keepStatus } from '../../api/store.ts'
import type { Feed, LoadState } from '../../api/timeline.ts'
import { place } from '../../app/router.ts'
import { loadRelationships } from '../profiles/acts.ts'

export type Kind = 'statuses' | 'accounts' | 'hashtags'
export type Results = { accounts: Account[]; statuses: Status[]; hashtags: Tag[] }
export type FoundFeed<K extends Kind> = Pick<Feed<Results[K][number]>, 'items' | 'state' | 'fault' | 'loadMore'>
export type Overview = {
  results: Signal<Results | undefined>
  fault: Signal<string>
  load(): Promise<void>
}

const AT_ONCE = 20

async function look(query: string, more: Record<string, string>): Promise<Results> {
  const params = new URLSearchParams({ q: query, limit: String(AT_ONCE), ...more })
  const results = await request<Results>('GET', `/api/v2/search?${params.toString()}`)
  for (const account of results.accounts) keepAccount(account)
  for (const status of results.statuses) keepStatus(status)
  if (results.accounts.length > 0) await loadRelationships(results.accounts.map((account) => account.id))
  return results
}

/** The best of everything; a whole handle or link is looked up on its own server. */
export function makeOverview(query: string): Overview {
  const results = signal<Results | undefined>(undefined)
  const fault = signal('')
  return {
    results,
    fault,
    load: async () => {
      fault.value = ''
      try {
        results.value = await look(query, { resolve: 'true' })
      } catch (error) {
        fault.value = explain(error)
      }
    },
  }
}

const idOf = (item: Results[Kind][number]) => ('account' in item || 'acct' in item ? item.id : item.name)

/** One kind, page by page. */
export function makeFound<K extends Kind>(kind: K, query: string): FoundFeed<K> {
  const items = signal<Results[K][number][]>([])
  const state = signal<LoadState>('first')
  const fault = signal('')
  let offset = 0
  let running: Promise<void> | undefined
  const load = async () => {
    try {
      const page = (await look(query, { type: kind, offset: String(offset) }))[kind]
      offset += AT_ONCE
      const known = new Set(items.value.map(idOf))
      const fresh = page.filter((item) => !known.has(idOf(item)))
      items.value = [...items.value, ...fresh]
      state.value = page.length < AT_ONCE || fresh.length === 0 ? 'end' : 'idle'
    } catch (error) {
      fault.value = explain(error)
      state.value = 'failed'
    }
    running = undefined
  }
  const loadMore = () => {
    if (state.value === 'end') return Promise.resolve()
    state.value = items.value.length === 0 ? 'first' : 'more'
    return (running ??= load())
  }
  return { items, state, fault, loadMore }
}

const kept = new Map<string, unknown>()
const MOST_KEPT = 6

/** What was found is kept with the history entry, so that Back finds it as it was. */
export function useKept<T>(what: string, make: () => T): T {
  const key = `${place.value.key} ${what}`
  return useMemo(() => {
    const known = kept.get(key) as T | undefined
    if (known) return known
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? '')
    const fresh = make()
    kept.set(key, fresh)
    return fresh
  }, [key])
}
