import type { Bulk, Queue, QueueGroup, QueueItem } from '@hamlet/contract/moderation'
import { signal } from '@preact/signals'
import { explain, request } from '../../../api/request.ts'

export const PATH = '/api/web/moderation/queue'
/** What of the address narrows the queue. */
export const filterNames = ['category', 'origin', 'level', 'holder', 'host'] as const
export type FilterName = (typeof filterNames)[number]

export const queue = signal<Queue | undefined>(undefined)
export const fault = signal('')
export const isLoading = signal(false)
/** Whole groups, and accounts one by one. */
export const chosenGroups = signal<ReadonlySet<string>>(new Set())
export const chosen = signal<ReadonlySet<string>>(new Set())
/** Everybody of a group that was opened; the first few are known from the start. */
export const opened = signal<ReadonlyMap<string, QueueItem[]>>(new Map())
export const folded = signal<ReadonlySet<string>>(new Set())
export const bulk = signal<Bulk | undefined>(undefined)

/** The part of an address that narrows the queue. */
export function readFilters(query: URLSearchParams): Partial<Record<FilterName, string>> {
  return Object.fromEntries(filterNames.flatMap((name) => (query.get(name) ? [[name, query.get(name) ?? '']] : [])))
}

export const queryOf = (filters: Partial<Record<FilterName, string>>, more: Record<string, string> = {}): string => {
  const text = new URLSearchParams({ ...filters, ...more }).toString()
  return text && `?${text}`
}

let asked = 0

/** Reads the queue from its beginning; what was chosen is let go, unless it stays. */
export async function loadQueue(filters: Partial<Record<FilterName, string>>, keepsChoice = false): Promise<void> {
  const turn = (asked += 1)
  fault.value = ''
  isLoading.value = true
  try {
    const answer = await request<Queue>('GET', `${PATH}${queryOf(filters)}`)
    if (turn !== asked) return
    queue.value = answer
    opened.value = new Map()
    if (!keepsChoice) choose([])
  } catch (error) {
    if (turn === asked) fault.value = explain(error)
  }
  if (turn === asked) isLoading.value = false
}

export async function loadMore(filters: Partial<Record<FilterName, string>>): Promise<void> {
  const now = queue.value
  if (!now?.next || isLoading.value) return
  isLoading.value = true
  try {
    const more = await request<Queue>('GET', `${PATH}${queryOf(filters, { after: now.next })}`)
    const known = new Set(now.groups.map((group) => group.key))
    const groups = [...now.groups, ...more.groups.filter((group) => !known.has(group.key))]
    // What came meanwhile has not been seen: the bound stays that of the first page.
    queue.value = { ...now, groups, next: more.next }
  } catch (error) {
    fault.value = explain(error)
  }
  isLoading.value = false
}

/** Reads the next of a group that are not shown yet. */
export async function openGroup(group: QueueGroup, filters: Partial<Record<FilterName, string>>): Promise<void> {
  const known = opened.value.get(group.key) ?? []
  try {
    const offset = String(known.length)
    const more = await request<QueueItem[]>('GET', `${PATH}/group${queryOf(filters, { key: group.key, offset })}`)
    const ids = new Set(known.map((item) => item.target.id))
    const items = [...known, ...more.filter((item) => !ids.has(item.target.id))]
    opened.value = new Map(opened.value).set(group.key, items)
  } catch (error) {
    fault.value = explain(error)
  }
}

export const itemsOf = (group: QueueGroup): QueueItem[] => opened.value.get(group.key) ?? group.items
export const isWave = (group: QueueGroup): boolean => group.accounts > 1

/** Everybody that is drawn, in their order. */
export function drawn(): { item: QueueItem; group: QueueGroup }[] {
  return (queue.value?.groups ?? [])
    .filter((group) => !folded.value.has(group.key))
    .flatMap((group) => itemsOf(group).map((item) => ({ item, group })))
}

export function choose(accounts: Iterable<string>, groups: Iterable<string> = []): void {
  chosen.value = new Set(accounts)
  chosenGroups.value = new Set(groups)
}

export const isChosen = (item: QueueItem, group: QueueGroup): boolean =>
  chosenGroups.value.has(group.key) || chosen.value.has(item.target.id)

/** Ticks one or takes the tick away; of a group that is chosen whole, the others that are drawn stay chosen. */
export function toggle(item: QueueItem, group: QueueGroup): void {
  const [accounts, groups] = [new Set(chosen.value), new Set(chosenGroups.value)]
  if (groups.delete(group.key)) for (const other of itemsOf(group)) accounts.add(other.target.id)
  else if (!accounts.has(item.target.id)) {
    choose(accounts.add(item.target.id), groups)
    return
  }
  accounts.delete(item.target.id)
  choose(accounts, groups)
}

/** How many accounts are chosen: all of the groups that are chosen whole, and others. */
export function countChosen(): number {
  const groups = queue.value?.groups ?? []
  const whole = groups.filter((group) => chosenGroups.value.has(group.key))
  const within = new Set(whole.flatMap((group) => itemsOf(group).map((item) => item.target.id)))
  const others = [...chosen.value].filter((id) => !within.has(id))
  return whole.reduce((sum, group) => sum + group.accounts, 0) + others.length
}

/** All that is loaded is chosen, groups of several as a whole; or nothing is. */
export function toggleAll(): void {
  const groups = queue.value?.groups ?? []
  if (chosen.value.size + chosenGroups.value.size > 0) return choose([])
  choose(
    groups.filter((group) => !isWave(group)).flatMap((group) => group.items.map((item) => item.target.id)),
    groups.filter(isWave).map((group) => group.key),
  )
}

/** What is chosen, as the server reads it. */
export function selectionOf(filters: Partial<Record<FilterName, string>>): Record<string, unknown> {
  const { level, ...words } = filters
  return {
    accounts: [...chosen.value],
    groups: [...chosenGroups.value],
    filter: level === undefined ? words : { ...words, level: Number(level) },
    until: queue.value?.until ?? '0',
  }
}

const PAUSE_MS = 600

/** Follows a decision about many until it has ended. */
export async function followBulk(begun: Bulk): Promise<void> {
  bulk.value = begun
  for (let now = begun; now.finished_at === null;) {
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    await new Promise((done) => setTimeout(done, PAUSE_MS))
    // oxlint-disable-next-line no-await-in-loop -- as above
    now = await request<Bulk>('GET', `/api/web/moderation/bulk/${begun.id}`)
    bulk.value = now
  }
}
