import { Type, type Static } from 'typebox'

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

/** How somebody stands who moves between accounts, as our own pages show it to them. */
export const Moves = Type.Object({
  /** Accounts that they say they are too. */
  aliases: Type.Array(Type.Object({ uri: Type.String(), acct: Type.String() })),
  moved_to: nullable(Type.String()),
  /** When they may move again; null when they may now. */
  next_move_at: nullable(Type.String()),
  followers_count: Type.Integer(),
})
export type Moves = Static<typeof Moves>
