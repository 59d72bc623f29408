import { Type, type Static } from 'typebox'

/** Ties that somebody lost at once (mastodon-api Part 2, RelationshipSeveranceEvent). */
export const RelationshipSeveranceEvent = Type.Object(
  {
    id: Type.String(),
    type: Type.Union([
      Type.Literal('domain_block'),
      Type.Literal('user_domain_block'),
      Type.Literal('account_suspension'),
    ]),
    purged: Type.Boolean(),
    target_name: Type.String(),
    followers_count: Type.Integer(),
    following_count: Type.Integer(),
    created_at: Type.String(),
    /** Ours alone: when ties were given back, and how many. */
    hamlet: Type.Object({ undone_at: Type.Union([Type.String(), Type.Null()]), restored: Type.Integer() }),
  },
  { $id: 'RelationshipSeveranceEvent' },
)
export type RelationshipSeveranceEvent = Static<typeof RelationshipSeveranceEvent>
