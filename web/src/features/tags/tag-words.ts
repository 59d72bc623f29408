import type { Tag } from '@hamlet/contract/search'
import { t } from '../../i18n/words.ts'

/** Uses of a hashtag by day, the oldest first. */
export function usesOf(tag: Tag): number[] {
  return tag.history.map((day) => Number(day.uses)).toReversed()
}

export type Trend = 'rising' | 'steady' | 'falling'
const RECENT_DAYS = 3
const NOTABLE = 1.25

/** How the last three days stand to those before, by uses a day. */
export function trendOf(uses: readonly number[]): Trend {
  const perDay = (days: readonly number[]) => days.reduce((sum, one) => sum + one, 0) / Math.max(1, days.length)
  const recent = perDay(uses.slice(-RECENT_DAYS))
  const before = perDay(uses.slice(0, -RECENT_DAYS))
  if (recent > before * NOTABLE) return 'rising'
  return recent * NOTABLE < before ? 'falling' : 'steady'
}

/** `38 posts in seven days, rising`: what the line beside it shows, in words. */
export function weekWords(tag: Tag): string {
  const uses = usesOf(tag)
  const posts = uses.reduce((sum, one) => sum + one, 0)
  if (posts === 0) return t('tags.unused', 'No posts in the last seven days')
  const trend = trendOf(uses)
  const values = { posts }
  if (trend === 'rising')
    return t('tags.rising', '{posts, plural, one {# post} other {# posts}} in seven days, rising', values)
  if (trend === 'falling')
    return t('tags.falling', '{posts, plural, one {# post} other {# posts}} in seven days, falling', values)
  return t('tags.steady', '{posts, plural, one {# post} other {# posts}} in seven days, steady', values)
}

/** Who used it today; nothing when nobody did. */
export function todayWords(tag: Tag): string | undefined {
  const people = Number(tag.history[0]?.accounts ?? 0)
  return people === 0
    ? undefined
    : t('tags.today', '{people, plural, one {# person} other {# people}} today', { people })
}

/** The name a hashtag is found by, which stands at the end of its address. */
export function tagPath(tag: Pick<Tag, 'name'>): string {
  return `/tags/${encodeURIComponent(tag.name)}`
}
