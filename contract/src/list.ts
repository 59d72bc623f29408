import { Type, type Static } from 'typebox'

/** Replies to whom a list shows beside its own people's threads: to anybody one follows, to its members, to nobody. */
export const RepliesPolicy = Type.Union([Type.Literal('followed'), Type.Literal('list'), Type.Literal('none')])
export type RepliesPolicy = Static<typeof RepliesPolicy>

export const List = Type.Object(
  {
    id: Type.String(),
    title: Type.String(),
    replies_policy: RepliesPolicy,
    /** True when its members are read here alone, and not in home. */
    exclusive: Type.Boolean(),
  },
  { $id: 'List' },
)
export type List = Static<typeof List>
