import type { Page } from '#platform/http'

/** Screens of the signed-in app. Whoever is not signed in is led to the door, and from there to where they wanted. */
const screens: [string, string][] = [
  ['/home', 'Home'],
  ['/public', 'Local'],
  ['/notifications', 'Notifications'],
  ['/mentions', 'Private mentions'],
  ['/mentions/:id', 'Private mentions'],
  ['/notifications/requests', 'Requests'],
  ['/welcome', 'Welcome'],
  ['/settings', 'Settings'],
  ['/settings/account', 'Account'],
  ['/settings/privacy', 'Privacy and reach'],
  ['/settings/reading', 'Reading'],
  ['/settings/notifications', 'Notifications'],
  ['/settings/look', 'Look'],
  ['/settings/language', 'Language'],
  ['/settings/data', 'Your data'],
  ['/share', 'New post'],
  ['/search', 'Search'],
  ['/explore', 'Explore'],
  ['/explore/tags', 'Explore'],
  ['/explore/news', 'Explore'],
  ['/explore/people', 'Explore'],
  ['/links', 'Explore'],
  ['/bookmarks', 'Bookmarks'],
  ['/favourites', 'Favourites'],
  ['/lists', 'Lists'],
  ['/lists/:id', 'List'],
  ['/lists/:id/edit', 'Edit the list'],
  ['/followed-tags', 'Followed hashtags'],
  ['/follow-requests', 'Requests'],
  ['/filters', 'Filters and blocks'],
  ['/settings/profile', 'Edit profile'],
  ['/moderation', 'Moderation'],
  ['/moderation/reports/:id', 'Report'],
  ['/moderation/sign-ups', 'Queue'],
  ['/moderation/gates', 'Names and mail domains'],
  ['/@:username/followers', 'Followers'],
  ['/@:username/following', 'Follows'],
]

export const appPages: Page[] = screens.map(([path, title]) => ({
  path,
  method: 'GET',
  visit: async ({ viewer, target }) =>
    viewer ? { kind: 'app', title } : { redirect: `/sign-in?next=${encodeURIComponent(target)}` },
}))
