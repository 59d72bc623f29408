import { Type, type Static } from 'typebox'

/** A picture with a name that texts hold as `:name:` (mastodon-api Part 2, CustomEmoji). */
export const CustomEmoji = Type.Object(
  {
    shortcode: Type.String(),
    url: Type.String(),
    static_url: Type.String(),
    visible_in_picker: Type.Boolean(),
    category: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    featured: Type.Optional(Type.Boolean()),
  },
  { $id: 'CustomEmoji' },
)
export type CustomEmoji = Static<typeof CustomEmoji>

/** An emoji as the team sees it: ours, or one that another server sent along. */
export const TeamEmoji = Type.Object(
  {
    id: Type.String(),
    shortcode: Type.String(),
    url: Type.String(),
    static_url: Type.String(),
    /** Null for those of this server. */
    host: Type.Union([Type.String(), Type.Null()]),
    category: Type.Union([Type.String(), Type.Null()]),
    visible_in_picker: Type.Boolean(),
    disabled: Type.Boolean(),
    /** For one from elsewhere: whether this server has one of the same name. */
    is_here: Type.Boolean(),
    updated_at: Type.String(),
  },
  { $id: 'TeamEmoji' },
)
export type TeamEmoji = Static<typeof TeamEmoji>

export const EmojiAct = Type.Union([
  Type.Literal('enable'),
  Type.Literal('disable'),
  Type.Literal('list'),
  Type.Literal('unlist'),
  Type.Literal('sort'),
  Type.Literal('copy'),
  Type.Literal('delete'),
])
export type EmojiAct = Static<typeof EmojiAct>

/** What became of one emoji of many. */
export const EmojiOutcome = Type.Object({
  id: Type.String(),
  shortcode: Type.String(),
  /** Why nothing was done with it; null where something was. */
  problem: Type.Union([Type.String(), Type.Null()]),
})
export type EmojiOutcome = Static<typeof EmojiOutcome>

export const EmojiCategory = Type.Object({
  name: Type.Union([Type.String(), Type.Null()]),
  emojis: Type.Integer(),
})
export type EmojiCategory = Static<typeof EmojiCategory>

/** Pictures in an archive that become emoji of this server, and what became of each. */
export const EmojiPack = Type.Object(
  {
    id: Type.String(),
    file_name: Type.String(),
    state: Type.Union([Type.Literal('running'), Type.Literal('finished')]),
    total: Type.Integer(),
    done: Type.Integer(),
    added: Type.Integer(),
    created_at: Type.String(),
    /** The first of those that could not be taken, with the reason. */
    problems: Type.Array(Type.Object({ name: Type.String(), problem: Type.String() })),
  },
  { $id: 'EmojiPack' },
)
export type EmojiPack = Static<typeof EmojiPack>
