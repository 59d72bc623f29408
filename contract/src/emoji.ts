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
