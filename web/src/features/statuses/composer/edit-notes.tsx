import type { Status } from '@hamlet/contract/status'
import { t } from '../../../i18n/words.ts'
import { Diff } from './diff-text.tsx'

/** Before an edit is saved: what it changes, and who is told. */
export function EditNotes({ edit, before, after }: { edit: Status; before: string; after: string }) {
  const boosters = edit.reblogs_count
  return (
    <div class="edit-notes">
      <p class="meta">
        {boosters > 0 &&
          `${t('composer.boostersTold', '{n, plural, one {# person who boosted it is told.} other {# people who boosted it are told.}}', { n: boosters })} `}
        {t(
          'composer.copiesElsewhere',
          'Whoever can read it can read the earlier version too. Copies on other servers change when those servers take it in.',
        )}
      </p>
      {before !== after && (
        <details>
          <summary>{t('composer.whatChanges', 'What changes')}</summary>
          <p class="diff" dir="auto">
            <Diff before={before} after={after} />
          </p>
        </details>
      )}
    </div>
  )
}
