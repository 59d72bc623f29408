import type { Invite } from '@hamlet/contract/invite'
import { t } from '../../i18n/words.ts'
import { date } from '../../ui/time.tsx'

/** How far an invitation goes, and how long. */
export function sayUses({ uses, max_uses: most }: Invite): string {
  return most === null
    ? t(
        'invites.used',
        '{n, plural, =0 {Nobody has come by it} one {# person has come by it} other {# people have come by it}}',
        {
          n: uses,
        },
      )
    : t('invites.usedOf', '{n} of {most} used', { n: uses, most })
}

export function sayEnd({ expires_at: end, active }: Invite): string {
  if (!active) return t('invites.over', 'Over')
  return end === null ? t('invites.noEnd', 'without end') : t('invites.until', 'until {when}', { when: date(end) })
}

const HOUR_S = 3_600
export const lifetimes = (): [string, string][] => [
  [String(HOUR_S / 2), t('invites.halfHour', '30 minutes')],
  [String(HOUR_S), t('invites.hour', 'An hour')],
  [String(6 * HOUR_S), t('invites.sixHours', '6 hours')],
  [String(12 * HOUR_S), t('invites.twelveHours', '12 hours')],
  [String(24 * HOUR_S), t('invites.day', 'A day')],
  [String(7 * 24 * HOUR_S), t('invites.week', 'A week')],
  ['', t('invites.forEver', 'For ever')],
]

export const uses = (): [string, string][] => [
  ...[1, 5, 10, 25, 50, 100].map((n): [string, string] => [
    String(n),
    t('invites.people', '{n, plural, one {# person} other {# people}}', { n }),
  ]),
  ['', t('invites.everybody', 'Whoever has it')],
]
