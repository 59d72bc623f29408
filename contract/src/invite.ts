import { Type, type Static } from 'typebox'

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

/** Ours alone: an invitation to this server that a member made. */
export const Invite = Type.Object(
  {
    id: Type.String(),
    code: Type.String(),
    /** What is handed on. */
    url: Type.String(),
    max_uses: orNull(Type.Integer()),
    uses: Type.Integer(),
    expires_at: orNull(Type.String()),
    /** Whether whoever comes by it follows the one who made it. */
    autofollow: Type.Boolean(),
    comment: Type.String(),
    /** Whether it still lets somebody in. */
    active: Type.Boolean(),
    created_at: Type.String(),
    username: Type.String(),
  },
  { $id: 'Invite' },
)
export type Invite = Static<typeof Invite>
