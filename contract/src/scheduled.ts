import { Type, type Static } from 'typebox'
import { DraftPoll } from './draft.ts'
import { MediaAttachment } from './media.ts'
import { QuotePolicy, Visibility } from './status.ts'

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

/** A post that waits for its hour, with what it was asked to be (mastodon-api Part 2, ScheduledStatus). */
export const ScheduledStatus = Type.Object(
  {
    id: Type.String(),
    scheduled_at: Type.String(),
    params: Type.Object({
      text: Type.String(),
      media_ids: nullable(Type.Array(Type.String())),
      sensitive: nullable(Type.Boolean()),
      spoiler_text: nullable(Type.String()),
      visibility: Visibility,
      language: nullable(Type.String()),
      scheduled_at: Type.Null(),
      poll: nullable(DraftPoll),
      idempotency: Type.Null(),
      with_rate_limit: Type.Boolean(),
      application_id: Type.Integer(),
      in_reply_to_id: nullable(Type.String()),
      quoted_status_id: nullable(Type.String()),
      quote_approval_policy: nullable(QuotePolicy),
      allowed_mentions: nullable(Type.Array(Type.String())),
    }),
    media_attachments: Type.Array(Type.Unsafe<MediaAttachment>(Type.Ref('MediaAttachment'))),
  },
  { $id: 'ScheduledStatus' },
)
export type ScheduledStatus = Static<typeof ScheduledStatus>
