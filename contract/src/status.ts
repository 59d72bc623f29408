import { Type, type Static } from 'typebox'
import { Account } from './account.ts'
import { PreviewCard } from './card.ts'
import { CustomEmoji } from './emoji.ts'
import { FilterResult } from './filter.ts'
import { MediaAttachment } from './media.ts'
import { Poll } from './poll.ts'

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

/** Who may write in a thread: everybody, followers of whoever began it, people whom they follow or mention, nobody else, or whom they let in. */
export const ReplyPolicy = Type.Union([
  Type.Literal('everyone'),
  Type.Literal('followers'),
  Type.Literal('following'),
  Type.Literal('mentioned'),
  Type.Literal('nobody'),
  Type.Literal('approval'),
])
export type ReplyPolicy = Static<typeof ReplyPolicy>

/**
 * Why a post stands in home or in a list: one wrote it oneself; one follows its author, or who boosted it; a private
 * mention by somebody one follows; hashtags that one follows, as they are written; a list that its author is in.
 */
export const FeedReason = Type.Union([
  Type.Object({ kind: Type.Literal('own') }),
  Type.Object({
    kind: Type.Union([Type.Literal('followed'), Type.Literal('boosted_by'), Type.Literal('mentioned')]),
    account_id: Type.String(),
  }),
  Type.Object({ kind: Type.Literal('tag'), tags: Type.Array(Type.String()) }),
  Type.Object({ kind: Type.Literal('list'), list_id: Type.String(), title: Type.String() }),
])
export type FeedReason = Static<typeof FeedReason>

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
    emojis: Type.Array(Type.Unsafe<CustomEmoji>(Type.Ref('CustomEmoji'))),
    tagged_collections: Type.Array(Type.Unknown()),
    quote: Type.Union([
      Type.Unsafe<never>(Type.Ref('Quote')),
      Type.Unsafe<never>(Type.Ref('ShallowQuote')),
      Type.Null(),
    ]),
    card: nullable(Type.Unsafe<PreviewCard>(Type.Ref('PreviewCard'))),
    poll: nullable(Type.Unsafe<Poll>(Type.Ref('Poll'))),
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
    filtered: Type.Optional(Type.Array(Type.Unsafe<FilterResult>(Type.Ref('FilterResult')))),
    /** Ours alone. */
    hamlet: Type.Optional(
      Type.Object({
        /**
         * For the author: on how many of the servers that it was sent to a post has arrived, how many it is still on its
         * way to or tried again with, how many would not take it, and how many were silent until it was given up.
         */
        deliveries: Type.Optional(
          Type.Object({
            delivered: Type.Integer(),
            waiting: Type.Integer(),
            refused: Type.Integer(),
            silent: Type.Integer(),
            total: Type.Integer(),
          }),
        ),
        /** For the author: nobody else sees it, and it goes nowhere, before then. */
        held_until: Type.Optional(Type.String()),
        /** Its author brought it from an archive: where it was first. */
        imported: Type.Optional(Type.Object({ url: Type.String() })),
        /** For the author: nobody else sees it, and it goes nowhere, before a moderator has let it through. */
        review: Type.Optional(Type.Literal('waiting')),
        /** What a content rule of this server says of it. */
        label: Type.Optional(Type.String()),
        /** In home and lists: why it stands there. */
        reason: Type.Optional(FeedReason),
        /** In a thread with a rule: the rule, and whether the viewer may reply at once, when let in, or not. */
        reply: Type.Optional(
          Type.Object({
            policy: ReplyPolicy,
            right: Type.Union([Type.Literal('yes'), Type.Literal('ask'), Type.Literal('no')]),
          }),
        ),
        /** For its author and for whoever began the thread: why the reply does not stand in it. */
        set_aside: Type.Optional(
          Type.Union([Type.Literal('waiting'), Type.Literal('refused'), Type.Literal('removed')]),
        ),
      }),
    ),
  },
  { $id: 'Status' },
)
/** A status may hold others, which an inferred type cannot say of itself. */
export type Status = Omit<Static<typeof Status>, 'reblog' | 'quote'> & {
  reblog: Status | null
  quote: Quote | ShallowQuote | null
}

export const QuoteState = Type.Union([
  Type.Literal('pending'),
  Type.Literal('accepted'),
  Type.Literal('rejected'),
  Type.Literal('revoked'),
  Type.Literal('deleted'),
  Type.Literal('unauthorized'),
  Type.Literal('blocked_account'),
  Type.Literal('blocked_domain'),
  Type.Literal('muted_account'),
])
export type QuoteState = Static<typeof QuoteState>

/** A quote and what it quotes; the quoted post is there when accepted, or when the viewer may choose to see it. */
export const Quote = Type.Object(
  { state: QuoteState, quoted_status: nullable(Type.Unsafe<never>(Type.Ref('Status'))) },
  { $id: 'Quote' },
)
export type Quote = { state: QuoteState; quoted_status: Status | null }

/** A quote inside a quoted post: its id alone. */
export const ShallowQuote = Type.Object(
  { state: QuoteState, quoted_status_id: nullable(Type.String()) },
  { $id: 'ShallowQuote' },
)
export type ShallowQuote = Static<typeof ShallowQuote>

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
    emojis: Type.Array(Type.Unsafe<CustomEmoji>(Type.Ref('CustomEmoji'))),
    quote: nullable(Type.Unsafe<Quote>(Type.Ref('Quote'))),
    poll: Type.Optional(Type.Object({ options: Type.Array(Type.Object({ title: Type.String() })) })),
  },
  { $id: 'StatusEdit' },
)

/** What was learnt by asking other servers for a thread. */
const ThreadFetch = Type.Object({
  /** For `GET /api/v1_alpha/async_refreshes/:id`. */
  id: Type.String(),
  status: Type.Union([Type.Literal('running'), Type.Literal('finished')]),
  /** Posts that came. */
  found: Type.Integer(),
  /** Replies to the post that its own server names; null where it does not say. */
  expected: nullable(Type.Integer()),
  /** Servers that were asked and did not answer. */
  silent_hosts: Type.Array(Type.String()),
})
export type ThreadFetch = Static<typeof ThreadFetch>

export const Context = Type.Object(
  {
    ancestors: Type.Array(Type.Unsafe<Status>(Type.Ref('Status'))),
    descendants: Type.Array(Type.Unsafe<Status>(Type.Ref('Status'))),
    /** An addition of ours: what the post's own server says, where it has been asked. */
    hamlet: Type.Optional(
      Type.Object({
        thread_fetch: Type.Optional(ThreadFetch),
        /** Replies that whoever began the thread keeps out of it. */
        set_aside: Type.Optional(Type.Integer()),
      }),
    ),
  },
  { $id: 'Context' },
)
export type Context = Static<typeof Context>

/** Work behind an answer that is not done yet (mastodon-api, async refresh). */
export const AsyncRefresh = Type.Object(
  {
    async_refresh: Type.Object({
      id: Type.String(),
      status: Type.Union([Type.Literal('running'), Type.Literal('finished')]),
      result_count: nullable(Type.Integer()),
    }),
    hamlet: Type.Object({ thread_fetch: ThreadFetch }),
  },
  { $id: 'AsyncRefresh' },
)
export type AsyncRefresh = Static<typeof AsyncRefresh>
