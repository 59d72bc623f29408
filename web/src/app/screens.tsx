import { closedPages } from '@hamlet/contract/pages'
import type { ComponentChildren } from 'preact'
import { lazy as lazily, Suspense } from 'preact/compat'
import { useEffect, useState } from 'preact/hooks'
import { explain } from '../api/request.ts'
import { HomePage, LocalPage } from '../features/timelines/home.tsx'
import { t } from '../i18n/words.ts'
import { Empty } from '../ui/parts.tsx'
import { Fault, Skeleton } from '../ui/states.tsx'
import { roomsStyle } from './rooms-style.ts'
import { match } from './router.ts'
import { ClosedDoor } from '../features/users/closed-door.tsx'
import { MovedAway } from '../features/moves/moved-away.tsx'
import { isOfTeam, me } from './session.ts'
import { fetchTouch, touch } from './touched.ts'

/** A screen of its own: its code and the style of rooms come together. */
const lazy: typeof lazily = (load) => lazily(async () => (await Promise.all([load(), roomsStyle()]))[0])

type Draw = (parts: Record<string, string>) => ComponentChildren
/** How a screen stands in the frame: a column with a panel, a list with what is chosen of it, a block in the middle, or in the frame of the team. */
export type Shape = 'column' | 'pair' | 'block' | 'team'
type Screen = { screen: ComponentChildren; shape: Shape }

const EditProfilePage = lazy(() =>
  import('../features/profiles/edit-profile.tsx').then((module) => module.EditProfilePage),
)
const ProfilePage = lazy(() => import('../features/profiles/profile.tsx').then((module) => module.ProfilePage))
const PeoplePage = lazy(() => import('../features/profiles/people-page.tsx').then((module) => module.PeoplePage))
const FollowRequestsPage = lazy(() =>
  import('../features/profiles/requests.tsx').then((module) => module.FollowRequestsPage),
)
const WaitingPage = lazy(() => import('../features/rules/waiting.tsx').then((module) => module.WaitingPage))
const FiltersPage = lazy(() => import('../features/filters/filters-page.tsx').then((module) => module.FiltersPage))
const Notifications = lazy(() =>
  import('../features/notifications/notifications.tsx').then((module) => module.NotificationsPage),
)
const MentionRequests = lazy(() =>
  import('../features/notifications/requests.tsx').then((module) => module.MentionRequestsPage),
)
const Welcome = lazy(() => import('../features/settings/welcome-page.tsx').then((module) => module.WelcomePage))
const Settings = lazy(() => import('../features/settings/settings.tsx').then((module) => module.Settings))
const Share = lazy(() => import('../features/install/share.tsx').then((module) => module.SharePage))
const Mentions = lazy(() => import('../features/direct-threads/mentions.tsx').then((module) => module.Mentions))
const SearchPage = lazy(() => import('../features/search/search.tsx').then((module) => module.SearchPage))
const BookmarksPage = lazy(() => import('../features/timelines/saved.tsx').then((module) => module.BookmarksPage))
const FavouritesPage = lazy(() => import('../features/timelines/saved.tsx').then((module) => module.FavouritesPage))
const OutboxPage = lazy(() => import('../features/outbox/outbox-page.tsx').then((module) => module.OutboxPage))
const KeyboardPage = lazy(() => import('../features/keyboard/keyboard-page.tsx').then((module) => module.KeyboardPage))
const ComponentsPage = lazy(() =>
  import('../features/components/components-page.tsx').then((module) => module.ComponentsPage),
)
const ListsPage = lazy(() => import('../features/lists/lists-page.tsx').then((module) => module.ListsPage))
const SeveredPage = lazy(() => import('../features/severed/severed-page.tsx').then((module) => module.SeveredPage))
const ListPage = lazy(() => import('../features/lists/list-page.tsx').then((module) => module.ListPage))
const EditListPage = lazy(() => import('../features/lists/edit-list-page.tsx').then((module) => module.EditListPage))
const TagPage = lazy(() => import('../features/tags/tag-page.tsx').then((module) => module.TagPage))
const FollowedTagsPage = lazy(() =>
  import('../features/tags/followed-tags-page.tsx').then((module) => module.FollowedTagsPage),
)
/** The rail of the team comes with its pages. */
export const TeamRail = lazy(() => import('./team/team.tsx').then((module) => module.TeamRail))
const TeamScreen = lazy(() => import('./team/team.tsx').then((module) => module.TeamScreen))

const AnnouncementsPage = lazy(() =>
  import('../features/announcements/announcements-page.tsx').then((module) => module.AnnouncementsPage),
)
const QuotesPage = lazy(() => import('../features/statuses/quote/quotes-page.tsx').then((module) => module.QuotesPage))

const ExplorePage = lazy(() => import('../features/explore/explore-page.tsx').then((module) => module.ExplorePage))
const LinkPage = lazy(() => import('../features/explore/link-page.tsx').then((module) => module.LinkPage))

const narrow = (screen: ComponentChildren) => <Suspense fallback={<Coming />}>{screen}</Suspense>

/** What is coming has no name yet, but a heading stands where its own will. */
function Coming() {
  return (
    <>
      <header class="column-head">
        <div class="column-title">
          <h1 class="visually-hidden">{t('ui.loading', 'Loading')}</h1>
        </div>
      </header>
      <div class="sheet column-sheet">
        <Skeleton />
      </div>
    </>
  )
}

export const THREAD = '/@:acct/:id'

