import { Type, type Static } from 'typebox'

export const NotifiedPerson = Type.Object({
  id: Type.String(),
  acct: Type.String(),
  username: Type.String(),
  display_name: Type.String(),
})
export type NotifiedPerson = Static<typeof NotifiedPerson>

/** Whom a post would reach if it were written now. */
export const AudiencePreview = Type.Object(
  {
    /** People who follow the author and would have it in their home; 0 where it is for named people only. */
    followers: Type.Integer(),
    /** Other servers that it would be sent to. */
    servers: Type.Integer(),
    /** People whom its text names. */
    notified: Type.Array(NotifiedPerson),
    /** Handles in its text of whom this server does not know yet, as they are written. */
    unknown: Type.Array(Type.String()),
  },
  { $id: 'AudiencePreview' },
)
export type AudiencePreview = Static<typeof AudiencePreview>
