import { signal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { ColumnHead } from '../../app/column.tsx'
import { isReloaded } from '../../app/router.ts'
import type { StartPlace } from '../../app/virtual-feed.tsx'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { NewsRow } from '../announcements/door.tsx'
import { awaitNews } from '../announcements/told.ts'
import { HomeTabs } from '../lists/home-tabs.tsx'
import { usualView, type Arrangement } from './arrange.ts'
import {
  HOME,
  isLeftElsewhere,
  keepPlace,
  keptPlace,
  markHome,
  readHomeMarkers,
  sayMarks,
  type HomeMarker,
  type HomeMarkers,
} from './places.ts'
import { TimelinePage } from './timeline-page.tsx'
import { ViewMenu, viewOptions } from './view-options.tsx'

const AWAY_MS = 3_600_000
const NEWS_PATIENCE_MS = 300

/** How far home was read before this visit: read once, so that the line stays where it is while one reads. */
const markersBefore = signal<HomeMarkers | undefined>(undefined)

/** What stands above the posts comes with them, or not this time: nothing moves later. */
async function beginHome(): Promise<void> {
  const news = awaitNews().catch(() => undefined)
  const markers = await readHomeMarkers()
  await Promise.race([news, new Promise((done) => setTimeout(done, NEWS_PATIENCE_MS))])
  // What was said in the last moment before the page was left may not have arrived.
  const kept = keptPlace(HOME)
  if (kept && isReloaded()) markHome(kept.key, kept.whole, markers.readUpTo)
  markersBefore.value = markers
}

function sayWhenHidden(): void {
  if (document.visibilityState === 'hidden') sayMarks()
}

/**
 * Chronological; begins where the reader was, on this device or another, when they were away for an hour or went on reading
 * elsewhere, and at the newest otherwise.
 */
export function HomePage() {
  useEffect(() => {
    if (markersBefore.peek() === undefined) void beginHome()
    document.addEventListener('visibilitychange', sayWhenHidden)
    return () => document.removeEventListener('visibilitychange', sayWhenHidden)
  }, [])
  const markers = markersBefore.value
  const marker = markers?.readUpTo
  const view = viewOptions()
  const how = useMemo<Arrangement>(
    () => ({
      view,
      hidesDirect: true,
      ...(marker ? { readUpTo: marker.last_read_id, readSince: marker.updated_at } : {}),
    }),
    [marker, JSON.stringify(view)],
  )
  const startAt = useMemo(() => markers && startOf(markers), [markers])
  if (!markers) return <Waiting />
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
        markHome(place.key, place.whole, marker)
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

/**
 * After a reload exactly where one was; where another device was left in the midst of reading, there; after an hour the
 * place on this device, or the marker when that is further.
 */
function startOf({ readUpTo, leftAt }: HomeMarkers): StartPlace | undefined {
  const kept = keptPlace(HOME)
  if (kept && isReloaded()) return kept
  const id = readUpTo?.last_read_id
  if (leftAt && isLeftElsewhere(leftAt) && !wasAway(leftAt)) return { key: leftAt.last_read_id }
  if (kept && (id === undefined || BigInt(kept.key) >= BigInt(id)))
    return Date.now() - kept.at < AWAY_MS ? undefined : kept
  return id !== undefined && wasAway(readUpTo) ? { key: id } : undefined
}

function wasAway(marker: HomeMarker | undefined): boolean {
  return marker !== undefined && Date.now() - Date.parse(marker.updated_at) > AWAY_MS
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
