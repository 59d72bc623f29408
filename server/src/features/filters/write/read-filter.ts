import { invalid } from '#lib/refusal'
import { normaliseText } from '#lib/fold-text'
import { filterActions, filterContexts, isAction, isContext, type FilterAction, type FilterContext } from '../terms.ts'

const choices = new Intl.ListFormat('en', { type: 'disjunction' })

/** mastodon-limits, Filters: in characters. */
const LONGEST_TITLE = 256
const LONGEST_KEYWORD = 512

/** What is said of a filter; what is not said stays, or is as Mastodon has it for a new one. */
export type FilterInput = {
  title?: string | undefined
  contexts?: readonly string[] | undefined
  action?: string | undefined
  /** Seconds from now; 0 and null are for ever. */
  expiresInSeconds?: number | null | undefined
}
export type KeywordInput = { keyword?: string | undefined; wholeWord?: boolean | undefined }

type FilterColumns = { title: string; contexts: FilterContext[]; action: FilterAction; expires_at: string | null }

/** What of a filter is said, fit to be written; faults are told together, as Mastodon tells them. */
export function readFilter(input: FilterInput, now: Date): Partial<FilterColumns> {
  const faults = [titleFault(input.title), contextFault(input.contexts), actionFault(input.action)]
  const told = faults.filter((fault) => fault !== undefined)
  if (told.length > 0) throw invalid(`Validation failed: ${told.join(', ')}`)
  const { title, contexts, action, expiresInSeconds } = input
  return {
    ...(title === undefined ? {} : { title: title.trim() }),
    ...(contexts === undefined ? {} : { contexts: [...new Set(contexts as FilterContext[])] }),
    ...(action === undefined ? {} : { action: action as FilterAction }),
    ...(expiresInSeconds === undefined ? {} : { expires_at: momentAfter(now, expiresInSeconds) }),
  }
}

/** The same of a filter that is new, and so must have a title and a place to act in. */
export function readNewFilter(input: FilterInput, now: Date): FilterColumns {
  const { title = '', contexts = [], action = 'warn', expiresInSeconds = null } = input
  return readFilter({ title, contexts, action, expiresInSeconds }, now) as FilterColumns
}

function titleFault(title: string | undefined): string | undefined {
  if (title === undefined) return undefined
  if (title.trim() === '') return "Title can't be blank"
  return Array.from(title.trim()).length > LONGEST_TITLE
    ? `Title is too long (maximum is ${LONGEST_TITLE} characters)`
    : undefined
}

function contextFault(contexts: readonly string[] | undefined): string | undefined {
  if (contexts === undefined) return undefined
  if (contexts.length === 0) return "Context can't be blank"
  return contexts.every(isContext) ? undefined : `Context must be ${choices.format(filterContexts)}`
}

function actionFault(action: string | undefined): string | undefined {
  return action === undefined || isAction(action) ? undefined : `Action must be ${choices.format(filterActions)}`
}

function momentAfter(now: Date, seconds: number | null): string | null {
  return seconds ? new Date(now.getTime() + seconds * 1000).toISOString() : null
}

/** A keyword as it is kept; one in which nothing can be seen would fit every post. */
export function readKeyword(text: string): string {
  const keyword = text.trim()
  if (normaliseText(keyword).trim() === '') throw invalid("Validation failed: Keyword can't be blank")
  if (Array.from(keyword).length > LONGEST_KEYWORD)
    throw invalid(`Validation failed: Keyword is too long (maximum is ${LONGEST_KEYWORD} characters)`)
  return keyword
}

/** A title for a filter that has none of its own: its words, as far as a title goes. */
export function titleOf(phrase: string): string {
  return Array.from(phrase.trim()).slice(0, LONGEST_TITLE).join('')
}