/** The screen that is opened most: its code is there before it is pressed, and then nothing waits, not even for one picture. */
function Thread({ id }: { id: string }) {
  const [fault, setFault] = useState<unknown>()
  const Page = touch.value?.ThreadPage
  const load = () => {
    setFault(undefined)
    fetchTouch().catch(setFault)
  }
  useEffect(() => {
    if (!Page) load()
  }, [])
  if (Page) return <Page id={id} />
  return (
    <div class="sheet column-sheet">{fault ? <Fault text={explain(fault)} retry={load} /> : <Skeleton rows={3} />}</div>
  )
}

const screens: [string, Draw][] = [
  ['/home', () => <HomePage />],
  ['/public', () => <LocalPage />],
  ['/notifications', () => narrow(<Notifications />)],
  ['/notifications/requests', () => narrow(<MentionRequests />)],
  ['/welcome', () => narrow(<Welcome />)],
  ['/share', () => narrow(<Share />)],
  ['/search', () => narrow(<SearchPage />)],
  ['/keyboard', () => narrow(<KeyboardPage />)],
  ['/components', () => narrow(<ComponentsPage />)],
  ['/components/:part', ({ part = '' }) => narrow(<ComponentsPage part={part} />)],
  ['/explore', () => narrow(<ExplorePage tab="posts" />)],
  ['/explore/tags', () => narrow(<ExplorePage tab="tags" />)],
  ['/explore/news', () => narrow(<ExplorePage tab="news" />)],
  ['/explore/people', () => narrow(<ExplorePage tab="people" />)],
  ['/links', () => narrow(<LinkPage />)],
  ['/announcements', () => narrow(<AnnouncementsPage />)],
  ['/bookmarks', () => narrow(<BookmarksPage />)],
  ['/favourites', () => narrow(<FavouritesPage />)],
  ['/outbox', () => narrow(<OutboxPage />)],
  ['/waiting', () => narrow(<WaitingPage />)],
  ['/follow-requests', () => narrow(<FollowRequestsPage />)],
  ['/filters', () => narrow(<FiltersPage />)],
  ['/severed_relationships', () => narrow(<SeveredPage />)],
  ['/settings/profile', () => narrow(<EditProfilePage />)],
  ['/lists', () => narrow(<ListsPage />)],
  ['/lists/:id', ({ id = '' }) => narrow(<ListPage key={id} id={id} />)],
  ['/lists/:id/edit', ({ id = '' }) => narrow(<EditListPage key={id} id={id} />)],
  ['/followed-tags', () => narrow(<FollowedTagsPage />)],
  ['/tags/:name', ({ name = '' }) => narrow(<TagPage key={name} name={name} />)],
  [
    '/@:acct/followers',
    ({ acct = '' }) => narrow(<PeoplePage key={`${acct} followers`} acct={acct} kind="followers" />),
  ],
  [
    '/@:acct/following',
    ({ acct = '' }) => narrow(<PeoplePage key={`${acct} following`} acct={acct} kind="following" />),
  ],
  [
    '/@:acct/tagged/:name',
    ({ acct = '', name = '' }) => narrow(<ProfilePage key={`${acct} ${name}`} acct={acct} tagged={name} />),
  ],
  ['/@:acct/:id/quotes', ({ id = '' }) => narrow(<QuotesPage key={id} id={id} />)],
  [THREAD, ({ id = '' }) => <Thread key={id} id={id} />],
  ['/@:acct', ({ acct = '' }) => narrow(<ProfilePage key={acct} acct={acct} />)],
]

/** Patterns of every screen; those of settings and of moderation are found by their beginning. */
export const screenPatterns: readonly string[] = screens.map(([pattern]) => pattern)

const shaped = (shape: Shape, screen: ComponentChildren): Screen => ({ screen: narrow(screen), shape })

/** Settings that are pages of the tree; what else begins so is a screen of its own room. */
export const SETTINGS =
  /^\/settings(\/(account|security|privacy|reading|notifications|look|language|invites|reports|standing|data|moving|clearing|deletion))?$/

/** What whoever moved away still needs. */
const OF_WHO_MOVED = /^\/settings(\/(account|security|data|moving|deletion|look|language))?$/

/** Where the team works has a frame of its own. */
const isTeamPath = (path: string): boolean => /^\/(moderation|admin)(\/|$)/.test(path)

/** What a path shows. */
export function screenAt(path: string): Screen {
  if (me.value.closed && !closedPages.includes(path)) return { screen: <ClosedDoor />, shape: 'column' }
  if (isTeamPath(path) && isOfTeam()) return shaped('team', <TeamScreen path={path} />)
  if (path === '/mentions' || path.startsWith('/mentions/')) return shaped('pair', <Mentions path={path} />)
  const { moved } = me.value
  if (moved && !OF_WHO_MOVED.test(path)) return { screen: <MovedAway target={moved} />, shape: 'column' }
  if (SETTINGS.test(path)) return shaped('block', <Settings path={path} />)
  for (const [pattern, draw] of screens) {
    const parts = match(pattern, path)
    if (parts) return { screen: draw(parts), shape: 'column' }
  }
  return {
    screen: (
      <div class="sheet column-sheet">
        <Empty title={t('app.nowhere', 'Nothing to see here')}>
          {t('app.nowhereText', 'This address leads nowhere. Home is where it always is.')}
        </Empty>
      </div>
    ),
    shape: 'column',
  }
}
