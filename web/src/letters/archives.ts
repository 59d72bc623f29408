import type { ArchiveLetters } from '@hamlet/contract/letters/archives'
import { t } from '../i18n/words.ts'
import type { Writers } from './draft.ts'

export const archiveLetters: Writers<ArchiveLetters> = {
  archiveReady: ({ link }, { title, domain }) => ({
    subject: t('letters.archiveSubject', 'Your archive from {title} is ready', { title }),
    parts: [
      t(
        'letters.archiveText',
        'Everything of yours at {domain} is packed into one file. It can be downloaded for seven days.',
        {
          domain,
        },
      ),
      { button: t('letters.archiveButton', 'Go to the download'), href: link },
      t('letters.archiveAfter', 'Your private posts are in it. If you did not ask for it, choose a new password.'),
    ],
  }),
}
