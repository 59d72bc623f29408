import { Type, type Static } from 'typebox'

const b = Type.Boolean()

export const Relationship = Type.Object(
  {
    id: Type.String(),
    following: b,
    showing_reblogs: b,
    notifying: b,
    languages: Type.Union([Type.Array(Type.String()), Type.Null()]),
    followed_by: b,
    blocking: b,
    blocked_by: b,
    muting: b,
    muting_notifications: b,
    muting_expires_at: Type.Union([Type.String(), Type.Null()]),
    requested: b,
    requested_by: b,
    domain_blocking: b,
    endorsed: b,
    note: Type.String(),
  },
  { $id: 'Relationship' },
)
export type Relationship = Static<typeof Relationship>
