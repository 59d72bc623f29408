import { signal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { ColumnHead } from '../../app/column.tsx'
import { isReloaded } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { NewsRow } from '../announcements/door.tsx'
import { awaitNews } from '../announcements/told.ts'
import { HomeTabs } from '../lists/home-tabs.tsx'
import { usualView, type Arrangement } from './arrange.ts'
import { HOME, keepPlace, keptPlace, markHome, readHomeMarker, type HomeMarker } from './places.ts'
import { TimelinePage } from './timeline-page.tsx'
import { ViewMenu, viewOptions } from './view-options.tsx'

const AWAY_MS = 3_600_000
const NEWS_PATIENCE_MS = 300

/** How far home was read before this visit: read once, so that the line stays where it is while one reads. */
const markerBefore = signal<HomeMarker | undefined | 'unread'>('unread')

/** What stands above the posts comes with them, or not this time: nothing moves later. */
async function beginHome(): Promise<void> {
  const news = awaitNews().catch(() => undefined)
  const marker = await readHomeMarker()
  await Promise.race([news, new Promise((done) => setTimeout(done, NEWS_PATIENCE_MS))])
  markerBefore.value = marker
}

/** Chronological; begins where the reader was when they were away for an hour, and at the newest otherwise. */
export function HomePage() {
  useEffect(() => {
    if (markerBefore.peek() === 'unread') void beginHome()
  }, [])
  const marker = markerBefore.value
  const view = viewOptions()
  const how = useMemo<Arrangement>(
    () => ({
      view,
      hidesDirect: true,
      ...(typeof marker === 'object' ? { readUpTo: marker.last_read_id, readSince: marker.updated_at } : {}),
    }),
    [marker, JSON.stringify(view)],
  )
  const startAt = useMemo(() => (marker === 'unread' ? undefined : startOf(marker)), [marker])
  if (marker === 'unread') return <Waiting />
  return (
    <TimelinePage
      title={t('timelines.home', 'Home')}
      path={HOME}
      stream={{ stream: 'user' }}
      takesOwn
      how={how}
      startAt={startAt}
      tools={
        <>
          <a class="icon-button phone-only" href="/search" aria-label={t('app.search', 'Search')}>
            <Icon name="search" />
          </a>
          <ViewMenu />
        </>
      }
      above={<NewsRow />}
      tabs={<HomeTabs current="home" />}
      onPlace={(place) => {
        keepPlace(HOME, place)
        markHome(place.key, typeof marker === 'object' ? marker : undefined)
      }}
      empty={{
        title: t('timelines.homeEmpty', 'Your home is quiet'),
        text: (
          <>
            {t(
              'timelines.homeEmptyText',
              'Follow people, and what they write appears here. Search for a name, or look who writes locally.',
            )}{' '}
            <a href="/welcome">{t('timelines.homeBegin', 'Begin in three steps')}</a>
          </>
        ),
      }}
    />
  )
}

/** Where to begin is not known yet. */
function Waiting() {
  return (
    <>
      <ColumnHead title={t('timelines.home', 'Home')} tabs={<HomeTabs current="home" />} />
      <div class="sheet column-sheet">
        <Skeleton rows={5} />
      </div>
    </>
  )
}

/** After a reload exactly where one was; after an hour the place on this device, or the marker when that is further. */
function startOf(marker: HomeMarker | undefined) {
  const kept = keptPlace(HOME)
  if (kept && isReloaded()) return kept
  const id = marker?.last_read_id
  if (kept && (id === undefined || BigInt(kept.key) >= BigInt(id)))
    return Date.now() - kept.at < AWAY_MS ? undefined : kept
  const wasAway = marker !== undefined && Date.now() - Date.parse(marker.updated_at) > AWAY_MS
  return wasAway && id ? { key: id, offset: 0 } : undefined
}

const open: Arrangement = { view: { ...usualView, grouped: false }, hidesDirect: false }

export function LocalPage() {
  return (
    <TimelinePage
      title={t('timelines.local', 'Local')}
      path="/api/v1/timelines/public?local=true"
      stream={{ stream: 'public:local' }}
      how={open}
      empty={{
        title: t('timelines.localEmpty', 'Nobody has written yet'),
        text: t('timelines.localEmptyText', 'The first public post of this server will appear here.'),
      }}
    />
  )
}
