import { t } from '../../i18n/words.ts'
import { AnnouncementCard } from './card.tsx'
import { unreadNews } from './told.ts'

/** The first that is unread, and how many more there are (pictures 01, 12b). */
export function SideCard() {
  const unread = unreadNews.value
  const [first] = unread
  if (!first) return null
  return (
    <section aria-label={t('announcements.aside', 'Unread announcement')}>
      <AnnouncementCard key={first.id} announcement={first} isNarrow />
      {unread.length > 1 && (
        <p class="news-more">
          <a href="/announcements">
            {t('announcements.more', '{n, plural, one {# more is unread} other {# more are unread}}', {
              n: unread.length - 1,
            })}
          </a>
        </p>
      )}
    </section>
  )
}
