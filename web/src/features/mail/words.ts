import { t } from '../../i18n/words.ts'

export const API = '/api/web/admin/letters'

/** What a letter is about; what has no words yet says its own name. */
export const letterName = (kind: string): string =>
  (
    {
      confirm: t('mail.confirm', 'Confirm the address'),
      password: t('mail.password', 'A new password'),
      passwordChanged: t('mail.passwordChanged', 'The password was changed'),
      newEmail: t('mail.newEmail', 'Confirm a new address'),
      emailAsked: t('mail.emailAsked', 'Another address was asked for'),
      emailChanged: t('mail.emailChanged', 'The address was changed (to the old one)'),
      approved: t('mail.approved', 'Let in'),
      rejected: t('mail.rejected', 'Turned away'),
      reportsWait: t('mail.reportsWait', 'New reports (to the team)'),
      appealsWait: t('mail.appealsWait', 'New appeals (to the team)'),
      signUpsWait: t('mail.signUpsWait', 'Sign-ups wait (to the team)'),
      deletionAsked: t('mail.deletionAsked', 'The account will be deleted'),
      alreadyHere: t('mail.alreadyHere', 'Signed up with a known address'),
      factorChanged: t('mail.factorChanged', 'A way to sign in changed'),
      factorFailed: t('mail.factorFailed', 'A wrong code after the right password'),
      newPlace: t('mail.newPlace', 'Signed in at a new place'),
      strike: t('mail.strike', 'A decision of the team, with its reasons'),
      strikeEnded: t('mail.strikeEnded', 'A decision is over'),
      strikeUndone: t('mail.strikeUndone', 'A decision was taken back'),
      appealApproved: t('mail.appealApproved', 'An appeal was granted'),
      appealRejected: t('mail.appealRejected', 'An appeal was turned down'),
      reportOutcome: t('mail.reportOutcome', 'What came of a report'),
      postApproved: t('mail.postApproved', 'A waiting post was published'),
      postRejected: t('mail.postRejected', 'A waiting post was turned down'),
      trendsWaiting: t('mail.trendsWaiting', 'Something waits to be talked about'),
      termsChanged: t('mail.termsChanged', 'New terms of service'),
      archiveReady: t('mail.archiveReady', 'The archive is ready'),
    } as Record<string, string>
  )[kind] ?? kind

/** Each in its own words. */
export const letterLanguages: [string, string][] = [
  ['en', 'English'],
  ['de', 'Deutsch'],
  ['fr', 'Français'],
  ['es', 'Español'],
  ['ja', '日本語'],
  ['ar', 'العربية'],
]
