import type { SetUpCheck, SetUpFinding } from '@hamlet/contract/pages'
import { t, type Values } from '../../i18n/words.ts'

const subjects: Record<SetUpCheck['about'], () => string> = {
  address: () => t('set-up.address', 'Address'),
  database: () => t('set-up.database', 'Database'),
  folder: () => t('set-up.folder', 'Data folder'),
  mail: () => t('set-up.mail', 'Mail'),
}

const findings: Record<SetUpFinding, (values: Values) => string> = {
  addressLoopback: (values) =>
    t(
      'set-up.addressLoopback',
      '{url} can be opened on this machine only. That is fine for a first look; the name can still change.',
      values,
    ),
  addressInsecure: () => t('set-up.addressInsecure', 'Other servers and most apps speak https only.'),
  addressFine: (values) => t('set-up.addressFine', 'Handles end in @{domain}, pages are at {url}.', values),
  clocksDiffer: (values) =>
    t(
      'set-up.clocksDiffer',
      'Its clock and ours differ by {seconds, plural, one {# second} other {# seconds}}. Other servers refuse what is late.',
      values,
    ),
  databaseInFolder: (values) =>
    t('set-up.databaseInFolder', 'PostgreSQL {version}, in the data folder. The clocks agree.', values),
  databaseElsewhere: (values) =>
    t('set-up.databaseElsewhere', 'PostgreSQL {version}, at DATABASE_URL. The clocks agree.', values),
  folderFine: (values) => t('set-up.folderFine', '{folder} holds everything. Back it up.', values),
  folderClosed: (values) => t('set-up.folderClosed', '{folder} cannot be written to.', values),
  mailFine: (values) => t('set-up.mailFine', 'Sent as {from}.', values),
  mailMissing: () =>
    t('set-up.mailMissing', 'No mail server is set. Mails are written to the data folder and their links to the log.'),
}

/** What of the machine a check looked at. */
export function aboutOf(check: SetUpCheck): string {
  return subjects[check.about]()
}

/** What it found. */
export function findingOf(check: SetUpCheck): string {
  return findings[check.finding](check.values)
}
