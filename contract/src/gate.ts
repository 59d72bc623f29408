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

/** An address or a network that is kept out (mastodon-api Part 2, Admin::IpBlock). */
export const AdminIpBlock = Type.Object(
  {
    id: Type.String(),
    /** With its length: `192.0.2.0/24`. */
    ip: Type.String(),
    severity: Type.Union([
      Type.Literal('sign_up_requires_approval'),
      Type.Literal('sign_up_block'),
      Type.Literal('no_access'),
    ]),
    comment: Type.String(),
    created_at: Type.String(),
    expires_at: Type.Union([Type.String(), Type.Null()]),
  },
  { $id: 'AdminIpBlock' },
)
export type AdminIpBlock = Static<typeof AdminIpBlock>

/** A mailbox that is kept out (mastodon-api Part 2, Admin::CanonicalEmailBlock). */
export const AdminCanonicalEmailBlock = Type.Object(
  { id: Type.String(), canonical_email_hash: Type.String() },
  { $id: 'AdminCanonicalEmailBlock' },
)
export type AdminCanonicalEmailBlock = Static<typeof AdminCanonicalEmailBlock>
