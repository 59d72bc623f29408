import type { Permission } from '@hamlet/contract/permissions'
import { t } from '../../i18n/words.ts'

type Said = [Permission, string]
export type PermissionGroup = { title: string; rows: Said[] }

const people = (): Said[] => [
  ['manage_users', t('roles.manageUsers', 'See accounts, let people in, act on accounts')],
  ['manage_user_access', t('roles.manageUserAccess', 'Help people sign in: e-mail, password, second factor')],
  ['delete_user_data', t('roles.deleteUserData', 'Delete the data of suspended accounts')],
  ['manage_reports', t('roles.manageReports', 'Decide reports')],
  ['manage_appeals', t('roles.manageAppeals', 'Decide appeals')],
  ['manage_federation', t('roles.manageFederation', 'Limit other servers, or shut them out')],
  ['manage_blocks', t('roles.manageBlocks', 'Keep out names, mail domains and addresses')],
  ['manage_taxonomies', t('roles.manageTaxonomies', 'Look after hashtags and trends')],
  ['manage_invites', t('roles.manageInvites', 'See and end invitations of others')],
  ['view_feeds', t('roles.viewFeeds', 'Read public timelines that are closed to others')],
]

const house = (): Said[] => [
  ['view_dashboard', t('roles.viewDashboard', 'See the overview')],
  ['view_audit_log', t('roles.viewAuditLog', 'Read the log of the team')],
  ['view_devops', t('roles.viewDevops', 'See how the server runs')],
  ['manage_settings', t('roles.manageSettings', 'Change settings of the server')],
  ['manage_rules', t('roles.manageRules', 'Change the rules')],
  ['manage_announcements', t('roles.manageAnnouncements', 'Write announcements')],
  ['manage_custom_emojis', t('roles.manageEmojis', 'Look after custom emoji')],
  ['manage_webhooks', t('roles.manageWebhooks', 'Tell other programs what happens here')],
  ['manage_roles', t('roles.manageRoles', 'Make and give lower roles')],
]

const own = (): Said[] => [
  ['invite_users', t('roles.inviteUsers', 'Invite people')],
  ['invite_bypass_approval', t('roles.inviteBypass', 'Invite people past the moderators')],
  ['manage_email_subscriptions', t('roles.emailSubscriptions', 'Offer their posts by e-mail')],
]

/** What a role can allow, in plain words and in groups. */
export const permissionGroups = (): PermissionGroup[] => [
  { title: t('roles.moderation', 'Moderation'), rows: people() },
  { title: t('roles.administration', 'Administration'), rows: house() },
  { title: t('roles.personal', 'For themselves'), rows: own() },
  {
    title: t('roles.everything', 'Everything'),
    rows: [['administrator', t('roles.administrator', 'All of this, and whatever is added later')]],
  },
]
