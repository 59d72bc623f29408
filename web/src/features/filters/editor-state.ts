import type { Filter, FilterAction, FilterContext } from '@hamlet/contract/filter'
import { signal } from '@preact/signals'

export type DraftWord = { key: number; id?: string; keyword: string; wholeWord: boolean }

/** A filter as it is being written. `seconds`: how long from now, 0 for ever, undefined as it was. */
export type Draft = {
  id?: string
  title: string
  contexts: FilterContext[]
  action: FilterAction
  seconds: number | undefined
  expiresAt: string | null
  words: DraftWord[]
  /** Ids of words that were taken out. */
  removed: string[]
  posts: number
}

export type FilterPrefill = { filter?: Filter; words?: readonly string[] }

/** What the editor holds; nothing while it is closed. */
export const draft = signal<Draft | undefined>(undefined)
/** Counted up whenever filters were changed here, so that lists of them are read anew. */
export const filterChanges = signal(0)

let keys = 0

export function newWord(keyword = ''): DraftWord {
  keys += 1
  return { key: keys, keyword, wholeWord: true }
}

/** Opens the editor for a filter, or for a new one with these words. */
export function openFilterEditor({ filter, words = [] }: FilterPrefill = {}): void {
  draft.value = filter ? draftOf(filter) : { ...fresh(), words: words.length > 0 ? words.map(newWord) : [newWord()] }
}

function fresh(): Draft {
  const contexts: FilterContext[] = ['home', 'public', 'thread']
  return { title: '', contexts, action: 'warn', seconds: 0, expiresAt: null, words: [], removed: [], posts: 0 }
}

function draftOf({ id, title, context, filter_action, expires_at, keywords = [], statuses = [] }: Filter): Draft {
  return {
    id,
    title,
    contexts: context,
    action: filter_action,
    seconds: undefined,
    expiresAt: expires_at,
    words: keywords.map((one) => ({ ...newWord(one.keyword), id: one.id, wholeWord: one.whole_word })),
    removed: [],
    posts: statuses.length,
  }
}

const LONGEST_WORD = 512

/** What of the page is selected, to be filtered: the words under the reader's hand, when there are any. */
export function selectedWords(): string[] {
  const words = (getSelection()?.toString() ?? '').replaceAll(/\s+/g, ' ').trim()
  return words === '' || words.length > LONGEST_WORD ? [] : [words]
}

export function changeDraft(part: Partial<Draft>): void {
  if (draft.value) draft.value = { ...draft.value, ...part }
}

export function changeWord(key: number, part: Partial<DraftWord>): void {
  changeDraft({ words: (draft.value?.words ?? []).map((one) => (one.key === key ? { ...one, ...part } : one)) })
}

export function removeWord({ key, id }: DraftWord): void {
  const { words = [], removed = [] } = draft.value ?? {}
  changeDraft({
    words: words.filter((one) => one.key !== key),
    removed: id === undefined ? removed : [...removed, id],
  })
}
