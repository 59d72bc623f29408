import type { IconName } from '../../../sprite.ts'
import { may, me } from '../../app/session.ts'
import { openPlaces } from '../../app/team/places.ts'
import { t } from '../../i18n/words.ts'
import { lists } from '../lists/lists-state.ts'

export type Place = { path: string; icon: IconName; title: string; keys?: string }

/** Every screen that one can go to, without those of the settings. A test holds it against the routes of the app. */
export function places(): Place[] {
  return [...mainPlaces(), ...ownPlaces(), ...listPlaces(), ...teamPlaces()]
}

function mainPlaces(): Place[] {
  return [
    { path: '/home', icon: 'home', title: t('timelines.home', 'Home') },
    { path: '/notifications', icon: 'notifications', title: t('app.notifications', 'Notifications') },
    {
      path: '/notifications/requests',
      icon: 'inbox',
      title: t('palette.notificationRequests', 'Requests of notifications'),
    },
    { path: '/mentions', icon: 'direct', title: t('app.mentions', 'Mentions') },
    { path: '/explore', icon: 'compass', title: t('explore.title', 'Explore') },
    { path: '/explore/tags', icon: 'tag', title: t('palette.exploreTags', 'Explore hashtags') },
    { path: '/explore/news', icon: 'book', title: t('palette.exploreNews', 'Explore news') },
    { path: '/explore/people', icon: 'person', title: t('palette.explorePeople', 'Explore people') },
    { path: '/public', icon: 'local', title: t('timelines.local', 'Local') },
    { path: '/search', icon: 'search', title: t('app.search', 'Search') },
  ]
}

function ownPlaces(): Place[] {
  const own = `/@${me.value.acct}`
  return [
    { path: own, icon: 'person', title: t('app.profile', 'Your profile') },
    { path: `${own}/followers`, icon: 'private', title: t('palette.followers', 'Who follows you') },
    { path: `${own}/following`, icon: 'private', title: t('palette.following', 'Whom you follow') },
    { path: '/follow-requests', icon: 'follow', title: t('app.requests', 'Requests to follow you') },
    { path: '/waiting', icon: 'undoTime', title: t('palette.waiting', 'Posts that wait for a moderator') },
    { path: '/severed_relationships', icon: 'severed', title: t('palette.severed', 'Whom you lost with a server') },
    { path: '/bookmarks', icon: 'bookmark', title: t('timelines.bookmarks', 'Bookmarks') },
    { path: '/favourites', icon: 'favourite', title: t('timelines.favourites', 'Favourites') },
    { path: '/outbox', icon: 'send', title: t('outbox.title', 'Waiting to be sent') },
    { path: '/lists', icon: 'list', title: t('lists.yours', 'Your lists') },
    { path: '/followed-tags', icon: 'tag', title: t('tags.followed', 'Followed hashtags') },
    { path: '/settings', icon: 'settings', title: t('app.settings', 'Settings') },
    { path: '/announcements', icon: 'announce', title: t('announcements.title', 'Announcements') },
    { path: '/components', icon: 'grip', title: t('components.title', 'Parts of the interface') },
    { path: '/welcome', icon: 'compass', title: t('palette.welcome', 'Begin in three steps') },
  ]
}

function listPlaces(): Place[] {
  return (lists.value ?? []).map(({ id, title }) => ({ path: `/lists/${id}`, icon: 'list', title }))
}

function teamPlaces(): Place[] {
  const places: Place[] = openPlaces().map(({ path, icon, label }) => ({ path, icon, title: label }))
  if (may('manage_users'))
    places.push({ path: '/moderation/sign-ups', icon: 'follow', title: t('palette.signUps', 'Who wants to join') })
  return places
}
