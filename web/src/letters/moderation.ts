import type { ModerationLetters } from '@hamlet/contract/letters/moderation'
import { t } from '../i18n/words.ts'
import type { Part, Writers } from './draft.ts'

export const moderationLetters: Writers<ModerationLetters> = {
  strike: ({ decision, text, link }, { title, domain }) => ({
    subject: t('letters.strikeSubject', 'A decision about your account at {title}', { title }),
    parts: [
      t('letters.strikeText', 'The moderators of {domain} have decided something about your account.', { domain }),
      ...(decisions[decision]?.() ?? []),
      ...written(text),
      t('letters.strikeAfter', 'If you think that this is wrong, tell them why.'),
      { button: t('letters.appeal', 'Appeal'), href: link },
    ],
  }),
}

/** What the moderators wrote, where they wrote something. */
function written(text: string): Part[] {
  return text === '' ? [] : [t('letters.theyWrite', 'They write:'), { quote: text }]
}

const decisions: Record<string, () => Part[]> = {
  warn: () => [t('letters.didWarn', 'This is a warning. Nothing else was done.')],
  delete: () => [t('letters.didDelete', 'The posts it is about were removed.')],
  sensitive: () => [
    t('letters.didSensitive', 'All pictures, films and sounds of your account are shown as sensitive from now on.'),
  ],
  freeze: () => [t('letters.didFreeze', 'Your account is frozen: you can no longer use it. What you posted stays.')],
  limit: () => [
    t(
      'letters.didLimit',
      'Your account is limited: only people who follow you see your posts without looking for them.',
    ),
  ],
  suspend: () => [t('letters.didSuspend', 'Your account is suspended: it can no longer be seen or used.')],
}
