import { Type, type Static } from 'typebox'
import { CustomEmoji } from './emoji.ts'

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

/** The question that a post asks (mastodon-api Part 2, Poll). `votes_count` of an option is null while totals are hidden. */
export const Poll = Type.Object(
  {
    id: Type.String(),
    expires_at: nullable(Type.String()),
    expired: Type.Boolean(),
    multiple: Type.Boolean(),
    votes_count: Type.Integer(),
    voters_count: nullable(Type.Integer()),
    options: Type.Array(Type.Object({ title: Type.String(), votes_count: nullable(Type.Integer()) })),
    emojis: Type.Array(Type.Unsafe<CustomEmoji>(Type.Ref('CustomEmoji'))),
    voted: Type.Optional(Type.Boolean()),
    own_votes: Type.Optional(Type.Array(Type.Integer())),
  },
  { $id: 'Poll' },
)
export type Poll = Static<typeof Poll>
