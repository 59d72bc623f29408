import { Type, type Static } from 'typebox'
import { MediaAttachment } from './media.ts'
import { QuotePolicy, ReplyPolicy, Visibility } from './status.ts'

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

/** Most posts of one thread, in a draft and when they are published together. */
export const MOST_PARTS = 20

/** A poll as it is asked for, before it is one. */
export const DraftPoll = Type.Object({
  options: Type.Array(Type.String()),
  expires_in: Type.Integer(),
  multiple: Type.Boolean(),
  hide_totals: Type.Boolean(),
})
export type DraftPoll = Static<typeof DraftPoll>

/** One post of what is being written; most drafts have one. */
export const DraftPart = Type.Object({
  text: Type.String(),
  spoiler_text: Type.String(),
  sensitive: Type.Boolean(),
  poll: nullable(DraftPoll),
  media_attachments: Type.Array(Type.Unsafe<MediaAttachment>(Type.Ref('MediaAttachment'))),
})
export type DraftPart = Static<typeof DraftPart>

/** What is being written and not sent. A change names the version that it changes; what is null is the person's usual. */
export const Draft = Type.Object(
  {
    id: Type.String(),
    version: Type.Integer(),
    created_at: Type.String(),
    updated_at: Type.String(),
    visibility: nullable(Visibility),
    quote_approval_policy: nullable(QuotePolicy),
    reply_policy: nullable(ReplyPolicy),
    language: nullable(Type.String()),
    in_reply_to_id: nullable(Type.String()),
    quoted_status_id: nullable(Type.String()),
    parts: Type.Array(DraftPart),
  },
  { $id: 'Draft' },
)
export type Draft = Static<typeof Draft>
