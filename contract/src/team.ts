import { Type, type Static } from 'typebox'
import { Account } from './account.ts'
import { AdminAccount } from './sign-up.ts'

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])
const account = () => Type.Unsafe<Account>(Type.Ref('Account'))

/** Ours alone: words that moderators use again and again. */
export const WarningPreset = Type.Object(
  { id: Type.String(), title: Type.String(), text: Type.String() },
  { $id: 'WarningPreset' },
)
export type WarningPreset = Static<typeof WarningPreset>

/** Ours alone: what the team wrote down for itself. */
export const TeamNote = Type.Object(
  {
    id: Type.String(),
    /** Null when whoever wrote it is gone. */
    author: nullable(account()),
    text: Type.String(),
    created_at: Type.String(),
    /** Whether whoever asks wrote it. */
    own: Type.Boolean(),
  },
  { $id: 'TeamNote' },
)
export type TeamNote = Static<typeof TeamNote>

/** Ours alone: a decision against somebody, as the team reads it. */
export const TeamStrike = Type.Object(
  {
    id: Type.String(),
    action: Type.String(),
    text: Type.String(),
    created_at: Type.String(),
    ends_at: nullable(Type.String()),
    /** `in_force`, `over`, `undone`, or `done` for what does not last. */
    state: Type.String(),
    moderator: nullable(account()),
    report_id: nullable(Type.String()),
    posts: Type.Integer(),
    automated: Type.Boolean(),
    appealed: Type.Boolean(),
    /** Whether it can still be taken back with one press. */
    undoable: Type.Boolean(),
  },
  { $id: 'TeamStrike' },
)
export type TeamStrike = Static<typeof TeamStrike>

/** Ours alone: a suspension that waits for a second moderator. */
export const SuspensionProposal = Type.Object(
  {
    id: Type.String(),
    target: account(),
    proposer: nullable(account()),
    text: Type.String(),
    ends_in: nullable(Type.Integer()),
    report_id: nullable(Type.String()),
    created_at: Type.String(),
    expires_at: Type.String(),
    /** Whether whoever asks proposed it: then somebody else confirms. */
    own: Type.Boolean(),
  },
  { $id: 'SuspensionProposal' },
)
export type SuspensionProposal = Static<typeof SuspensionProposal>

/** Ours alone: a browser that somebody is signed in with. */
const TeamSession = Type.Object({
  id: Type.String(),
  user_agent: Type.String(),
  ip: nullable(Type.String()),
  created_at: Type.String(),
  last_seen_at: Type.String(),
})

/** Ours alone: everything that a moderator needs to know of somebody. */
export const TeamAccount = Type.Object(
  {
    admin: Type.Unsafe<AdminAccount>(Type.Ref('AdminAccount')),
    strikes: Type.Array(Type.Unsafe<TeamStrike>(Type.Ref('TeamStrike'))),
    notes: Type.Array(Type.Unsafe<TeamNote>(Type.Ref('TeamNote'))),
    /** Reports about the account, and those that it filed. */
    reports: Type.Object({ about: Type.Integer(), open: Type.Integer(), filed: Type.Integer() }),
    /** Null unless whoever asks may manage how people get in. */
    sessions: nullable(Type.Array(TeamSession)),
    proposal: nullable(Type.Unsafe<SuspensionProposal>(Type.Ref('SuspensionProposal'))),
    /** What can be done about this account by whoever asks; nothing where their role is not higher. */
    decisions: Type.Array(Type.String()),
    /** Whether whoever asks may delete everything of it, for good. */
    deletable: Type.Boolean(),
  },
  { $id: 'TeamAccount' },
)
export type TeamAccount = Static<typeof TeamAccount>

/** Ours alone: a line of the log of the team. */
export const LogEntry = Type.Object(
  {
    id: Type.String(),
    action: Type.String(),
    target_type: Type.String(),
    target_id: nullable(Type.String()),
    target_label: Type.String(),
    created_at: Type.String(),
    /** Null for the server itself, and for who is gone. */
    actor: nullable(account()),
    details: Type.Record(Type.String(), Type.Unknown()),
  },
  { $id: 'LogEntry' },
)
export type LogEntry = Static<typeof LogEntry>

/** Ours alone: how this team works together. */
export const TeamWays = Type.Object({ suspend_by_two: Type.Boolean(), public_log: Type.Boolean() }, { $id: 'TeamWays' })
export type TeamWays = Static<typeof TeamWays>
