import type { PageModel } from '@hamlet/contract/pages'
import { t } from '../i18n/words.ts'

/** What a page with a form, or about the server, is called in its tab. */
export function formTitle(kind: PageModel['kind']): string {
  switch (kind) {
    case 'about':
      return t('public.about', 'About')
    case 'moderation':
      return t('publicLog.title', 'What the team did')
    case 'sign-in':
    case 'second-factor':
    case 'factor-set-up':
    case 'factor-codes':
      return t('public.signIn', 'Sign in')
    case 'sign-up':
    case 'openid-join':
      return t('entrance.create', 'Create an account')
    case 'password-ask':
    case 'password-new':
      return t('entrance.newPassword', 'A new password')
    case 'confirm':
    case 'confirm-again':
      return t('entrance.confirmTitle', 'Confirm your address')
    case 'interact':
      return t('entrance.interactTitle', 'From your own server')
    case 'consent':
      return t('entrance.consentTitle', 'Let an app in')
    case 'code':
      return t('entrance.code', 'Your code')
    case 'appeal':
      return t('entrance.appealTitle', 'Appeal')
    case 'email-undo':
      return t('entrance.undoEmail', 'Put your address back?')
    case 'unsubscribe':
      return t('entrance.unsubscribe', 'No more of these letters?')
    case 'closed':
      return t('closed.title', 'Your account')
    case 'set-up':
      return t('set-up.title', 'Set up')
    default:
      return ''
  }
}

/** Screens of the app, by the English that the server knows them by; the app writes its own title once it is there. */
const screens: Record<string, () => string> = {
  Home: () => t('public.screenHome', 'Home'),
  Notifications: () => t('public.screenNotifications', 'Notifications'),
  'Private mentions': () => t('public.screenMentions', 'Private mentions'),
  Settings: () => t('public.screenSettings', 'Settings'),
  Search: () => t('public.screenSearch', 'Search'),
  Explore: () => t('public.screenExplore', 'Explore'),
  Bookmarks: () => t('public.screenBookmarks', 'Bookmarks'),
  Favourites: () => t('public.screenFavourites', 'Favourites'),
  Lists: () => t('public.screenLists', 'Lists'),
}

/** What the frame of the app is called until its script has come; a screen without words is called by the server's name. */
export function screenTitle(english: string): string {
  return screens[english]?.() ?? ''
}
