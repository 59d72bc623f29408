import { useEffect, useRef, useState } from 'preact/hooks'
import { explain } from '../../api/request.ts'
import { ColumnHead } from '../../app/column.tsx'
import { may } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { Empty } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { AnnouncementCard } from './card.tsx'
import { loadNews, told, unreadNews } from './told.ts'

/** All that the team announces now: what is unread first, then the newest. */
export function AnnouncementsPage() {
  const [fault, setFault] = useState('')
  const load = () => {
    setFault('')
    loadNews().catch((error: unknown) => setFault(explain(error)))
  }
  useEffect(load, [])
  // What one puts away stays where it stands until one comes again.
  const unreadFirst = useRef<ReadonlySet<string>>(undefined)
  if (told.value) unreadFirst.current ??= new Set(unreadNews.peek().map((one) => one.id))
  const rank = (id: string) => (unreadFirst.current?.has(id) ? 0 : 1)
  const all = (told.value ?? []).toSorted(
    (a, b) => rank(a.id) - rank(b.id) || b.published_at.localeCompare(a.published_at),
  )
  return (
    <>
      <ColumnHead title={t('announcements.title', 'Announcements')} back>
        {may('manage_announcements') && (
          <a class="button button-outline button-small head-end" href="/moderation/announcements">
            {t('announcements.manage', 'Write and change')}
          </a>
        )}
      </ColumnHead>
      <div class="sheet column-sheet">
        {fault !== '' && <Fault text={fault} retry={load} />}
        {!told.value && fault === '' && <Skeleton rows={2} />}
        {told.value && all.length === 0 && (
          <Empty icon="announce" title={t('announcements.none', 'Nothing is announced')}>
            {t(
              'announcements.noneText',
              'When the team has something to tell everybody here, it stands in this place.',
            )}
          </Empty>
        )}
        {all.map((one) => (
          <AnnouncementCard key={one.id} announcement={one} />
        ))}
      </div>
    </>
  )
}
