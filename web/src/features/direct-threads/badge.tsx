import type { UnreadConversations } from '@hamlet/contract/conversation'
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { request } from '../../api/request.ts'
import { hearStream } from '../../api/stream.ts'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'

/** How many private threads hold something unread. */
export const unreadThreads = signal(0)

export async function loadUnreadThreads(): Promise<void> {
  const path = '/api/hamlet/v1/conversations/unread_count'
  const { count } = await request<UnreadConversations>('GET', path).catch(() => ({ count: unreadThreads.value }))
  unreadThreads.value = count
}

/** A mark beside the way to the private mentions; it counts anew with everything that happens in one of them. */
export function MentionsDot() {
  useEffect(() => {
    void loadUnreadThreads()
    return hearStream({ stream: 'direct' }, (event) => {
      if (event.event === 'conversation' || event.event === 'reopened') void loadUnreadThreads()
    })
  }, [])
  const count = unreadThreads.value
  return count === 0 ? null : (
    <span class="dot">
      <span class="visually-hidden">
        {t('direct-threads.unread', '{count, plural, one {# unread conversation} other {# unread conversations}}', {
          count,
        })}
      </span>
    </span>
  )
}

/** The way there on a phone, whose bar has no room for it. */
export function MentionsLink() {
  const label = t('direct-threads.title', 'Private mentions')
  return (
    <a class="icon-button mentions-link" href="/mentions" aria-label={label} title={label}>
      <Icon name="direct" />
      {unreadThreads.value > 0 && <span class="dot" />}
    </a>
  )
}
