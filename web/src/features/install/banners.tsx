import { isOffline, readFrom } from '../../api/network.ts'
import { useEffect, useState } from 'preact/hooks'
import { formats, language, t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { Elsewhere } from '../accounts/elsewhere.tsx'
import { waitingActs } from '../outbox/acts-waiting.ts'
import { waitingPosts } from '../statuses/composer-state.ts'
import { letIn, waiting } from './worker.ts'

/** What a reader must know about the page itself: that it is offline, or that there is a newer one. */
export function Banners() {
  return (
    <output class="banners" lang={language()}>
      {isOffline.value && <Offline />}
      <Elsewhere />
      {waiting.value && !isOffline.value && (
        <p class="banner">
          <Icon name="fresh" />
          <span>{t('install.new', 'There is a new version.')}</span>
          <button class="link-button" type="button" onClick={letIn}>
            {t('install.reload', 'Reload')}
          </button>
        </p>
      )}
    </output>
  )
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** `this minute`, `12 minutes ago`, `3 hours ago`. */
function sayAgo(at: number): string {
  const agoMs = Date.now() - at
  const format = new Intl.RelativeTimeFormat(formats(), { numeric: 'auto' })
  return agoMs < HOUR_MS
    ? format.format(-Math.floor(agoMs / MINUTE_MS), 'minute')
    : format.format(-Math.floor(agoMs / HOUR_MS), 'hour')
}

function Offline() {
  const at = readFrom.value
  const waits = waitingActs.value.length + waitingPosts.value
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), MINUTE_MS)
    return () => clearInterval(timer)
  }, [])
  return (
    <p class="banner banner-warn" key={at === undefined ? 'now' : 'since'}>
      <Icon name="offline" />
      <span>
        {at === undefined
          ? t('install.offline', 'You are offline')
          : t('install.offlineSince', 'You are offline · reading what was saved {when}', { when: sayAgo(at) })}
      </span>
      {waits > 0 && (
        <a class="link-button" href="/outbox">
          {t('outbox.count', '{n, plural, one {# thing waits} other {# things wait}} to be sent', { n: waits })}
        </a>
      )}
    </p>
  )
}
