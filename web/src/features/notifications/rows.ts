import type { Account } from '@hamlet/contract/account'
import type { GroupedNotificationsResults, NotificationGroup } from '@hamlet/contract/notification'
import type { Status } from '@hamlet/contract/status'
import { signal, type Signal } from '@preact/signals'
import { keepFeed, readFeed } from '../../api/kept.ts'
import { isOffline, readFrom } from '../../api/network.ts'
import { ApiError, explain, OFFLINE, request } from '../../api/request.ts'
import { keepAccount, keepStatus } from '../../api/store.ts'
import type { LoadState } from '../../api/timeline.ts'
import { me } from '../../app/session.ts'
import { GROUPING } from './unread.ts'

/** Alike things as one, with who did them and the post that they are about. A server may know more types than we. */
export type Row = Omit<NotificationGroup, 'type'> & {
  type: string
  people: Account[]
  status: Status | undefined
  /** The post on which much happens, where the row tells of one. */
  busyPost: Status | undefined
}

export type Rows = {
  items: Signal<Row[]>
  state: Signal<LoadState>
  fault: Signal<string>
  loadMore(): Promise<void>
  /** Reads the newest anew: what is there already moves into its group. */
  refresh(): Promise<void>
}

const AT_ONCE = 40
const KEPT_AS = 'notifications'

/** @param types none for all, which are also kept for reading without a network */
export function makeRows(types: readonly string[]): Rows {
  const items = signal<Row[]>([])
  const state = signal<LoadState>('first')
  const fault = signal('')
  const isWhole = types.length === 0
  const path = `/api/v2/notifications?limit=${AT_ONCE}&${GROUPING}${types.map((type) => `&types[]=${type}`).join('')}`
  let running: Promise<void> | undefined
  const take = (rows: readonly Row[]) => {
    for (const row of rows) keepRow(row)
    items.value = [...rows]
    if (isWhole) void keepFeed(me.value.id, KEPT_AS, rows).catch(() => undefined)
  }
  const load = async () => {
    const last = items.value.at(-1)
    try {
      const page = await fetchRows(last ? `${path}&max_id=${last.most_recent_notification_id}` : path)
      take(join(items.value, page))
      state.value = page.length > 0 ? 'idle' : 'end'
    } catch (error) {
      const kept = last === undefined && isWhole ? await recall(error) : undefined
      if (kept) items.value = kept
      state.value = kept ? 'end' : 'failed'
      fault.value = explain(error)
    }
    running = undefined
  }
  return {
    items,
    state,
    fault,
    loadMore: () => {
      state.value = items.value.length === 0 ? 'first' : 'more'
      return (running ??= load())
    },
    refresh: async () => {
      const page = await fetchRows(path).catch(() => [])
      if (page.length > 0) take(join(page, items.value))
    },
  }
}

/** The first, and what of the others is not among them. */
function join(first: readonly Row[], others: readonly Row[]): Row[] {
  const known = new Set(first.map((row) => row.group_key))
  return [...first, ...others.filter((row) => !known.has(row.group_key))]
}

async function fetchRows(path: string): Promise<Row[]> {
  const found = await request<GroupedNotificationsResults>('GET', path)
  const accounts = new Map(found.accounts.map((account) => [account.id, account]))
  const statuses = new Map(found.statuses.map((status) => [status.id, status]))
  readFrom.value = undefined
  isOffline.value = false
  return found.notification_groups.map((group) => ({
    ...group,
    people: group.sample_account_ids.flatMap((id) => accounts.get(id) ?? []),
    status: group.status_id === undefined ? undefined : statuses.get(group.status_id),
    busyPost: group.hamlet && statuses.get(group.hamlet.status_id),
  }))
}

function keepRow({ people, status, busyPost }: Row): void {
  for (const account of people) keepAccount(account)
  if (status) keepStatus(status)
  if (busyPost) keepStatus(busyPost)
}

/** What was kept, when there is no way to the server. */
async function recall(cause: unknown): Promise<Row[] | undefined> {
  if (!(cause instanceof ApiError) || cause.status !== OFFLINE) return undefined
  const kept = await readFeed<Row>(me.value.id, KEPT_AS).catch(() => undefined)
  if (!kept) return undefined
  for (const row of kept.value) keepRow(row)
  isOffline.value = true
  readFrom.value = kept.at
  return kept.value
}
