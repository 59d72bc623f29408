import { t } from '../../i18n/words.ts'

/** Whole scopes, as Mastodon names them (contract/src/scopes.ts). */
const whole: Record<string, () => string> = {
  profile: () => t('entrance.scopeProfile', 'See who you are'),
  read: () => t('entrance.scopeRead', 'Read everything you can read'),
  write: () => t('entrance.scopeWrite', 'Post, follow and change things for you'),
  follow: () => t('entrance.scopeFollow', 'Follow, mute and block people'),
  push: () => t('entrance.scopePush', 'Send you notifications'),
  'admin:read': () => t('entrance.scopeAdminRead', 'Read what the team of this server can read'),
  'admin:write': () => t('entrance.scopeAdminWrite', 'Moderate this server in your name'),
}

const verbs: Record<string, (things: string) => string> = {
  read: (things) => t('entrance.scopeSee', 'See: {things}', { things }),
  write: (things) => t('entrance.scopeChange', 'Change: {things}', { things }),
  'admin:read': (things) => t('entrance.scopeAdminSee', 'As the team, see: {things}', { things }),
  'admin:write': (things) => t('entrance.scopeAdminChange', 'As the team, change: {things}', { things }),
}

/** What a part of a scope is about, as in `read:lists`. */
const parts: Record<string, () => string> = {
  accounts: () => t('entrance.partAccounts', 'accounts'),
  blocks: () => t('entrance.partBlocks', 'blocks'),
  bookmarks: () => t('entrance.partBookmarks', 'bookmarks'),
  conversations: () => t('entrance.partConversations', 'conversations'),
  favourites: () => t('entrance.partFavourites', 'favourites'),
  filters: () => t('entrance.partFilters', 'filters'),
  follows: () => t('entrance.partFollows', 'follows'),
  lists: () => t('entrance.partLists', 'lists'),
  media: () => t('entrance.partMedia', 'media'),
  mutes: () => t('entrance.partMutes', 'mutes'),
  notifications: () => t('entrance.partNotifications', 'notifications'),
  reports: () => t('entrance.partReports', 'reports'),
  search: () => t('entrance.partSearch', 'search'),
  statuses: () => t('entrance.partStatuses', 'posts'),
  domain_blocks: () => t('entrance.partDomainBlocks', 'blocked servers'),
  domain_allows: () => t('entrance.partDomainAllows', 'allowed servers'),
  ip_blocks: () => t('entrance.partIpBlocks', 'blocked IP addresses'),
  email_domain_blocks: () => t('entrance.partEmailBlocks', 'blocked mail domains'),
  canonical_email_blocks: () => t('entrance.partCanonicalBlocks', 'blocked mail addresses'),
}

/** What an app may do with a scope; the scope itself stands beside it. A scope without words is its own name. */
export function explainScope(scope: string): string {
  const at = scope.lastIndexOf(':')
  const part = scope.slice(at + 1)
  return whole[scope]?.() ?? verbs[scope.slice(0, at)]?.(parts[part]?.() ?? part.replaceAll('_', ' ')) ?? scope
}
