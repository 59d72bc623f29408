import { isOffline, readFrom } from '../../api/network.ts'
import { language, rich, t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { Ago } from '../../ui/time.tsx'
import { letIn, waiting } from './worker.ts'

/** What a reader must know about the page itself: that it is offline, or that there is a newer one. */
export function Banners() {
  return (
    <div class="banners" role="status" lang={language()}>
      {isOffline.value && <Offline />}
      {waiting.value && !isOffline.value && (
        <p class="banner">
          <Icon name="fresh" />
          <span>{t('install.new', 'There is a new version.')}</span>
          <button class="link-button" type="button" onClick={letIn}>
            {t('install.reload', 'Reload')}
          </button>
        </p>
      )}
    </div>
  )
}

function Offline() {
  const at = readFrom.value
  return (
    <p class="banner banner-warn">
      <Icon name="offline" />
      <span>
        {at === undefined
          ? t('install.offline', 'You are offline')
          : rich('install.offlineSince', 'You are offline · reading what was saved {when}', {
              when: <Ago at={new Date(at).toISOString()} />,
            })}
      </span>
    </p>
  )
}
