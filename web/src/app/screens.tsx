import type { ComponentChildren } from 'preact'
import { lazy, Suspense } from 'preact/compat'
import { NotificationsPage } from '../features/notifications/notifications.tsx'
import { EditProfilePage } from '../features/profiles/edit-profile.tsx'
import { PeoplePage, ProfilePage } from '../features/profiles/profile.tsx'
import { FollowRequestsPage } from '../features/profiles/requests.tsx'
import { SearchPage } from '../features/search/search.tsx'
import { ThreadPage } from '../features/statuses/thread.tsx'
import { BookmarksPage, FavouritesPage, HomePage, LocalPage, TagPage } from '../features/timelines/home.tsx'
import { t } from '../i18n/words.ts'
import { Empty } from '../ui/parts.tsx'
import { Skeleton } from '../ui/states.tsx'
import { match } from './router.ts'
import { canManageBlocks, isOfTeam } from './session.ts'

type Draw = (parts: Record<string, string>) => ComponentChildren
type Screen = { screen: ComponentChildren; isWide: boolean }

const SignUpGates = lazy(() => import('../features/gates/gates.tsx').then((module) => module.SignUpGates))
const Moderation = lazy(() => import('../features/moderation/moderation.tsx').then((module) => module.Moderation))

const QuotesPage = lazy(() => import('../features/statuses/quote/quotes-page.tsx').then((module) => module.QuotesPage))

const narrow = (screen: ComponentChildren) => <Suspense fallback={<Skeleton />}>{screen}</Suspense>

const screens: [string, Draw][] = [
  ['/home', () => <HomePage />],
  ['/public', () => <LocalPage />],
  ['/notifications', () => <NotificationsPage />],
  ['/search', () => <SearchPage />],
  ['/bookmarks', () => <BookmarksPage />],
  ['/favourites', () => <FavouritesPage />],
  ['/follow-requests', () => <FollowRequestsPage />],
  ['/settings/profile', () => <EditProfilePage />],
  ['/tags/:name', ({ name = '' }) => <TagPage key={name} name={name} />],
  ['/@:acct/followers', ({ acct = '' }) => <PeoplePage key={acct} acct={acct} kind="followers" />],
  ['/@:acct/following', ({ acct = '' }) => <PeoplePage key={acct} acct={acct} kind="following" />],
  ['/@:acct/:id/quotes', ({ id = '' }) => narrow(<QuotesPage key={id} id={id} />)],
  ['/@:acct/:id', ({ id = '' }) => <ThreadPage key={id} id={id} />],
  ['/@:acct', ({ acct = '' }) => <ProfilePage key={acct} acct={acct} />],
]

const wide = (screen: ComponentChildren): Screen => ({
  screen: <Suspense fallback={<Skeleton />}>{screen}</Suspense>,
  isWide: true,
})

/** What a path shows. Moderation takes the width of the page. */
export function screenAt(path: string): Screen {
  if (path === '/moderation/gates' && canManageBlocks()) return wide(<SignUpGates />)
  if (path.startsWith('/moderation') && isOfTeam()) return wide(<Moderation path={path} />)
  for (const [pattern, draw] of screens) {
    const parts = match(pattern, path)
    if (parts) return { screen: draw(parts), isWide: false }
  }
  return {
    screen: (
      <div class="sheet column-sheet">
        <Empty title={t('app.nowhere', 'Nothing to see here')}>
          {t('app.nowhereText', 'This address leads nowhere. Home is where it always is.')}
        </Empty>
      </div>
    ),
    isWide: false,
  }
}
