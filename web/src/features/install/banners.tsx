import { isOffline, readFrom } from '../../api/network.ts'
import { useEffect, useState } from 'preact/hooks'
import { formats, language, t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { Elsewhere } from '../accounts/elsewhere.tsx'
import { elsewhere } from '../accounts/tabs.ts'
import { waitingActs } from '../outbox/acts-waiting.ts'
import { waitingPosts } from '../statuses/composer-state.ts'
import { letIn, waiting } from './worker.ts'

/**
 * What a reader must know about the page itself: that another tab acts as somebody else, that it is offline, or that there
 * is a newer one. It stands in the title row, where it covers no words and moves none.
 */
export function Banner() {
  const [switched, offline] = [elsewhere.value, isOffline.value]
  return (
    <output class={switched || offline ? 'page-banner page-banner-firm' : 'page-banner'} lang={language()}>
      {switched && <Elsewhere other={switched} />}
      {!switched && offline && <Offline />}
      {!switched && !offline && waiting.value && (
        <p class="banner">
          <Icon name="fresh" small />
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
  const words =
    at === undefined
      ? t('install.offline', 'You are offline')
      : t('install.offlineSince', 'You are offline · reading what was saved {when}', { when: sayAgo(at) })
  return (
    <p class="banner banner-warn" key={words} title={words}>
      <Icon name="offline" small />
      <span class="wide-only">{words}</span>
      <span class="phone-only">{t('install.offlineShort', 'Offline')}</span>
      {waits > 0 && (
        <a class="link-button" href="/outbox">
          {t('outbox.count', '{n} to send', { n: waits })}
        </a>
      )}
    </p>
  )
}
