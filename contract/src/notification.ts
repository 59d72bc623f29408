import { Type, type Static } from 'typebox'
import { Account } from './account.ts'
import { AccountWarning, Report } from './moderation.ts'
import { RelationshipSeveranceEvent } from './severance.ts'
import { Status } from './status.ts'

/** Every type that this server makes today. */
export const notificationTypes = [
  'mention',
  'status',
  'reblog',
  'follow',
  'follow_request',
  'favourite',
  'poll',
  'update',
  'quote',
  'quoted_update',
  'admin.sign_up',
  'admin.report',
  'severed_relationships',
  'moderation_warning',
] as const
export const NotificationType = Type.Union(notificationTypes.map((type) => Type.Literal(type)))
export type NotificationType = (typeof notificationTypes)[number]

const account = Type.Unsafe<Account>(Type.Ref('Account'))
const status = Type.Unsafe<Status>(Type.Ref('Status'))
const event = Type.Unsafe<RelationshipSeveranceEvent>(Type.Ref('RelationshipSeveranceEvent'))
const moderation_warning = Type.Optional(Type.Unsafe<AccountWarning>(Type.Ref('AccountWarning')))
const report = Type.Unsafe<Report>(Type.Ref('Report'))

export const Notification = Type.Object(
  {
    id: Type.String(),
    type: Type.Unsafe<NotificationType>(NotificationType),
    created_at: Type.String(),
    group_key: Type.String(),
    filtered: Type.Optional(Type.Literal(true)),
    account,
    status: Type.Optional(status),
    report: Type.Optional(report),
    event: Type.Optional(event),
    moderation_warning,
  },
  { $id: 'Notification' },
)
export type Notification = Static<typeof Notification>

export const NotificationGroup = Type.Object(
  {
    group_key: Type.String(),
    notifications_count: Type.Integer(),
    type: Type.Unsafe<NotificationType>(NotificationType),
    most_recent_notification_id: Type.Integer(),
    page_min_id: Type.Optional(Type.String()),
    page_max_id: Type.Optional(Type.String()),
    latest_page_notification_at: Type.Optional(Type.String()),
    sample_account_ids: Type.Array(Type.String()),
    status_id: Type.Optional(Type.String()),
    report: Type.Optional(report),
    event: Type.Optional(event),
    moderation_warning,
    /** Ours alone: on the newest group of a post on which much happens at once, or whose notifications are paused. */
    hamlet: Type.Optional(
      Type.Object({
        status_id: Type.String(),
        surge: Type.Boolean(),
        /** How much happened on the post in the last ten minutes. */
        events: Type.Integer(),
        paused_until: Type.Union([Type.String(), Type.Null()]),
      }),
    ),
  },
  { $id: 'NotificationGroup' },
)
export type NotificationGroup = Static<typeof NotificationGroup>

/** As much of an account as a small picture needs. */
export const PartialAccountWithAvatar = Type.Object(
  {
    id: Type.String(),
    acct: Type.String(),
    url: Type.String(),
    avatar: Type.String(),
    avatar_static: Type.String(),
    locked: Type.Boolean(),
    bot: Type.Boolean(),
  },
  { $id: 'PartialAccountWithAvatar' },
)
export type PartialAccountWithAvatar = Static<typeof PartialAccountWithAvatar>

export const GroupedNotificationsResults = Type.Object(
  {
    accounts: Type.Array(account),
    partial_accounts: Type.Optional(
      Type.Array(Type.Unsafe<PartialAccountWithAvatar>(Type.Ref('PartialAccountWithAvatar'))),
    ),
    statuses: Type.Array(status),
    notification_groups: Type.Array(Type.Unsafe<NotificationGroup>(Type.Ref('NotificationGroup'))),
  },
  { $id: 'GroupedNotificationsResults' },
)
export type GroupedNotificationsResults = Static<typeof GroupedNotificationsResults>

const PolicyAnswer = Type.Union([Type.Literal('accept'), Type.Literal('filter'), Type.Literal('drop')])
export type PolicyAnswer = Static<typeof PolicyAnswer>
const summary = Type.Object({ pending_requests_count: Type.Integer(), pending_notifications_count: Type.Integer() })

export const NotificationPolicy = Type.Object(
  {
    for_not_following: PolicyAnswer,
    for_not_followers: PolicyAnswer,
    for_new_accounts: PolicyAnswer,
    for_private_mentions: PolicyAnswer,
    for_limited_accounts: PolicyAnswer,
    for_bots: PolicyAnswer,
    summary,
  },
  { $id: 'NotificationPolicy' },
)
export type NotificationPolicy = Static<typeof NotificationPolicy>

export const V1NotificationPolicy = Type.Object(
  {
    filter_not_following: Type.Boolean(),
    filter_not_followers: Type.Boolean(),
    filter_new_accounts: Type.Boolean(),
    filter_private_mentions: Type.Boolean(),
    filter_bots: Type.Boolean(),
    summary,
  },
  { $id: 'V1NotificationPolicy' },
)
export type V1NotificationPolicy = Static<typeof V1NotificationPolicy>

export const NotificationRequest = Type.Object(
  {
    id: Type.String(),
    created_at: Type.String(),
    updated_at: Type.String(),
    notifications_count: Type.String(),
    account,
    last_status: Type.Union([status, Type.Null()]),
  },
  { $id: 'NotificationRequest' },
)
export type NotificationRequest = Static<typeof NotificationRequest>
