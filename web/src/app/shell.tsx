import type { ComponentChildren } from 'preact'
import { Suspense } from 'preact/compat'
import { useEffect, useLayoutEffect } from 'preact/hooks'
import type { IconName } from '../../sprite.ts'
import { hearStream } from '../api/stream.ts'
import { AccountChip, AccountEdge } from '../features/accounts/chip.tsx'
import { NewsAside } from '../features/announcements/door.tsx'
import { TalkedAbout } from '../features/explore/talked-about.tsx'
import { FilterDoor } from '../features/filters/editor-door.tsx'
import { MentionsDot } from '../features/direct-threads/badge.tsx'
import { AddToList } from '../features/lists/add-to-list-door.tsx'
import { MediaViewer } from '../features/media-viewer/door.tsx'
import { ReportDoor } from '../features/moderation/report-door.tsx'
import { loadUnread, unread } from '../features/notifications/unread.ts'
import { WelcomeDoor } from '../features/settings/welcome-door.tsx'
import { PaletteDoor } from '../features/palette/palette-door.tsx'
import { SearchField } from '../features/search/search-field.tsx'
import { Composer } from '../features/statuses/composer.tsx'
import { openComposer } from '../features/statuses/composer-state.ts'
import { t } from '../i18n/words.ts'
import { Avatar, Icon } from '../ui/parts.tsx'
import { Toasts } from '../ui/toast.tsx'
import { aside } from './aside.ts'
import { Brand } from './brand.tsx'
import { ClosedBar, ClosedRail } from '../features/users/closed-rail.tsx'
import { listenToKeys } from './keys.ts'
import { place } from './router.ts'
import { screenAt, TeamRail, type Shape } from './screens.tsx'
import { isOfTeam, me } from './session.ts'

const POLL_MS = 60_000

/** Rail, column, panel; on a phone a bar at the bottom (pictures 01, 03, 24). */
const SHAPES: Record<Shape, string> = {
  column: 'shell',
  pair: 'shell shell-wide shell-pair',
  block: 'shell shell-wide shell-block',
  team: 'shell shell-team',
}

/** A case needs the room: its rail has icons alone (picture 13b). */
const isCase = (path: string): boolean => path.startsWith('/moderation/reports/')

export function Shell() {
  // A key may come as soon as the page is seen.
  useLayoutEffect(() => (me.value.closed === undefined ? listenToKeys() : undefined), [])
  const isClosed = me.value.closed !== undefined
  useEffect(() => {
    if (isClosed) return
    void loadUnread()
    const poll = setInterval(() => void loadUnread(), POLL_MS)
    const unhear = hearStream({ stream: 'user' }, (event) => {
      if (event.event === 'filters_changed') void readFiltersAnew()
      if (event.event === 'notification' && place.value.path !== '/notifications') unread.value += 1
    })
    return () => {
      clearInterval(poll)
      unhear()
    }
  }, [isClosed])
  const { screen, shape } = screenAt(place.value.path)
  return (
    <>
      <a class="skip" href="#column">
        {t('app.skip', 'Skip to the posts')}
      </a>
      <AccountEdge />
      <div class={isCase(place.value.path) ? `${SHAPES[shape]} shell-case` : SHAPES[shape]}>
        {shape === 'team' ? (
          <Suspense fallback={<div class="rail team-rail" />}>
            <TeamRail path={place.value.path} />
          </Suspense>
        ) : isClosed ? (
          <ClosedRail />
        ) : (
          <Rail />
        )}
        <main class="column" id="column">
          {screen}
        </main>
        {shape === 'column' && !isClosed && <Panel />}
      </div>
      {isClosed ? <ClosedBar /> : <PhoneBar />}
      {!isClosed && <Doors />}
      <Toasts />
    </>
  )
}

/** What may be opened over every screen. */
function Doors() {
  return (
    <>
      <MediaViewer />
      <Composer />
      <ReportDoor />
      <AddToList />
      <FilterDoor />
      <PaletteDoor />
    </>
  )
}

