import type { Status } from '@hamlet/contract/status'
import { t } from '../../../i18n/words.ts'
import { diffWords } from './diff.ts'

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
            {diffWords(before, after).map((stretch, index) =>
              stretch.kind === 'gone' ? (
                <del key={index}>{stretch.text}</del>
              ) : stretch.kind === 'new' ? (
                <ins key={index}>{stretch.text}</ins>
              ) : (
                stretch.text
              ),
            )}
          </p>
        </details>
      )}
    </div>
  )
}
