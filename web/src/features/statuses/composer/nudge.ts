import { findEntities } from '@hamlet/contract/text'
import { t } from '../../../i18n/words.ts'
import type { Upload, Writing } from './model.ts'

/** One thing to think of before posting; `stops` is asked once, the others are only said. */
export type Nudge = { text: string; stops: boolean }

const OLD_MS = 2 * 365 * 24 * 3_600_000

export function undescribed(now: Writing): Upload[] {
  return now.parts.flatMap((part) => part.uploads).filter((one) => one.description.trim() === '')
}

/** At most one, the most important first. */
export function nudgeOf(now: Writing, at = Date.now()): Nudge | undefined {
  const n = undescribed(now).length
  if (n > 0)
    return {
      text: t(
        'composer.undescribed',
        '{n, plural, one {# picture has no description} other {# pictures have no description}}',
        { n },
      ),
      stops: true,
    }
  const [first, ...rest] = now.parts
  if (first?.warning && rest.some((part) => !part.warning))
    return { text: t('composer.warningDropped', 'The first post has a warning, a later one has none'), stops: false }
  if (!now.quote && now.parts.some((part) => part.uploads.length === 0 && isBareLink(part.text)))
    return { text: t('composer.bareLink', 'A link alone: a few words would say why'), stops: false }
  if (now.replyTo && at - Date.parse(now.replyTo.created_at) > OLD_MS)
    return { text: t('composer.oldPost', 'You answer a post that is more than two years old'), stops: false }
  return undefined
}

function isBareLink(text: string): boolean {
  const [entity, ...more] = findEntities(text.trim())
  return more.length === 0 && entity?.kind === 'url' && entity.end - entity.start === text.trim().length
}
