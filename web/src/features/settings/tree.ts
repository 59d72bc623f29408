import { closedPages } from '@hamlet/contract/pages'
import type { IconName } from '../../../sprite.ts'
import { me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'

/** A page of settings, with the single settings that the search finds on it: id of the row, and its words. */
export type SettingPage = { path: string; icon: IconName; title: string; settings: [string, string][] }

function ofPerson(): SettingPage[] {
  return [
    { path: '/settings/profile', icon: 'person', title: t('settings.profile', 'Profile'), settings: [] },
    {
      path: '/settings/account',
      icon: 'key',
      title: t('settings.account', 'Account'),
      settings: [
        ['accounts', t('settings.accounts', 'Accounts in this browser')],
        ['email', t('settings.email', 'E-mail')],
        ['password', t('settings.password', 'Password')],
        ['sessions', t('settings.sessions', 'Where you are signed in')],
        ['apps', t('settings.apps', 'Apps')],
      ],
    },
    {
      path: '/settings/security',
      icon: 'lock',
      title: t('settings.security', 'Security'),
      settings: [
        ['passkeys', t('settings.passkeys', 'Passkeys')],
        ['codes-app', t('settings.codesApp', 'App for codes')],
        ['recovery-codes', t('settings.recovery', 'Recovery codes')],
        ['sign-ins', t('settings.signIns', 'Sign-ins')],
      ],
    },
    {
      path: '/settings/privacy',
      icon: 'shield',
      title: t('settings.privacy', 'Privacy and reach'),
      settings: [
        ['locked', t('settings.locked', 'Ask me before somebody follows')],
        ['discoverable', t('settings.discoverable', 'Recommend me')],
        ['indexable', t('settings.indexable', 'Let my public posts be searched')],
        ['hide-collections', t('settings.hideCollections', 'Hide whom I follow and who follows me')],
        ['privacy', t('settings.visibility', 'Who sees new posts')],
        ['quote-policy', t('settings.quotes', 'Who may quote them')],
        ['sensitive', t('settings.sensitive', 'Mark my media as sensitive')],
      ],
    },
  ]
}

function ofReading(): SettingPage[] {
  return [
    {
      path: '/settings/reading',
      icon: 'book',
      title: t('settings.reading', 'Reading'),
      settings: [
        ['expand-warnings', t('settings.expandWarnings', 'Open posts behind a warning')],
        ['warning-rules', t('settings.rules', 'Rules for warnings: food, politics, spoilers, any word')],
        ['media', t('settings.media', 'Pictures')],
        ['data-saver', t('settings.dataSaver', 'Data saver')],
        ['autoplay', t('settings.autoplay', 'Play moving pictures by themselves')],
        ['meter', t('settings.meter', 'What was loaded')],
        ['counts', t('settings.counts', 'Counts')],
        ['times', t('settings.times', 'Times')],
      ],
    },
    {
      path: '/settings/notifications',
      icon: 'notifications',
      title: t('settings.notifications', 'Notifications'),
      settings: [
        ['this-browser', t('settings.push', 'Push notifications')],
        ['who-reaches-you', t('settings.reach', 'Who reaches you')],
      ],
    },
    {
      path: '/settings/standing',
      icon: 'report',
      title: t('standing.title', 'Account standing'),
      settings: [['decisions', t('standing.decisions', 'What the moderators decided about you')]],
    },
    { path: '/filters', icon: 'filter', title: t('settings.filters', 'Filters and blocks'), settings: [] },
  ]
}

function ofPages(): SettingPage[] {
  return [
    {
      path: '/settings/look',
      icon: 'palette',
      title: t('settings.look', 'Look'),
      settings: [
        ['theme', t('settings.theme', 'Theme')],
        ['contrast', t('settings.contrast', 'Contrast')],
        ['accent', t('settings.accent', 'Colour')],
        ['text-size', t('settings.textSize', 'Size of text')],
        ['font', t('settings.font', 'Letters')],
        ['density', t('settings.density', 'Room around posts')],
        ['underlines', t('settings.underlines', 'Underline all links')],
        ['motion', t('settings.motion', 'Motion')],
      ],
    },
    {
      path: '/settings/language',
      icon: 'language',
      title: t('settings.language', 'Language'),
      settings: [
        ['pages', t('settings.languageOfPages', 'Language of these pages')],
        ['posts', t('settings.languageOfPosts', 'Language of your posts')],
        ['read', t('settings.readCaption', 'Public timelines')],
      ],
    },
    {
      path: '/keyboard',
      icon: 'keyboard',
      title: t('settings.keyboard', 'Keyboard'),
      settings: [
        ['single-keys', t('settings.singleKeys', 'Keys without Ctrl')],
        ['spoken', t('settings.spoken', 'What a screen reader says of a post')],
        ['keys-list', t('settings.changeKeys', 'Change keys')],
      ],
    },
    {
      path: '/settings/invites',
      icon: 'follow',
      title: t('invites.title', 'Invitations'),
      settings: [['new-invite', t('invites.new', 'Invite somebody')]],
    },
    { path: '/settings/reports', icon: 'report', title: t('settings.reports', 'Your reports'), settings: [] },
  ]
}

function ofLeaving(): SettingPage[] {
  return [
    {
      path: '/settings/data',
      icon: 'download',
      title: t('settings.data', 'Your data'),
      settings: [
        ['downloads', t('settings.downloads', 'Download your lists')],
        ['archive', t('archives.archive', 'Take everything along')],
        ['import', t('archives.import', 'Bring lists from elsewhere')],
        ['old-posts', t('archives.oldPosts', 'Bring your old posts')],
        ['posts-download', t('settings.postsDownload', 'Download your posts')],
      ],
    },
    {
      path: '/settings/moving',
      icon: 'leave',
      title: t('moves.title', 'Moving'),
      settings: [
        ['aliases', t('moves.aliases', 'Moving here')],
        ['move', t('moves.away', 'Moving away')],
        ['redirect', t('moves.redirect', 'Only point elsewhere')],
      ],
    },
    {
      path: '/settings/clearing',
      icon: 'undoTime',
      title: t('settings.clearing', 'Old posts'),
      settings: [['clearing-on', t('settings.clearingOn', 'Delete my old posts')]],
    },
    {
      path: '/settings/deletion',
      icon: 'remove',
      title: t('settings.deletion', 'Delete account'),
      settings: [['delete', t('settings.delete', 'Delete all of it')]],
    },
  ]
}

/** The tree, in its order. Where a page belongs to another room, its settings are found by the page. */
export function pages(): SettingPage[] {
  const all = [...ofPerson(), ...ofReading(), ...ofPages(), ...ofLeaving()]
  return me.value?.closed ? all.filter(({ path }) => closedPages.includes(path)) : all
}

export type Found = { href: string; icon: IconName; title: string; page?: string }

/** Pages and single settings whose words hold everything that was typed. */
export function findSettings(text: string): Found[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const fits = (title: string) => words.every((word) => title.toLowerCase().includes(word))
  return pages().flatMap(({ path, icon, title, settings }) => [
    ...(fits(title) ? [{ href: path, icon, title }] : []),
    ...settings
      .filter(([, words]) => fits(words))
      .map(([id, words]) => ({ href: `${path}#${id}`, icon, title: words, page: title })),
  ])
}
