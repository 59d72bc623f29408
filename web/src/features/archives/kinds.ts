import type { ImportKind, ImportProblem } from '@hamlet/contract/archives'
import { t } from '../../i18n/words.ts'

/** What a file holds, in words; in the order in which they are offered. */
export function kindWords(): [ImportKind, string][] {
  return [
    ['following', t('archives.following', 'People to follow')],
    ['lists', t('archives.lists', 'Lists')],
    ['muting', t('archives.muting', 'People to mute')],
    ['blocking', t('archives.blocking', 'People to block')],
    ['domain_blocking', t('archives.domains', 'Servers to block')],
    ['bookmarks', t('archives.bookmarks', 'Bookmarks')],
    ['custom_filters', t('archives.filters', 'Filters')],
  ]
}

export const sayKind = (kind: ImportKind): string => kindWords().find(([one]) => one === kind)?.[1] ?? kind

export function sayProblem(problem: ImportProblem): string {
  const words: Record<ImportProblem, string> = {
    address: t('archives.badAddress', 'is no name of somebody'),
    domain: t('archives.badDomain', 'is no name of a server'),
    uri: t('archives.badUri', 'is no address of a post'),
    empty: t('archives.badEmpty', 'lacks what is needed'),
    repeated: t('archives.badRepeated', 'was there already'),
    self: t('archives.badSelf', 'is you'),
  }
  return words[problem]
}
