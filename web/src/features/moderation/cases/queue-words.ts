import type { QueueGroup, QueueItem } from '@hamlet/contract/moderation'
import type { IconName } from '../../../../sprite.ts'
import { amount, t } from '../../../i18n/words.ts'
import { categoryName } from '../words.ts'

const kinds: Record<string, (group: QueueGroup) => string> = {
  link: ({ value }) => t('cases.sameLink', 'Same link: {host}', { host: value ?? '' }),
  text: () => t('cases.sameWords', 'Same words'),
  source: ({ value }) => t('cases.sameServer', 'New accounts of the same server: {host}', { host: value ?? '' }),
  range: () => t('cases.sameNetwork', 'New accounts from the same network'),
}

/** What the accounts of a group have in common. */
export function groupName(group: QueueGroup): string {
  return kinds[group.kind]?.(group) ?? t('cases.together', 'Belong together')
}

export function groupFacts({ reports, accounts }: QueueGroup): string {
  const said = [
    t('cases.reports', '{n, plural, one {# report} other {# reports}}', { n: reports }),
    t('cases.accounts', '{n, plural, one {# account} other {# accounts}}', { n: accounts }),
  ]
  return said.join(' · ')
}

const icons: Record<string, IconName> = { spam: 'selling', legal: 'law', violation: 'ruleBroken', other: 'warning' }
export const reasonIcon = (category: string): IconName => icons[category] ?? 'warning'

/** Why somebody was reported: the rule, where one was named. */
export const reasonName = ({ category, rule }: QueueItem): string => rule ?? categoryName(category)

const levels = [
  () => t('moderation.low', 'Low'),
  () => t('moderation.medium', 'Medium'),
  () => t('moderation.high', 'High'),
] as const

export const severityName = (level: number): string => (levels[level - 1] ?? levels[0])()

const rules: Record<string, (item: QueueItem) => string> = {
  legal: () => t('cases.becauseLegal', 'somebody says that it is against the law'),
  many: ({ reporters_count: n }) =>
    t('cases.becauseMany', '{n, plural, one {# person} other {# people}} reported it', { n }),
  two: () => t('cases.becauseTwo', 'two people reported it'),
  wave: () => t('cases.becauseWave', 'it is part of a wave of spam'),
  rule: () => t('cases.becauseRule', 'a rule is said to be broken'),
  before: () => t('cases.becauseBefore', 'there was a decision about them before'),
}

/** The guess of how bad it looks, with the plain rules by which it was made. */
export function severityText(item: QueueItem): string {
  const why = item.because.flatMap((name) => rules[name]?.(item) ?? []).join(', ')
  const level = severityName(item.severity)
  return why === '' ? level : t('cases.severityWhy', '{level}: {why}', { level, why })
}

export const countOf = (n: number): string => amount(n)
