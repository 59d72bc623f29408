import { Type } from 'typebox'

/** The cursors of a list of posts, and how many there are when nobody says (mastodon-limits: 20, at most 40). */
export const Paging = {
  limit: Type.Optional(Type.Integer()),
  max_id: Type.Optional(Type.String()),
  since_id: Type.Optional(Type.String()),
  min_id: Type.Optional(Type.String()),
}
export const USUAL = 20
