import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { KeyList } from './key-list.tsx'

/** The list of keys as a page of its own, with an address. */
export function KeyboardPage() {
  return (
    <>
      <ColumnHead title={t('keyboard.title', 'Keyboard')} back />
      <div class="keys-page">
        <KeyList />
      </div>
    </>
  )
}
