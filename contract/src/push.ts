import { Type, type Static } from 'typebox'

/** Everything that can be pushed: Mastodon's types of notification (mastodon-features 4, Types). */
export const alertTypes = [
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
  'severed_relationships',
  'moderation_warning',
  'annual_report',
  'added_to_collection',
  'collection_update',
  'admin.sign_up',
  'admin.report',
] as const
export type AlertType = (typeof alertTypes)[number]
export type Alerts = Record<AlertType, boolean>

/** Whose acts are pushed: everybody's, those of people one follows, those of one's followers, nobody's. */
export const pushPolicies = ['all', 'followed', 'follower', 'none'] as const
export type PushPolicy = (typeof pushPolicies)[number]

export const WebPushSubscription = Type.Object(
  {
    id: Type.Integer(),
    endpoint: Type.String(),
    standard: Type.Boolean(),
    alerts: Type.Unsafe<Alerts>(
      Type.Object(Object.fromEntries(alertTypes.map((type) => [type, Type.Boolean()] as const))),
    ),
    server_key: Type.String(),
    policy: Type.Unsafe<PushPolicy>(Type.Union(pushPolicies.map((policy) => Type.Literal(policy)))),
  },
  { $id: 'WebPushSubscription' },
)
export type WebPushSubscription = Static<typeof WebPushSubscription>

/**
 * What a push holds (mastodon-api 1.12). Apps find their account by the token; our own pages, which have none, are told
 * under `hamlet` what to open and what can be answered at once.
 */
export type PushPayload = {
  access_token: string
  preferred_locale: string
  notification_id: number
  notification_type: string
  icon: string
  title: string
  body: string
  hamlet?: {
    url: string
    tag: string
    account_id: string
    status_id?: string
    actions: { action: 'favourite' | 'reply'; title: string }[]
  }
}
