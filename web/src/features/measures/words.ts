import type { MeasureEffect } from '@hamlet/contract/measure'
import { listed, t } from '../../i18n/words.ts'
import { moment } from '../../ui/time.tsx'

const effects: Record<string, (name: string) => string> = {
  warn: () => t('measures.warnEffect', 'Nothing is removed.'),
  sensitive: (name) =>
    t('measures.sensitiveEffect', 'All media of {name} are covered, those from before too.', { name }),
  limit: (name) => t('measures.limitEffect', 'Posts of {name} leave public timelines and search.', { name }),
  freeze: (name) =>
    t('measures.freezeEffect', '{name} can no longer use the account. What was posted stays.', { name }),
  suspend: (name) => t('measures.suspendEffect', '{name} can no longer be seen or used.', { name }),
}

/** What a decision will do, in a sentence for each thing, with the numbers that the server counted. */
export function effectText(effect: MeasureEffect, name: string): string {
  const said = [effects[effect.decision]?.(name) ?? '']
  if (effect.in_force) said.push(t('measures.inForce', 'It is so already: only the end and the words change.'))
  const counts = countsOf(effect)
  if (counts.length > 0) said.push(t('measures.counts', 'This touches {things}.', { things: listed(counts) }))
  said.push(
    effect.mailed
      ? t('measures.mailed', '{name} gets a letter with your words and can appeal.', { name })
      : t('measures.notMailed', 'Nobody is mailed.'),
  )
  return said.filter((one) => one !== '').join(' ')
}

function countsOf({ posts, followers, following, servers }: MeasureEffect): string[] {
  const counts: string[] = []
  if (posts > 0) counts.push(t('measures.posts', '{n, plural, one {# post} other {# posts}}', { n: posts }))
  if (followers + following > 0)
    counts.push(
      t('measures.follows', '{n, plural, one {# follow of people here} other {# follows of people here}}', {
        n: followers + following,
      }),
    )
  if (servers > 0)
    counts.push(t('measures.servers', '{n, plural, one {# other server} other {# other servers}}', { n: servers }))
  return counts
}

const deeds: Record<string, () => string> = {
  warn: () => t('measures.warn', 'Warn'),
  sensitive: () => t('measures.sensitive', 'Cover media'),
  limit: () => t('measures.limit', 'Limit'),
  freeze: () => t('measures.freeze', 'Freeze'),
  suspend: () => t('measures.suspend', 'Suspend'),
}
/** What can be done about somebody, on its button. */
export const deedName = (decision: string): string => deeds[decision]?.() ?? decision

/** Mastodon's names of the same. */
export const deedTypes: Record<string, string> = {
  warn: 'none',
  sensitive: 'sensitive',
  limit: 'silence',
  freeze: 'disable',
  suspend: 'suspend',
}

const DAY = 86_400
export const ends = (): [string, string][] => [
  ['0', t('measures.forGood', 'Until it is taken back')],
  [String(DAY), t('measures.days', '{n, plural, one {# day} other {# days}}', { n: 1 })],
  [String(7 * DAY), t('measures.days', '{n, plural, one {# day} other {# days}}', { n: 7 })],
  [String(30 * DAY), t('measures.days', '{n, plural, one {# day} other {# days}}', { n: 30 })],
  [String(90 * DAY), t('measures.days', '{n, plural, one {# day} other {# days}}', { n: 90 })],
]

const states: Record<string, () => string> = {
  in_force: () => t('measures.stateInForce', 'In force'),
  over: () => t('measures.stateOver', 'Over'),
  undone: () => t('measures.stateUndone', 'Taken back'),
}
/** How a decision stands; of what does not last there is nothing to say. */
export const stateName = (state: string): string => states[state]?.() ?? ''

export const untilText = (endsAt: string): string => t('measures.until', 'until {time}', { time: moment(endsAt) })
