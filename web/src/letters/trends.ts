import type { TrendLetters } from '@hamlet/contract/letters/trends'
import { t } from '../i18n/words.ts'
import type { Part, Writers } from './draft.ts'

export const trendLetters: Writers<TrendLetters> = {
  trendsWaiting: ({ tags, links, posts, link }, { title, domain }) => ({
    subject: t('letters.trendsSubject', 'What is talked about at {title} waits for a look', { title }),
    parts: [
      t(
        'letters.trendsText',
        'Many people at {domain} use or share this now. Somebody of the team has to look at it.',
        {
          domain,
        },
      ),
      ...listed(t('letters.trendTags', 'Hashtags:'), tags),
      ...listed(t('letters.trendLinks', 'Links:'), links),
      ...listed(t('letters.trendPosts', 'Posts:'), posts),
      { button: t('letters.trendsLook', 'Look at it'), href: link },
    ],
  }),
}

const listed = (head: string, lines: string): Part[] => (lines === '' ? [] : [head, { quote: lines }])
