import type { ComponentChildren } from 'preact'
import type { IconName } from '../../../sprite.ts'
import { me } from '../../app/session.ts'
import { rich, t } from '../../i18n/words.ts'
import type { Row } from './rows.ts'

export type Kind = {
  icon: IconName
  tone: 'accent' | 'fav' | 'boost' | 'warn'
  /** The sentence. `n` people stand in `names`, for languages whose verbs count them. */
  say: (names: ComponentChildren, n: number, row: Row) => ComponentChildren
}

const kinds: Record<string, Kind> = {
  favourite: {
    icon: 'favourite',
    tone: 'fav',
    say: (names, n) => rich('notify.favourite', '{names} favourited your post', { names, n }),
  },
  reblog: {
    icon: 'boost',
    tone: 'boost',
    say: (names, n) => rich('notify.reblog', '{names} boosted your post', { names, n }),
  },
  follow: {
    icon: 'follow',
    tone: 'accent',
    say: (names, n) => rich('notify.follow', '{names} followed you', { names, n }),
  },
  follow_request: {
    icon: 'follow',
    tone: 'accent',
    say: (names, n) => rich('notify.followRequest', '{names} asked to follow you', { names, n }),
  },
  mention: {
    icon: 'reply',
    tone: 'accent',
    say: (_names, n) =>
      t('notify.replies', '{n, plural, one {# reply to your post} other {# replies to your post}}', { n }),
  },
  status: {
    icon: 'notifications',
    tone: 'accent',
    say: (names, n) => rich('notify.status', '{names} posted', { names, n }),
  },
  update: {
    icon: 'write',
    tone: 'accent',
    say: (names, n) => rich('notify.update', '{names} edited a post you boosted', { names, n }),
  },
  quote: {
    icon: 'quote',
    tone: 'accent',
    say: (names, n) => rich('notify.quote', '{names} quoted your post', { names, n }),
  },
  quoted_update: {
    icon: 'quote',
    tone: 'accent',
    say: (names, n) => rich('notify.quotedUpdate', '{names} edited a post you quoted', { names, n }),
  },
  poll: {
    icon: 'poll',
    tone: 'accent',
    say: (_names, _n, row) =>
      row.status?.account.id === me.value.id
        ? t('notify.ownPoll', 'Your poll has ended')
        : t('notify.poll', 'A poll you voted in has ended'),
  },
  severed_relationships: {
    icon: 'severed',
    tone: 'warn',
    say: () => t('notify.severed', 'You lost followers or people you follow: the ties to them were cut'),
  },
  moderation_warning: {
    icon: 'warning',
    tone: 'warn',
    say: () => t('notify.warned', 'The moderators have written to you'),
  },
  annual_report: { icon: 'year', tone: 'accent', say: () => t('notify.annual', 'Your year is ready to look back on') },
  added_to_collection: {
    icon: 'collection',
    tone: 'accent',
    say: (names, n) => rich('notify.collection', '{names} added you to a collection', { names, n }),
  },
  collection_update: {
    icon: 'collection',
    tone: 'accent',
    say: (names, n) => rich('notify.collectionUpdate', '{names} changed a collection you are in', { names, n }),
  },
  'admin.sign_up': {
    icon: 'follow',
    tone: 'accent',
    say: (names, n) => rich('notify.signUp', '{names} signed up', { names, n }),
  },
  'admin.report': {
    icon: 'report',
    tone: 'warn',
    say: (names, n) => rich('notify.report', '{names} reported somebody', { names, n }),
  },
}

const unknown: Kind = {
  icon: 'notifications',
  tone: 'accent',
  say: () => t('notify.unknown', 'Something happened that this page cannot show yet'),
}

/** How a type is shown; one that is newer than this page says so. */
export const kindOf = (type: string): Kind => kinds[type] ?? unknown

export type FilterName = 'all' | 'mentions' | 'replies' | 'follows' | 'marks' | 'polls' | 'close' | 'edits' | 'server'
export type Filter = { name: FilterName; label: string; types: string[]; fits?: (row: Row) => boolean }

const isReply = (row: Row) => row.status?.in_reply_to_account_id === me.value.id

/** What one can choose to see. A reply is a mention for the server. */
export function listFilters(): Filter[] {
  return [
    { name: 'all', label: t('notify.all', 'All'), types: [] },
    {
      name: 'mentions',
      label: t('notify.mentions', 'Mentions'),
      types: ['mention', 'quote'],
      fits: (row) => !isReply(row),
    },
    { name: 'replies', label: t('notify.repliesOnly', 'Replies'), types: ['mention'], fits: isReply },
    { name: 'follows', label: t('notify.follows', 'Follows'), types: ['follow', 'follow_request'] },
    { name: 'marks', label: t('notify.marks', 'Boosts & favourites'), types: ['reblog', 'favourite'] },
    { name: 'polls', label: t('notify.polls', 'Polls'), types: ['poll'] },
    { name: 'close', label: t('notify.close', 'Posts you follow closely'), types: ['status'] },
    { name: 'edits', label: t('notify.edits', 'Edits'), types: ['update', 'quoted_update'] },
    {
      name: 'server',
      label: t('notify.server', 'Server'),
      types: ['admin.sign_up', 'admin.report', 'moderation_warning', 'severed_relationships', 'annual_report'],
    },
  ]
}
