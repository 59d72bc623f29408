import type { Permission } from '@hamlet/contract/permissions'
import type { IconName } from '../../../sprite.ts'
import { t } from '../../i18n/words.ts'
import { may } from '../session.ts'

export type TeamPlace = { path: string; icon: IconName; label: string; permission: readonly Permission[] }
export type TeamGroup = { label: string; places: TeamPlace[] }

/** Where the team works (pictures 13, 14), in the order of the rail: one row for each place, with who may go there. */
export function teamGroups(): TeamGroup[] {
  return [
    { label: t('app.moderation', 'Moderation'), places: moderation() },
    { label: t('team.administration', 'Administration'), places: administration() },
  ]
}

/** One row, one line: rooms add theirs beside each other. */
const at = (path: string, icon: IconName, label: string, ...permission: Permission[]): TeamPlace => ({
  path,
  icon,
  label,
  permission,
})

// oxfmt-ignore
const moderation = (): TeamPlace[] => [
  at('/moderation', 'inbox', t('moderation.queue', 'Queue'), 'manage_reports', 'manage_appeals', 'manage_users'),
  at('/moderation/accounts', 'person', t('measures.accounts', 'Accounts'), 'manage_users'),
  at('/moderation/servers', 'server', t('servers.title', 'Servers'), 'manage_federation'),
  at('/moderation/rules', 'rules', t('rules.title', 'Content rules'), 'manage_taxonomies'),
  at('/admin/trends', 'compass', t('trends.title', 'Talked about'), 'manage_taxonomies'),
  at('/moderation/held', 'undoTime', t('rules.heldTitle', 'Waiting posts'), 'manage_reports'),
  at('/moderation/lists', 'list', t('servers.lists', 'Lists of servers'), 'manage_federation'),
  at('/moderation/gates', 'block', t('gates.keptOutTitle', 'Kept out'), 'manage_blocks'),
  at('/moderation/invites', 'follow', t('invites.title', 'Invitations'), 'manage_invites'),
  at('/admin/log', 'recall', t('log.title', 'Log'), 'view_audit_log'),
]

// oxfmt-ignore
const administration = (): TeamPlace[] => [
  at('/admin', 'pulse', t('admin.overview', 'Overview'), 'view_dashboard'),
  at('/admin/delivery', 'send', t('admin.delivery', 'Delivery'), 'view_devops'),
  at('/admin/settings', 'server', t('site.title', 'The server'), 'manage_settings'),
  at('/admin/texts', 'book', t('texts.title', 'Texts'), 'manage_settings'),
  at('/admin/house-rules', 'list', t('houseRules.title', 'House rules'), 'manage_rules'),
  at('/admin/joining', 'key', t('joining.title', 'Joining'), 'manage_settings'),
  at('/admin/ways', 'options', t('ways.title', 'How we decide'), 'manage_settings'),
  at('/admin/roles', 'shield', t('roles.title', 'Roles'), 'manage_roles'),
  at('/moderation/announcements', 'announce', t('announcements.title', 'Announcements'), 'manage_announcements'),
  at('/admin/emojis', 'emoji', t('emojiTeam.title', 'Emoji'), 'manage_custom_emojis'),
  at('/admin/relays', 'surge', t('relays.title', 'Relays'), 'manage_federation'),
  at('/admin/mail', 'inbox', t('mail.title', 'Mail'), 'manage_settings'),
  at('/admin/webhooks', 'share', t('webhooks.title', 'Webhooks'), 'manage_webhooks'),
]

const isOpen = ({ permission }: TeamPlace) => permission.some(may)

/** What this person may open, without groups that have nothing for them. */
export function openGroups(): TeamGroup[] {
  return teamGroups()
    .map((group) => ({ ...group, places: group.places.filter(isOpen) }))
    .filter((group) => group.places.length > 0)
}

export const openPlaces = (): TeamPlace[] => openGroups().flatMap((group) => group.places)

/** The place that a path lies in: the longest that it begins with. */
export function placeOf(path: string): TeamPlace | undefined {
  const isIn = (one: TeamPlace) => path === one.path || path.startsWith(`${one.path}/`)
  return teamGroups()
    .flatMap((group) => group.places)
    .filter(isIn)
    .sort((a, b) => b.path.length - a.path.length)[0]
}