/** What is below a place is in it, though it is not the place itself. */
function currentOf(path: string, href: string): 'page' | 'true' | undefined {
  if (path === href) return 'page'
  return path.startsWith(`${href}/`) ? 'true' : undefined
}

/** Filters were changed on another device. */
async function readFiltersAnew(): Promise<void> {
  const { filtersWereChanged } = await import('../features/filters/save-filter.ts')
  await filtersWereChanged()
}

type RailLink = [string, IconName, string]

function links(): RailLink[] {
  return [
    ['/home', 'home', t('timelines.home', 'Home')],
    ['/notifications', 'notifications', t('app.notifications', 'Notifications')],
    ['/mentions', 'direct', t('app.mentions', 'Mentions')],
    ['/explore', 'compass', t('explore.title', 'Explore')],
    ['/public', 'local', t('timelines.local', 'Local')],
    ['/search', 'search', t('app.search', 'Search')],
  ]
}

/** What is one's own stands below the button, smaller (picture 01). */
function ownLinks(): RailLink[] {
  return [
    ['/lists', 'list', t('lists.rail', 'Lists')],
    ['/bookmarks', 'bookmark', t('timelines.bookmarks', 'Bookmarks')],
    ['/favourites', 'favourite', t('timelines.favourites', 'Favourites')],
    ...(isOfTeam() ? ([['/moderation', 'report', t('app.moderation', 'Moderation')]] as RailLink[]) : []),
  ]
}

function Rail() {
  const { path } = place.value
  const row = ([href, icon, label]: RailLink) => (
    <a key={href} class="rail-row" href={href} aria-current={currentOf(path, href)} title={label}>
      <Icon name={icon} />
      <span>{label}</span>
      {href === '/mentions' && <MentionsDot />}
      {href === '/notifications' && unread.value > 0 && (
        <span class="dot">
          <span class="visually-hidden">
            {t('app.unreadCount', '{n, plural, one {# unread} other {# unread}}', { n: unread.value })}
          </span>
        </span>
      )}
    </a>
  )
  return (
    <nav class="rail" aria-label={t('app.main', 'Main')}>
      <Brand size={32} />
      {links().map(row)}
      <button
        class="button button-primary rail-new"
        type="button"
        title={t('app.newPost', 'New post')}
        onClick={() => openComposer()}
      >
        <Icon name="write" />
        <span>{t('app.newPost', 'New post')}</span>
      </button>
      {ownLinks().map(row)}
      <AccountChip />
    </nav>
  )
}

function Panel() {
  return (
    <aside class="panel" aria-label={t('app.panel', 'Search and server')}>
      {place.value.path !== '/search' && <SearchField />}
      {aside.value ?? (
        <>
          <WelcomeDoor />
          <NewsAside />
          <TalkedAbout />
        </>
      )}
      <p class="meta panel-links">
        <a href="/about">{t('app.about', 'About')}</a>
        <a href="/about#rules">{t('app.rules', 'Rules')}</a>
        <a href="/announcements">{t('announcements.title', 'Announcements')}</a>
        <a href="/keyboard">{t('app.keys', 'Keys')}</a>
      </p>
    </aside>
  )
}

function PhoneBar() {
  const { path } = place.value
  const row = (href: string, icon: IconName, label: string, picture?: ComponentChildren) => (
    <a href={href} aria-current={currentOf(path, href)}>
      {picture ?? <Icon name={icon} />}
      {label}
      {href === '/notifications' && unread.value > 0 && <span class="dot" />}
    </a>
  )
  return (
    <nav class="phone-bar" aria-label={t('app.main', 'Main')}>
      {row('/home', 'home', t('timelines.home', 'Home'))}
      {row('/explore', 'compass', t('explore.title', 'Explore'))}
      <button class="phone-new" type="button" aria-label={t('app.newPost', 'New post')} onClick={() => openComposer()}>
        <Icon name="write" />
      </button>
      {row('/notifications', 'notifications', t('app.notifications', 'Notifications'))}
      {row(`/@${me.value.acct}`, 'person', t('app.you', 'You'), <Avatar src={me.value.avatar} size={22} />)}
    </nav>
  )
}
