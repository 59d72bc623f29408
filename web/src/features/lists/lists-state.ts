import type { Account } from '@hamlet/contract/account'
import type { List } from '@hamlet/contract/list'
import { computed, signal } from '@preact/signals'
import { request } from '../../api/request.ts'

/** The lists of this person in the order of the API; undefined until they are read. */
export const lists = signal<readonly List[] | undefined>(undefined)

/** Whose lists are shown in the dialog, while it is open. */
export const adding = signal<Account | undefined>(undefined)

/** Opens the dialog that puts somebody into lists and takes them out. */
export function openAddToList(account: Account): void {
  adding.value = account
}

export type HomeTab = { id: string; href: string; title: string }
const MOST_TABS = 5

/** The lists that stand beside home as tabs; those after the fifth are in a menu. */
export const homeTabs = computed<{ shown: HomeTab[]; more: HomeTab[] }>(() => {
  const tabs = (lists.value ?? []).map(({ id, title }) => ({ id, href: `/lists/${id}`, title }))
  return { shown: tabs.slice(0, MOST_TABS), more: tabs.slice(MOST_TABS) }
})

let running: Promise<void> | undefined

/** Reads the lists, once for all who ask at the same time. */
export function loadLists(): Promise<void> {
  running ??= readLists().finally(() => {
    running = undefined
  })
  return running
}

async function readLists(): Promise<void> {
  lists.value = await request<List[]>('GET', '/api/v1/lists')
}

/** Takes in a list that was made or changed, where it stands. */
export function keepList(list: List): void {
  const known = lists.value ?? []
  lists.value = known.some((one) => one.id === list.id)
    ? known.map((one) => (one.id === list.id ? list : one))
    : [...known, list]
}

export function dropList(id: string): void {
  lists.value = lists.value?.filter((one) => one.id !== id)
}
