import { Type, type Static } from 'typebox'

/** Ours alone: a name that nobody, or nobody without a moderator's word, can sign up with. */
export const BlockedName = Type.Object(
  {
    id: Type.String(),
    pattern: Type.String(),
    comparison: Type.Union([Type.Literal('exact'), Type.Literal('contains')]),
    allow_with_approval: Type.Boolean(),
    created_at: Type.String(),
  },
  { $id: 'BlockedName' },
)
export type BlockedName = Static<typeof BlockedName>

/** A mail domain that is kept out, with how often somebody came with it (mastodon-api Part 2, Admin::EmailDomainBlock). */
export const AdminEmailDomainBlock = Type.Object(
  {
    id: Type.String(),
    domain: Type.String(),
    created_at: Type.String(),
    /** Seven days, today first; `day` is its midnight in seconds since 1970, all as text. */
    history: Type.Array(Type.Object({ day: Type.String(), accounts: Type.String(), uses: Type.String() })),
    allow_with_approval: Type.Boolean(),
  },
  { $id: 'AdminEmailDomainBlock' },
)
export type AdminEmailDomainBlock = Static<typeof AdminEmailDomainBlock>
