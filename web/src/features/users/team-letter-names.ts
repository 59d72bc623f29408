import { t } from '../../i18n/words.ts'

/** What a kind of letter to the team is about. */
export const teamLetterName = (letter: string): string =>
  (
    {
      reportsWait: t('teamLetters.reports', 'New reports'),
      appealsWait: t('teamLetters.appeals', 'New appeals'),
      signUpsWait: t('teamLetters.signUps', 'People who want to join'),
      trendsWaiting: t('teamLetters.trends', 'What is talked about and waits for a look'),
    } as Record<string, string>
  )[letter] ?? letter
