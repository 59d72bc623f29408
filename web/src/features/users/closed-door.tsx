import { CLOSED_DOOR } from '@hamlet/contract/pages'
import { t } from '../../i18n/words.ts'
import { Empty } from '../../ui/parts.tsx'

/** In place of every screen that is not for whoever's account does not work now. */
export function ClosedDoor() {
  return (
    <div class="sheet column-sheet">
      <Empty icon="lock" title={t('closed.door', 'Your account does not work now')}>
        {t('closed.doorText', 'You can read why, and keep what is yours in order.')}
      </Empty>
      <p class="person-closed">
        <a class="button button-primary" href={CLOSED_DOOR}>
          {t('closed.why', 'Read why')}
        </a>
        <a class="button button-outline" href="/settings">
          {t('settings.title', 'Settings')}
        </a>
      </p>
    </div>
  )
}
