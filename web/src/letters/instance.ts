import type { InstanceLetters } from '@hamlet/contract/letters/instance'
import { formats, t } from '../i18n/words.ts'
import type { Writers } from './draft.ts'

export const instanceLetters: Writers<InstanceLetters> = {
  termsChanged: ({ date, changes, link }, { title, domain }) => ({
    subject: t('letters.termsSubject', 'New terms of service at {title}', { title }),
    parts: [
      t('letters.termsText', 'From {date} on, new terms of service count at {domain}.', { domain, date: dayOf(date) }),
      ...(changes === ''
        ? []
        : [t('letters.termsChanges', 'What is new, in the words of the team:'), { quote: changes }]),
      { button: t('letters.termsButton', 'Read them'), href: link },
      t(
        'letters.termsAfter',
        'If you stay after that day, they hold for you. If you do not agree, you can take everything along and delete your account.',
      ),
    ],
  }),
}

const dayOf = (date: string) =>
  Number.isNaN(Date.parse(date))
    ? date
    : new Intl.DateTimeFormat(formats(), { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date))
