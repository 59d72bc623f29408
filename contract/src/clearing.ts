import { Type, type Static } from 'typebox'

const few = Type.Union([Type.Integer({ minimum: 1, maximum: 1_000_000 }), Type.Null()])

/** Which old posts of a person are deleted by themselves, and which of them stay. */
export const Clearing = Type.Object({
  enabled: Type.Boolean(),
  /** A week to two years. */
  min_age_days: Type.Integer({ minimum: 7, maximum: 731 }),
  keep_direct: Type.Boolean(),
  keep_pinned: Type.Boolean(),
  keep_polls: Type.Boolean(),
  keep_media: Type.Boolean(),
  keep_self_favourite: Type.Boolean(),
  keep_self_bookmark: Type.Boolean(),
  /** With so many favourites or boosts a post stays; null: by these alone none does. */
  min_favourites: few,
  min_reblogs: few,
})
export type Clearing = Static<typeof Clearing>
