import type { RuleCondition, RuleEffect, RuleWording } from '@hamlet/contract/rule-grammar'
import { dateInWords, language, t } from '../../i18n/words.ts'

type Kind = RuleCondition['kind']
type Of<K extends Kind> = Extract<RuleCondition, { kind: K }>

const either = (words: readonly string[]) =>
  new Intl.ListFormat(language(), { type: 'disjunction' }).format(shortened(words))
const MOST = 4

/** A sentence stays one: of a long list the first are named, and how many more there are. */
function shortened(words: readonly string[]): string[] {
  if (words.length <= MOST) return [...words]
  const more = words.length - (MOST - 1)
  return [...words.slice(0, MOST - 1), t('rules.more', '{n, plural, one {# other} other {# others}}', { n: more })]
}

const quoted = (words: readonly string[]) => either(words.map((word) => t('rules.quoted', '“{word}”', { word })))

export const visibilityWords = (): Record<string, string> => ({
  public: t('rules.public', 'public'),
  unlisted: t('rules.unlisted', 'unlisted'),
  private: t('rules.private', 'for followers'),
  direct: t('rules.direct', 'private'),
})

/** What a condition asks, after “If a post …”. */
const says: { [K in Kind]: (one: Of<K>) => string } = {
  text: ({ words }) => t('rules.saysText', 'says {words}', { words: quoted(words) }),
  pattern: ({ pattern }) => t('rules.saysPattern', 'fits the pattern {pattern}', { pattern }),
  links: ({ domains }) =>
    domains.length === 0
      ? t('rules.saysAnyLink', 'has a link')
      : t('rules.saysLinks', 'links to {domains}', { domains: either(domains) }),
  mentions: ({ at_least: n }) =>
    t('rules.saysMentions', 'mentions {n, plural, one {somebody} other {# people or more}}', { n }),
  strangers: ({ at_least: n }) =>
    t(
      'rules.saysStrangers',
      'mentions {n, plural, one {somebody here who does} other {# people or more here who do}} not know its author',
      { n },
    ),
  media: ({ hashes }) =>
    hashes.length === 0
      ? t('rules.saysAnyMedia', 'has a picture')
      : t('rules.saysMedia', 'has {n, plural, one {a known picture} other {one of # known pictures}}', {
          n: hashes.length,
        }),
  language: ({ languages }) => t('rules.saysLanguage', 'is written in {languages}', { languages: either(languages) }),
  younger: ({ days: n }) =>
    t('rules.saysYounger', 'is by an account younger than {n, plural, one {# day} other {# days}}', { n }),
  fewer_posts: ({ posts: n }) =>
    t('rules.saysFewer', 'is by an account with fewer than {n, plural, one {# post} other {# posts}}', { n }),
  origin: ({ from, servers }) =>
    from === 'here'
      ? t('rules.saysHere', 'is written here')
      : from === 'elsewhere'
        ? t('rules.saysElsewhere', 'comes from another server')
        : t('rules.saysServers', 'comes from {servers}', { servers: either(servers) }),
  visibility: ({ visibilities }) =>
    t('rules.saysVisibility', 'is {kinds}', {
      kinds: either(visibilities.map((one) => visibilityWords()[one] ?? one)),
    }),
  followed: () => t('rules.saysFollowed', 'is by somebody whom people here follow'),
}

/** The same turned round. */
const saysNot: { [K in Kind]: (one: Of<K>) => string } = {
  text: ({ words }) => t('rules.notText', 'does not say {words}', { words: quoted(words) }),
  pattern: ({ pattern }) => t('rules.notPattern', 'does not fit the pattern {pattern}', { pattern }),
  links: ({ domains }) =>
    domains.length === 0
      ? t('rules.notAnyLink', 'has no link')
      : t('rules.notLinks', 'does not link to {domains}', { domains: either(domains) }),
  mentions: ({ at_least: n }) =>
    t('rules.notMentions', 'mentions {n, plural, one {nobody} other {fewer than # people}}', { n }),
  strangers: ({ at_least: n }) =>
    t(
      'rules.notStrangers',
      'mentions {n, plural, one {nobody} other {fewer than # people}} here who do not know its author',
      {
        n,
      },
    ),
  media: ({ hashes }) =>
    hashes.length === 0
      ? t('rules.notAnyMedia', 'has no picture')
      : t('rules.notMedia', 'has {n, plural, one {not a known picture} other {none of # known pictures}}', {
          n: hashes.length,
        }),
  language: ({ languages }) =>
    t('rules.notLanguage', 'is not written in {languages}', { languages: either(languages) }),
  younger: ({ days: n }) =>
    t('rules.notYounger', 'is by an account of {n, plural, one {# day} other {# days}} or older', { n }),
  fewer_posts: ({ posts: n }) =>
    t('rules.notFewer', 'is by an account with {n, plural, one {# post} other {# posts}} or more', { n }),
  origin: ({ from, servers }) =>
    from === 'here'
      ? t('rules.notHere', 'is not written here')
      : from === 'elsewhere'
        ? t('rules.notElsewhere', 'does not come from another server')
        : t('rules.notServers', 'does not come from {servers}', { servers: either(servers) }),
  visibility: ({ visibilities }) =>
    t('rules.notVisibility', 'is not {kinds}', {
      kinds: either(visibilities.map((one) => visibilityWords()[one] ?? one)),
    }),
  followed: () => t('rules.notFollowed', 'is by somebody whom nobody here follows'),
}

export function conditionInWords(one: RuleCondition): string {
  const words = one.not ? saysNot : says
  return (words[one.kind] as (one: RuleCondition) => string)(one)
}

/** What becomes of the post, after “it …”. */
export function effectInWords(effect: RuleEffect): string {
  switch (effect.kind) {
    case 'reject':
      return t('rules.doesReject', 'is not taken')
    case 'hold':
      return t('rules.doesHold', 'waits for a moderator')
    case 'warn':
      return t('rules.doesWarn', 'gets the warning “{text}”', { text: effect.text })
    case 'sensitive':
      return t('rules.doesSensitive', 'is marked as sensitive')
    case 'unlist':
      return t('rules.doesUnlist', 'is kept out of public timelines')
    case 'label':
      return t('rules.doesLabel', 'is labelled “{text}”', { text: effect.text })
  }
}

/** A rule in one sentence: the page, the API and the log all say it so. */
export function ruleSentence({
  match,
  conditions,
  effects,
  expires_at,
}: Pick<RuleWording, 'match' | 'conditions' | 'effects' | 'expires_at'>): string {
  const join = (type: 'conjunction' | 'disjunction', words: string[]) =>
    new Intl.ListFormat(language(), { type }).format(words)
  const values = {
    conditions: join(match === 'all' ? 'conjunction' : 'disjunction', conditions.map(conditionInWords)),
    effects: join('conjunction', effects.map(effectInWords)),
  }
  if (expires_at === null) return t('rules.sentence', 'If a post {conditions}, it {effects}.', values)
  const date = dateInWords(expires_at, { day: 'numeric', month: 'long', year: 'numeric' })
  return t('rules.sentenceUntil', 'If a post {conditions}, it {effects}, until {date}.', { ...values, date })
}
