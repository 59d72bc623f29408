import type { NotificationPolicy } from '@hamlet/contract/notification'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { request } from '../../api/request.ts'
import { hearStream } from '../../api/stream.ts'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Empty, Icon } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { loadRelationships } from '../profiles/acts.ts'
import { fetchParents } from '../timelines/parents.ts'
import { MentionsLink } from '../direct-threads/badge.tsx'
import { FilterBar } from './filter-bar.tsx'
import { listFilters, type FilterName } from './kinds.tsx'
import { RequestsLine } from './requests-line.tsx'
import { NoticeRow } from './row.tsx'
import { makeRows, type Row, type Rows } from './rows.ts'
import { loadUnread, markAllRead, startVisit, unread } from './unread.ts'

/** Much may come at once: it is read together. */
const GATHER_MS = 800

/** What one was told, alike things as one (picture 07). */
export function NotificationsPage() {
  const [name, setName] = useState<FilterName>('all')
  const filter = listFilters().find((one) => one.name === name)
  const rows = useMemo(() => makeRows(filter?.types ?? []), [name])
  const policy = usePolicy()
  useFreshRows(rows)
  const newest = rows.items.value[0]?.most_recent_notification_id
  return (
    <>
      <ColumnHead title={t('notify.title', 'Notifications')} tabs={<FilterBar current={name} choose={setName} />}>
        <span class="notice-tools">
          {unread.value > 0 && newest !== undefined && (
            <button class="button notice-tool" type="button" onClick={() => void markAllRead(newest)}>
              <Icon name="readAll" />
              {t('notify.markAll', 'Mark all read')}
            </button>
          )}
          <a
            class="icon-button"
            href="/settings/notifications"
            aria-label={t('notify.settings', 'Settings of notifications')}
            title={t('notify.settings', 'Settings of notifications')}
          >
            <Icon name="adjust" />
          </a>
        </span>
        <MentionsLink />
      </ColumnHead>
      <div class="sheet column-sheet">
        {name === 'all' && <RequestsLine policy={policy} />}
        <RowList rows={rows} fits={filter?.fits} />
      </div>
    </>
  )
}

function usePolicy(): NotificationPolicy | undefined {
  const [policy, setPolicy] = useState<NotificationPolicy>()
  useEffect(() => {
    request<NotificationPolicy>('GET', '/api/v2/notifications/policy').then(setPolicy, () => undefined)
  }, [])
  return policy
}

/** Reads what is new as it comes. */
function useFreshRows(rows: Rows): void {
  useEffect(() => {
    void startVisit()
    void navigator.clearAppBadge?.()
  }, [])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const unhear = hearStream({ stream: 'user' }, (event) => {
      if (event.event !== 'notification' && event.event !== 'notifications_merged') return
      clearTimeout(timer)
      timer = setTimeout(() => void Promise.all([rows.refresh(), loadUnread()]), GATHER_MS)
    })
    return () => {
      clearTimeout(timer)
      unhear()
    }
  }, [rows])
}

/** Whom one could follow back: asked for the rows that offer it. */
function useRelationships(rows: readonly Row[]): void {
  const ids = rows.filter((row) => row.type === 'follow').flatMap((row) => row.people.slice(0, 3).map(({ id }) => id))
  const key = [...new Set(ids)].join(',')
  useEffect(() => {
    if (key !== '') void loadRelationships(key.split(',')).catch(() => undefined)
  }, [key])
}

type ListProps = { rows: Rows; fits: ((row: Row) => boolean) | undefined }

/** A list that loads on as its end comes near; what does not fit a filter is left out, and more is read in its place. */
function RowList({ rows, fits }: ListProps) {
  const end = useRef<HTMLDivElement>(null)
  const items = rows.items.value
  const state = rows.state.value
  useRelationships(items)
  useEffect(() => fetchParents(items.flatMap((row) => row.status?.id ?? [])), [items])
  useEffect(() => {
    if (state === 'first' && items.length === 0) void rows.loadMore()
    if (state !== 'idle' || !end.current) return undefined
    const watcher = new IntersectionObserver(([near]) => near?.isIntersecting && void rows.loadMore(), {
      rootMargin: '1200px',
    })
    watcher.observe(end.current)
    return () => watcher.disconnect()
  }, [rows, state, items])
  const shown = fits ? items.filter(fits) : items
  return (
    <>
      {shown.map((row) => (
        <NoticeRow key={row.group_key} row={row} changed={() => void rows.refresh()} />
      ))}
      {state === 'end' && shown.length === 0 && (
        <Empty icon="notifications" title={t('notify.none', 'Nothing yet')}>
          {t('notify.noneText', 'When somebody answers, follows or likes what you wrote, you read it here.')}
        </Empty>
      )}
      {(state === 'first' || state === 'more') && <Skeleton rows={state === 'first' ? 5 : 2} />}
      {state === 'failed' && <Fault text={rows.fault.value} retry={() => void rows.loadMore()} />}
      <div ref={end} />
    </>
  )
}
