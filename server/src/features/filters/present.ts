import type { Filter, FilterKeyword, FilterResult, FilterStatus, V1Filter } from '@hamlet/contract/filter'
import type { Status } from '@hamlet/contract/status'
import { plainText } from '#lib/plain-text'
import type { Id } from '#lib/id'
import { isoTime } from '#platform/db'
import { makeMatcher, type Matcher } from './match/matcher.ts'
import type { FilteredPostRow, FilterRow, KeywordRow } from './store.ts'
import { readKeyword } from './write/read-filter.ts'

export function presentKeyword({ id, keyword, whole_word }: KeywordRow): FilterKeyword {
  return { id, keyword, whole_word }
}

export function presentFilteredPost({ id, status_id }: FilteredPostRow): FilterStatus {
  return { id, status_id }
}

/** A filter without what is in it, as it stands at the posts that it fits. */
function presentBare(row: FilterRow): Filter {
  return {
    id: row.id,
    title: row.title,
    context: row.contexts,
    expires_at: row.expires_at === null ? null : isoTime(row.expires_at),
    filter_action: row.action,
  }
}

export function presentFilter(row: FilterRow): Filter {
  return {
    ...presentBare(row),
    keywords: row.keywords.map(presentKeyword),
    statuses: row.statuses.map(presentFilteredPost),
  }
}

/** One keyword in the older form, where each was a filter of its own; `irreversible` is what hides. */
export function presentV1Filter(filter: FilterRow, keyword: KeywordRow): V1Filter {
  return {
    id: keyword.id,
    phrase: keyword.keyword,
    context: filter.contexts,
    whole_word: keyword.whole_word,
    expires_at: filter.expires_at === null ? null : isoTime(filter.expires_at),
    irreversible: filter.action === 'hide',
  }
}

/** What a reader meets of a post: its warning, its words, the answers of its poll, what its media show. */
function textsOf(status: Status): string[] {
  return [
    status.spoiler_text,
    plainText(status.content ?? ''),
    ...(status.poll?.options ?? []).map((option) => option.title),
    ...status.media_attachments.map((media) => media.description ?? ''),
  ]
}

/**
 * Which of the viewer's filters a post fits. A boost is matched by what it boosts; what the viewer wrote is not matched at
 * all, as apps agree.
 */
export function presentFiltered(matcher: Matcher | undefined, viewerId: Id, status: Status): FilterResult[] {
  const subject = status.reblog ?? status
  if (!matcher || subject.account.id === viewerId) return []
  return matcher.match({ id: subject.id, texts: textsOf(subject) }).map(({ filter, word, statusId }) => ({
    filter: presentBare(filter),
    keyword_matches: word === undefined ? null : [word],
    status_matches: statusId === undefined ? null : [statusId],
  }))
}

export type TestedWord = { keyword: string; wholeWord?: boolean | undefined }

/** Which of these posts a filter of some words would fit, by the very rules that filters go by. */
export function testWords(words: readonly TestedWord[], viewerId: Id, statuses: readonly Status[]): Status[] {
  const keywords = words.map(({ keyword, wholeWord = true }) => ({
    id: '',
    keyword: readKeyword(keyword),
    whole_word: wholeWord,
  }))
  const bare = { id: '', title: '', contexts: [], action: 'warn' as const, expires_at: null, statuses: [] }
  const matcher = makeMatcher({ ...bare, keywords })
  return statuses.filter((status) => presentFiltered(matcher, viewerId, status).length > 0)
}
