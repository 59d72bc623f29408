import type { RuleLetters } from '@hamlet/contract/letters/rules'
import { t } from '../i18n/words.ts'
import type { Part, Writers } from './draft.ts'

export const ruleLetters: Writers<RuleLetters> = {
  postApproved: ({ link }, { title, domain }) => ({
    subject: t('letters.postApprovedSubject', 'Your post at {title} is published', { title }),
    parts: [
      t(
        'letters.postApprovedText',
        'A moderator of {domain} has let your post through. Everybody it is for can see it now.',
        {
          domain,
        },
      ),
      { button: t('letters.postApprovedLook', 'See your post'), href: link },
    ],
  }),
  postRejected: ({ text, link }, { title, domain }) => ({
    subject: t('letters.postRejectedSubject', 'Your post at {title} was not published', { title }),
    parts: [
      t('letters.postRejectedText', 'A moderator of {domain} has not let your post through. Nobody else has seen it.', {
        domain,
      }),
      ...(text === '' ? [] : quoted(text)),
      t(
        'letters.postRejectedAfter',
        'You can write it anew. If you think that this is wrong, write to the moderators.',
      ),
      { button: t('letters.postRejectedLook', 'See what became of your posts'), href: link },
    ],
  }),
}

const quoted = (text: string): Part[] => [t('letters.youWrote', 'You wrote:'), { quote: text }]
