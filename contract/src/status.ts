import { Type, type Static } from 'typebox'
import { Account } from './account.ts'
import { MediaAttachment } from './media.ts'

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

export const StatusMention = Type.Object({
  id: Type.String(),
  username: Type.String(),
  url: Type.String(),
  acct: Type.String(),
})
export const StatusTag = Type.Object({ name: Type.String(), url: Type.String() })

export const Visibility = Type.Union([
  Type.Literal('public'),
  Type.Literal('unlisted'),
  Type.Literal('private'),
  Type.Literal('direct'),
])
export type Visibility = Static<typeof Visibility>

export const QuotePolicy = Type.Union([Type.Literal('public'), Type.Literal('followers'), Type.Literal('nobody')])
export type QuotePolicy = Static<typeof QuotePolicy>

export const Status = Type.Object(
  {
    id: Type.String(),
    created_at: Type.String(),
    edited_at: nullable(Type.String()),
    in_reply_to_id: nullable(Type.String()),
    in_reply_to_account_id: nullable(Type.String()),
    sensitive: Type.Boolean(),
    spoiler_text: Type.String(),
    visibility: Visibility,
    language: nullable(Type.String()),
    uri: Type.String(),
    url: nullable(Type.String()),
    replies_count: Type.Integer(),
    reblogs_count: Type.Integer(),
    favourites_count: Type.Integer(),
    quotes_count: Type.Integer(),
    content: Type.Optional(Type.String()),
    text: Type.Optional(Type.String()),
    reblog: Type.Union([Type.Unsafe<never>(Type.Ref('Status')), Type.Null()]),
    application: Type.Optional(nullable(Type.Object({ name: Type.String(), website: nullable(Type.String()) }))),
    account: Type.Unsafe<Account>(Type.Ref('Account')),
    media_attachments: Type.Array(Type.Unsafe<MediaAttachment>(Type.Ref('MediaAttachment'))),
    mentions: Type.Array(StatusMention),
    tags: Type.Array(StatusTag),
    emojis: Type.Array(Type.Unknown()),
    tagged_collections: Type.Array(Type.Unknown()),
    quote: Type.Null(),
    card: Type.Null(),
    poll: Type.Null(),
    quote_approval: Type.Object({
      automatic: Type.Array(Type.String()),
      manual: Type.Array(Type.String()),
      current_user: Type.String(),
    }),
    favourited: Type.Optional(Type.Boolean()),
    reblogged: Type.Optional(Type.Boolean()),
    muted: Type.Optional(Type.Boolean()),
    bookmarked: Type.Optional(Type.Boolean()),
    pinned: Type.Optional(Type.Boolean()),
    filtered: Type.Optional(Type.Array(Type.Unknown())),
    /** Ours alone: for the author, on how many of the servers that it was sent to a post has arrived. */
    hamlet: Type.Optional(
      Type.Object({ deliveries: Type.Object({ delivered: Type.Integer(), total: Type.Integer() }) }),
    ),
  },
  { $id: 'Status' },
)
/** A status may hold another, which an inferred type cannot say of itself. */
export type Status = Omit<Static<typeof Status>, 'reblog'> & { reblog: Status | null }

export const StatusSource = Type.Object(
  { id: Type.String(), text: Type.String(), spoiler_text: Type.String() },
  { $id: 'StatusSource' },
)

export const StatusEdit = Type.Object(
  {
    content: Type.String(),
    spoiler_text: Type.String(),
    sensitive: Type.Boolean(),
    created_at: Type.String(),
    account: Type.Unsafe<Account>(Type.Ref('Account')),
    media_attachments: Type.Array(Type.Unsafe<MediaAttachment>(Type.Ref('MediaAttachment'))),
    emojis: Type.Array(Type.Unknown()),
  },
  { $id: 'StatusEdit' },
)

export const Context = Type.Object(
  {
    ancestors: Type.Array(Type.Unsafe<Status>(Type.Ref('Status'))),
    descendants: Type.Array(Type.Unsafe<Status>(Type.Ref('Status'))),
  },
  { $id: 'Context' },
)
export type Context = Static<typeof Context>
