import type { RuleCondition, RuleEffect } from '@hamlet/contract/rule-grammar'
import { t } from '../../i18n/words.ts'

export type ConditionKind = RuleCondition['kind']
export type EffectKind = RuleEffect['kind']

/** What can be asked of a post, as it stands in the list to choose from. */
export const conditionNames = (): [ConditionKind, string][] => [
  ['text', t('rules.kindText', 'says')],
  ['pattern', t('rules.kindPattern', 'fits the pattern')],
  ['links', t('rules.kindLinks', 'links to')],
  ['mentions', t('rules.kindMentions', 'mentions at least')],
  ['strangers', t('rules.kindStrangers', 'mentions strangers here')],
  ['media', t('rules.kindMedia', 'has the picture')],
  ['language', t('rules.kindLanguage', 'is written in')],
  ['younger', t('rules.kindYounger', 'account is younger than')],
  ['fewer_posts', t('rules.kindFewer', 'account has fewer posts than')],
  ['origin', t('rules.kindOrigin', 'comes from')],
  ['visibility', t('rules.kindVisibility', 'is posted')],
  ['followed', t('rules.kindFollowed', 'author is followed by someone here')],
]

export const effectNames = (): [EffectKind, string][] => [
  ['hold', t('rules.effectHold', 'hold it for review')],
  ['reject', t('rules.effectReject', 'do not take it')],
  ['warn', t('rules.effectWarn', 'put it behind the warning')],
  ['sensitive', t('rules.effectSensitive', 'mark it as sensitive')],
  ['unlist', t('rules.effectUnlist', 'keep it out of public timelines')],
  ['label', t('rules.effectLabel', 'label it')],
]

const fresh: { [K in ConditionKind]: () => Extract<RuleCondition, { kind: K }> } = {
  text: () => ({ kind: 'text', words: [], whole: true }),
  pattern: () => ({ kind: 'pattern', pattern: '' }),
  links: () => ({ kind: 'links', domains: [] }),
  mentions: () => ({ kind: 'mentions', at_least: 5 }),
  strangers: () => ({ kind: 'strangers', at_least: 1 }),
  media: () => ({ kind: 'media', hashes: [] }),
  language: () => ({ kind: 'language', languages: [] }),
  younger: () => ({ kind: 'younger', days: 7 }),
  fewer_posts: () => ({ kind: 'fewer_posts', posts: 5 }),
  origin: () => ({ kind: 'origin', from: 'elsewhere', servers: [] }),
  visibility: () => ({ kind: 'visibility', visibilities: ['public'] }),
  followed: () => ({ kind: 'followed' }),
}

export const freshCondition = (kind: ConditionKind): RuleCondition => fresh[kind]()

export const freshEffect = (kind: EffectKind): RuleEffect =>
  kind === 'warn' || kind === 'label' ? { kind, text: '' } : { kind }

/** Where a condition keeps its list of words, if it has one, and what stands in the empty field. */
export const lists: Partial<Record<ConditionKind, { member: string; hint: () => string }>> = {
  text: { member: 'words', hint: () => t('rules.hintWords', 'words, with commas between') },
  links: { member: 'domains', hint: () => t('rules.hintDomains', 'any page, or domains') },
  media: { member: 'hashes', hint: () => t('rules.hintHashes', 'any picture, or its SHA-256 or blurhash') },
  language: { member: 'languages', hint: () => t('rules.hintLanguages', 'codes such as de, fr') },
}

/** Where a condition keeps its number, and the most that it may be. */
export const numbers: Partial<Record<ConditionKind, { member: string; max: number; unit: () => string }>> = {
  mentions: { member: 'at_least', max: 200, unit: () => t('rules.unitPeople', 'people') },
  strangers: { member: 'at_least', max: 200, unit: () => t('rules.unitPeople', 'people') },
  younger: { member: 'days', max: 3650, unit: () => t('rules.unitDays', 'days') },
  fewer_posts: { member: 'posts', max: 10_000, unit: () => t('rules.unitPosts', 'posts') },
}
