import { Type, type Static } from 'typebox'

/** Ours alone: what a decision of the team would do, in numbers, before it is taken. */
export const MeasureEffect = Type.Object(
  {
    decision: Type.String(),
    /** Posts that are removed or covered; of a suspension all that go out of sight. */
    posts: Type.Integer(),
    /** People of this server who follow the account, and whom it follows: follows that end. */
    followers: Type.Integer(),
    following: Type.Integer(),
    /** Other servers that are told. */
    servers: Type.Integer(),
    /** Whether the person is told by mail. */
    mailed: Type.Boolean(),
    /** The account is treated so already: only the end and the words change. */
    in_force: Type.Boolean(),
  },
  { $id: 'MeasureEffect' },
)
export type MeasureEffect = Static<typeof MeasureEffect>
