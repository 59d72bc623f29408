import { Type, type Static } from 'typebox'

export const policySeverities = ['noop', 'silence', 'suspend'] as const
export type PolicySeverity = (typeof policySeverities)[number]
const severity = Type.Unsafe<PolicySeverity>(Type.Union(policySeverities.map((word) => Type.Literal(word))))

/** How another server is treated here, as the team sees it (mastodon-api Part 2, Admin::DomainBlock). */
export const AdminDomainBlock = Type.Object(
  {
    id: Type.String(),
    domain: Type.String(),
    /** SHA-256 of the name, in hex. */
    digest: Type.String(),
    created_at: Type.String(),
    severity,
    reject_media: Type.Boolean(),
    reject_reports: Type.Boolean(),
    private_comment: Type.Union([Type.String(), Type.Null()]),
    public_comment: Type.Union([Type.String(), Type.Null()]),
    obfuscate: Type.Boolean(),
    /** Ours alone: when it ends by itself. */
    hamlet: Type.Object({ expires_at: Type.Union([Type.String(), Type.Null()]) }),
  },
  { $id: 'AdminDomainBlock' },
)
export type AdminDomainBlock = Static<typeof AdminDomainBlock>

/** A server that is let in where others are not. */
export const AdminDomainAllow = Type.Object(
  { id: Type.String(), domain: Type.String(), created_at: Type.String() },
  { $id: 'AdminDomainAllow' },
)
export type AdminDomainAllow = Static<typeof AdminDomainAllow>
