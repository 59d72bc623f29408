import { t } from '../../i18n/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/parts.tsx'
import { closeAbove } from '../palette/palette-state.ts'
import { KeyList } from './key-list.tsx'

/** The list of keys over the page that one is on (`?`). */
export function KeysDialog() {
  return (
    <Dialog label={t('keyboard.title', 'Keyboard')} class="keys-dialog" onClose={closeAbove}>
      <div class="dialog-head">
        <h1>{t('keyboard.title', 'Keyboard')}</h1>
        <button
          class="icon-button"
          type="button"
          autofocus
          aria-label={t('keyboard.close', 'Close')}
          onClick={closeAbove}
        >
          <Icon name="close" />
        </button>
      </div>
      <KeyList />
      <p class="meta keys-note">
        <a href="/keyboard" onClick={closeAbove}>
          {t('keyboard.toPage', 'Change keys, or turn them off')}
        </a>
      </p>
    </Dialog>
  )
}
