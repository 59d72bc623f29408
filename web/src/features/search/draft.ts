import { signal } from '@preact/signals'
import { navigate, place } from '../../app/router.ts'
import { joinQuery, splitQuery, typed, type Draft } from './query.ts'
import { rememberSearch } from './recent.ts'
import { searchPath } from './search-field.tsx'

/** What stands in the field of the search screen. */
export const draft = signal<Draft>({ tokens: [], text: '' })
export const FIELD = 'search-words'

/** Searches for what the field holds, on the tab that is open. */
export function submit(next: Draft = draft.peek()): void {
  const query = joinQuery(next)
  draft.value = splitQuery(query)
  rememberSearch(query)
  navigate(query === '' ? '/search' : searchPath(query, place.peek().query.get('type') ?? undefined))
}

/** Puts the beginning of an operator behind what is typed, ready to go on. */
export function insertOperator(write: string): void {
  const { tokens, text } = draft.peek()
  const before = text === '' || /\s$/.test(text) ? text : `${text} `
  draft.value = typed({ tokens, text }, `${before}${write}${write.startsWith('in:') ? ' ' : ''}`)
  document.getElementById(FIELD)?.focus()
}

/** Takes an operator away. What was searched for already is searched for again without it. */
export function removeToken(at: number): void {
  const { tokens, text } = draft.peek()
  draft.value = { tokens: tokens.filter((_, index) => index !== at), text }
  document.getElementById(FIELD)?.focus()
  if (place.peek().query.get('q')) submit()
}
