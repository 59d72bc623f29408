import { Type, type Static } from 'typebox'

/** Ours alone: a role as those see it who hand it out. */
export const TeamRole = Type.Object(
  {
    id: Type.String(),
    /** Empty for the one that everybody has. */
    name: Type.String(),
    /** Nobody acts on a role as high as theirs, or higher. */
    position: Type.Integer(),
    /** Mastodon's names of what a role may allow. */
    permissions: Type.Array(Type.String()),
    /** `#rrggbb`, or empty. */
    color: Type.String(),
    /** Shown on the profiles of its holders. */
    highlighted: Type.Boolean(),
    require_2fa: Type.Boolean(),
    /** How much its holders may do; null is as much as anybody may. */
    posts_per_hour: Type.Union([Type.Integer(), Type.Null()]),
    open_invites: Type.Union([Type.Integer(), Type.Null()]),
    users_count: Type.Integer(),
    /** Comes with the server, and stays. */
    builtin: Type.Boolean(),
    /** Whether whoever asks may change it. */
    editable: Type.Boolean(),
  },
  { $id: 'TeamRole' },
)
export type TeamRole = Static<typeof TeamRole>
