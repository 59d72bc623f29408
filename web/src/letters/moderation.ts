import type { ModerationLetters } from '@hamlet/contract/letters/moderation'
import { t } from '../i18n/words.ts'
import { momentOf, type Part, type Writers } from './draft.ts'

export const moderationLetters: Writers<ModerationLetters> = {
  strike: ({ decision, text, rules, posts, until, cause, automated, link, days }, { title, domain }) => ({
    subject: t('letters.strikeSubject', 'A decision about your account at {title}', { title }),
    parts: [
      t('letters.strikeText', 'The moderators of {domain} have decided something about your account.', { domain }),
      ...did(decision),
      ...(until === '' ? [] : [t('letters.until', 'It ends by itself on {day}.', { day: momentOf(until) })]),
      ...quoted(t('letters.theyWrite', 'They write:'), text),
      ...quoted(t('letters.strikeRules', 'The rule that it rests on:'), rules),
      ...quoted(t('letters.strikePosts', 'The posts that it is about:'), posts),
      causeOf(cause, automated),
      t(
        'letters.strikeAfter',
        'If you think that this is wrong, tell them why: within {days, plural, one {# day} other {# days}}, in your own words. A person reads it and answers.',
        { days },
      ),
      { button: t('letters.appeal', 'Appeal'), href: link },
    ],
  }),
  strikeEnded: ({ decision }, { title, domain }) => ({
    subject: t('letters.endedSubject', 'A decision about your account at {title} is over', { title }),
    parts: [
      t('letters.endedText', 'What the moderators of {domain} had decided for a time is over by itself:', { domain }),
      ...did(decision, 'past'),
    ],
  }),
  strikeUndone: ({ decision }, { title, domain }) => ({
    subject: t('letters.undoneSubject', 'A decision about your account at {title} was taken back', { title }),
    parts: [
      t('letters.undoneText', 'The moderators of {domain} have taken a decision back, with what it changed:', {
        domain,
      }),
      ...did(decision, 'past'),
    ],
  }),
  appealApproved: ({ decision, text }, { title, domain }) => ({
    subject: t('letters.approvedAppealSubject', 'Your appeal at {title} was right', { title }),
    parts: [
      t(
        'letters.approvedAppealText',
        'The moderators of {domain} have read your appeal. The decision is taken back, with what it changed:',
        { domain },
      ),
      ...did(decision, 'past'),
      ...quoted(t('letters.youWrote', 'You wrote:'), text),
    ],
  }),
  appealRejected: ({ decision, text }, { title, domain }) => ({
    subject: t('letters.rejectedAppealSubject', 'Your appeal at {title}', { title }),
    parts: [
      t('letters.rejectedAppealText', 'The moderators of {domain} have read your appeal. The decision stays:', {
        domain,
      }),
      ...did(decision, 'past'),
      ...quoted(t('letters.youWrote', 'You wrote:'), text),
    ],
  }),
  reportsWait: ({ fresh, count, link }, { title, domain }) => ({
    subject: t('letters.reportsWaitSubject', '{n, plural, one {# new report} other {# new reports}} at {title}', {
      n: fresh,
      title,
    }),
    parts: [
      t(
        'letters.reportsWaitText',
        'This came at {domain} in the last hour. {n, plural, one {# report waits} other {# reports wait}} for a decision in all.',
        { domain, n: count },
      ),
      { button: t('letters.lookAtQueue', 'Look at the queue'), href: link },
    ],
  }),
  appealsWait: ({ fresh, count, link }, { title, domain }) => ({
    subject: t('letters.appealsWaitSubject', '{n, plural, one {# new appeal} other {# new appeals}} at {title}', {
      n: fresh,
      title,
    }),
    parts: [
      t(
        'letters.appealsWaitText',
        'Somebody at {domain} says that a decision was wrong. {n, plural, one {# appeal waits} other {# appeals wait}} in all.',
        { domain, n: count },
      ),
      { button: t('letters.lookAtQueue', 'Look at the queue'), href: link },
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

const didAct = () => t('letters.outcomeActed', 'They found that you were right, and acted.')
const didNothing = () =>
  t('letters.outcomeNone', 'They found nothing that goes against the rules here, and left things as they are.')

/** What people wrote, where they wrote something, under words that say whose it is. */
function quoted(head: string, text: string): Part[] {
  return text === '' ? [] : [head, { quote: text }]
}

/** What led to it, and whether a person decided: a statement of reasons says both. */
function causeOf(cause: string, automated: string): string {
  const source =
    cause === 'report'
      ? t('letters.byReport', 'Somebody had reported it.')
      : t('letters.byThemselves', 'The moderators came upon it themselves.')
  const judge =
    automated === ''
      ? t('letters.byPerson', 'A person decided it; no automatic means were used.')
      : t('letters.byRule', 'It was decided automatically, by a rule that the moderators had set.')
  return `${source} ${judge}`
}

const decisions: Record<string, () => string> = {
  warn: () => t('letters.didWarn', 'This is a warning. Nothing else was done.'),
  mark: () => t('letters.didMark', 'The pictures, films and sounds of the posts it is about are covered.'),
  delete: () => t('letters.didDelete', 'The posts it is about were removed.'),
  sensitive: () =>
    t('letters.didSensitive', 'All pictures, films and sounds of your account are shown as sensitive from now on.'),
  freeze: () => t('letters.didFreeze', 'Your account is frozen: you can no longer use it. What you posted stays.'),
  limit: () =>
    t(
      'letters.didLimit',
      'Your account is limited: only people who follow you see your posts without looking for them.',
    ),
  suspend: () => t('letters.didSuspend', 'Your account is suspended: it can no longer be seen or used.'),
}

const names: Record<string, () => string> = {
  warn: () => t('letters.nameWarn', 'A warning.'),
  mark: () => t('letters.nameMark', 'Media of some posts were covered.'),
  delete: () => t('letters.nameDelete', 'Some posts were removed.'),
  sensitive: () => t('letters.nameSensitive', 'All your media were covered.'),
  freeze: () => t('letters.nameFreeze', 'Your account was frozen.'),
  limit: () => t('letters.nameLimit', 'Your account was limited.'),
  suspend: () => t('letters.nameSuspend', 'Your account was suspended.'),
}

/** What was done, as it is now or as it was. */
function did(decision: string, tense: 'now' | 'past' = 'now'): Part[] {
  const words = (tense === 'now' ? decisions : names)[decision]?.()
  return words === undefined ? [] : [words]
}
