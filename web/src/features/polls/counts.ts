import type { Poll } from '@hamlet/contract/poll'
import { amount, t } from '../../i18n/words.ts'

/** Over by the server's word or by the clock, whichever is first. */
export function isOver(poll: Poll, now: number = Date.now()): boolean {
  return poll.expired || (poll.expires_at !== null && Date.parse(poll.expires_at) <= now)
}

/** True while nobody is told how many chose what. */
export function isHidden(poll: Poll): boolean {
  return poll.options.some((option) => option.votes_count === null)
}

/** Of how many an option has its share: people, where they may choose several things; votes else. */
export function wholeOf(poll: Poll): number {
  return (poll.multiple ? poll.voters_count : null) ?? poll.votes_count
}

export function percentOf(count: number, whole: number): string {
  return amount(whole === 0 ? 0 : Math.min(1, count / whole), { style: 'percent', maximumFractionDigits: 0 })
}

/** How many took part: people where they are counted, votes else. */
export function turnoutOf(poll: Poll): string {
  if (poll.voters_count === null)
    return t('polls.votes', '{n, plural, one {# vote} other {# votes}}', { n: poll.votes_count })
  return t('polls.people', '{n, plural, one {# person} other {# people}}', { n: poll.voters_count })
}
