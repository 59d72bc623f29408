import { lazy, Suspense } from 'preact/compat'
import { useEffect, useState } from 'preact/hooks'
import { hearStream } from '../../api/stream.ts'
import { place } from '../../app/router.ts'
import { roomsStyle } from '../../app/rooms-style.ts'
import { t } from '../../i18n/words.ts'
import { textOf, readHtml } from '../../lib/html-tree.ts'
import { Icon } from '../../ui/parts.tsx'
import { awaitNews, hearNews, unreadNews } from './told.ts'

const Card = lazy(async () => (await Promise.all([import('./side-card.tsx'), roomsStyle()]))[0].SideCard)

/** At the side: what the team says and this person has not put away. Nothing stands there when that is nothing. */
export function NewsAside() {
  useEffect(() => {
    void awaitNews().catch(() => undefined)
    return hearStream({ stream: 'user' }, hearNews)
  }, [])
  if (unreadNews.value.length === 0 || place.value.path === '/announcements') return null
  return (
    <Suspense fallback={null}>
      <Card />
    </Suspense>
  )
}

/**
 * Above home where there is no side. What is known when home is drawn stands there; what comes later waits for the next
 * time, so that no post is moved under somebody who reads.
 */
export function NewsRow() {
  const [atFirst] = useState(() => new Set(unreadNews.peek().map((one) => one.id)))
  const shown = unreadNews.value.filter((one) => atFirst.has(one.id))
  const [first] = shown
  if (!first) return null
  return (
    <a class="news-row" href="/announcements">
      <Icon name="announce" />
      <span class="news-words">
        <strong>
          {t('announcements.unread', '{n, plural, one {# unread announcement} other {# unread announcements}}', {
            n: shown.length,
          })}
        </strong>
        <span dir="auto">{textOf(readHtml(first.content))}</span>
      </span>
      <Icon name="chevron" small />
    </a>
  )
}
