import { t } from '../../i18n/words.ts'

export type Standing = { requires_review: boolean; trendable: boolean | null }

/** How something stands that is talked about. */
export function standingWords({ requires_review: isWaiting, trendable }: Standing): string {
  if (isWaiting) return t('trends.waits', 'Not looked at')
  return trendable ? t('trends.approved', 'Approved') : t('trends.rejected', 'Rejected')
}

export const states = (): [string, string][] => [
  ['', t('trends.all', 'All')],
  ['pending_review', t('trends.waits', 'Not looked at')],
  ['approved', t('trends.shown', 'Shown')],
  ['rejected', t('trends.rejected', 'Rejected')],
]

export const sharedBy = (people: number): string =>
  t('trends.sharedBy', '{people, plural, one {# person} other {# people}} in seven days', { people })
