import { Type, type Static } from 'typebox'
import { webhookEventNames } from './webhook-grammar.ts'

export const WebhookEventName = Type.Union(webhookEventNames.map((name) => Type.Literal(name)))

export const Webhook = Type.Object(
  {
    id: Type.String(),
    url: Type.String(),
    events: Type.Array(Type.String()),
    /** Signs what is sent: `X-Hub-Signature: sha256=…`, HMAC over the body. */
    secret: Type.String(),
    /** In place of the whole of it: text with `{{path}}` for values; null for none. */
    template: Type.Union([Type.String(), Type.Null()]),
    enabled: Type.Boolean(),
    /** Why it was switched off by itself. */
    problem: Type.Union([Type.String(), Type.Null()]),
    created_at: Type.String(),
    rotated_at: Type.String(),
    last: Type.Union([
      Type.Object({ state: Type.String(), created_at: Type.String(), waiting: Type.Integer() }),
      Type.Null(),
    ]),
  },
  { $id: 'Webhook' },
)
export type Webhook = Static<typeof Webhook>

export const WebhookDelivery = Type.Object(
  {
    id: Type.String(),
    event: Type.String(),
    state: Type.Union([
      Type.Literal('waiting'),
      Type.Literal('delivered'),
      Type.Literal('failed'),
      Type.Literal('dropped'),
    ]),
    attempts: Type.Integer(),
    status: Type.Union([Type.Integer(), Type.Null()]),
    problem: Type.Union([Type.String(), Type.Null()]),
    created_at: Type.String(),
    tried_at: Type.Union([Type.String(), Type.Null()]),
  },
  { $id: 'WebhookDelivery' },
)
export type WebhookDelivery = Static<typeof WebhookDelivery>
