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
  reportOutcome: ({ outcomes, more, link }, { title, domain }) => ({
    subject: t('letters.outcomeSubject', 'What came of your report at {title}', { title }),
    parts: [
      t(
        'letters.outcomeText',
        'The moderators of {domain} have looked at what you reported. Thank you for telling them.',
        {
          domain,
        },
      ),
      { facts: outcomes.map(({ who, isActed }) => [who, isActed ? didAct() : didNothing()] as const) },
      ...(more > 0 ? [t('letters.outcomeMore', '{n, plural, one {And # more} other {And # more}}', { n: more })] : []),
      t('letters.outcomeAfter', 'What exactly was done is between them and the person, so it does not stand here.'),
      { button: t('letters.ownReports', 'Your reports'), href: link },
    ],
    foot: t('letters.outcomeFoot', 'You get this letter because you reported somebody.'),
  }),
}

const didAct = () => t('letters.outcomeActed', 'They did something about it.')
const didNothing = () => t('letters.outcomeNone', 'They saw no violation of the rules.')

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
