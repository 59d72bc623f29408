import type { Status } from '@hamlet/contract/status'
import type { Id } from '#lib/id'
import { makeMatcher } from './match/matcher.ts'
import { presentFiltered } from './present.ts'
import { readKeyword } from './write/read-filter.ts'

export type TestedWord = { keyword: string; wholeWord?: boolean | undefined }

/** Which of these posts a filter of some words would fit, by the very rules that filters go by. */
export function testWords(words: readonly TestedWord[], viewerId: Id, statuses: readonly Status[]): Status[] {
  const keywords = words.map(({ keyword, wholeWord = true }) => ({
    id: '',
    keyword: readKeyword(keyword),
    whole_word: wholeWord,
  }))
  const matcher = makeMatcher({
    id: '',
    title: '',
    contexts: ['home'],
    action: 'warn',
    expires_at: null,
    keywords,
    statuses: [],
  })
  return statuses.filter((status) => presentFiltered(matcher, viewerId, status).length > 0)
}
