import { Type, type Static } from 'typebox'

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

/** Ours alone: a decision against somebody, as they read it themselves; never who decided or who reported. */
export const OwnStrike = Type.Object(
  {
    id: Type.String(),
    /** `warn`, `mark`, `delete`, `sensitive`, `limit`, `freeze` or `suspend`. */
    action: Type.String(),
    text: Type.String(),
    created_at: Type.String(),
    ends_at: nullable(Type.String()),
    /** `in_force`, `over` (ended, or taken off) or `undone`; what does not last is `done`. */
    state: Type.String(),
    /** Whether somebody reported it; otherwise the team came upon it themselves. */
    reported: Type.Boolean(),
    automated: Type.Boolean(),
    rules: Type.Array(Type.String()),
    posts: Type.Array(Type.Object({ id: Type.String(), text: Type.String() })),
    /** Until when it can be appealed; null when it cannot, or was. */
    appeal_until: nullable(Type.String()),
    appeal: nullable(
      Type.Object({
        text: Type.String(),
        created_at: Type.String(),
        decided_at: nullable(Type.String()),
        approved: nullable(Type.Boolean()),
      }),
    ),
  },
  { $id: 'OwnStrike' },
)
export type OwnStrike = Static<typeof OwnStrike>

/** Ours alone: what somebody reported, and what came of it. */
export const OwnReport = Type.Object(
  {
    id: Type.String(),
    acct: Type.String(),
    category: Type.String(),
    comment: Type.String(),
    created_at: Type.String(),
    resolved_at: nullable(Type.String()),
    /** `acted` or `none`; null while it is open. */
    outcome: nullable(Type.String()),
  },
  { $id: 'OwnReport' },
)
export type OwnReport = Static<typeof OwnReport>

/** Ours alone: how an account stands with the team of its server. */
export const Standing = Type.Object(
  {
    /** Whether the account can be used: `free`, `frozen` or `suspended`. */
    access: Type.String(),
    strikes: Type.Array(Type.Unsafe<OwnStrike>(Type.Ref('OwnStrike'))),
    reports: Type.Array(Type.Unsafe<OwnReport>(Type.Ref('OwnReport'))),
  },
  { $id: 'Standing' },
)
export type Standing = Static<typeof Standing>
