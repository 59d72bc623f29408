import type { NotificationPolicy } from '@hamlet/contract/notification'
import { t } from '../../i18n/words.ts'

export type ClassName = Exclude<keyof NotificationPolicy, 'summary'>
export type SenderClass = { name: ClassName; label: string; help: string; short: string }

/** The six sorts of senders that a policy tells apart (mastodon-features 4, Policy). */
export function listClasses(): SenderClass[] {
  return [
    {
      name: 'for_not_following',
      label: t('notify.strangers', 'People you don’t follow'),
      help: t('notify.strangersHelp', 'Until you let them in yourself.'),
      short: t('notify.strangersShort', 'strangers'),
    },
    {
      name: 'for_not_followers',
      label: t('notify.nonFollowers', 'People who don’t follow you'),
      help: t('notify.nonFollowersHelp', 'Also those who have followed you for less than three days.'),
      short: t('notify.nonFollowersShort', 'people who do not follow you'),
    },
    {
      name: 'for_new_accounts',
      label: t('notify.newAccounts', 'New accounts'),
      help: t('notify.newAccountsHelp', 'Made within the last 30 days, unless you follow them.'),
      short: t('notify.newAccountsShort', 'new accounts'),
    },
    {
      name: 'for_private_mentions',
      label: t('notify.privateMentions', 'Private mentions nobody asked for'),
      help: t('notify.privateMentionsHelp', 'Unless you follow the sender, or they answer you.'),
      short: t('notify.privateMentionsShort', 'private mentions'),
    },
    {
      name: 'for_limited_accounts',
      label: t('notify.limited', 'Limited accounts'),
      help: t('notify.limitedHelp', 'Those whom the moderators of this server have limited.'),
      short: t('notify.limitedShort', 'limited accounts'),
    },
    {
      name: 'for_bots',
      label: t('notify.bots', 'Bots'),
      help: t('notify.botsHelp', 'Accounts that say of themselves that nobody writes there by hand.'),
      short: t('notify.botsShort', 'bots'),
    },
  ]
}
