import { Type, type Static } from 'typebox'
import { Account } from './account.ts'
import { Rule } from './instance.ts'
import { AdminAccount } from './sign-up.ts'
import { Status } from './status.ts'

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])
const account = () => Type.Unsafe<Account>(Type.Ref('Account'))

/** A decision against somebody, as their apps read it (mastodon-api Part 2, AccountWarning). */
export const AccountWarning = Type.Object(
  {
    id: Type.String(),
    action: Type.Union([
      Type.Literal('none'),
      Type.Literal('disable'),
      Type.Literal('mark_statuses_as_sensitive'),
      Type.Literal('delete_statuses'),
      Type.Literal('sensitive'),
      Type.Literal('silence'),
      Type.Literal('suspend'),
    ]),
    text: Type.String(),
    status_ids: nullable(Type.Array(Type.String())),
    created_at: Type.String(),
    target_account: account(),
    appeal: nullable(
      Type.Object({
        text: Type.String(),
        state: Type.Union([Type.Literal('approved'), Type.Literal('rejected'), Type.Literal('pending')]),
      }),
    ),
  },
  { $id: 'AccountWarning' },
)
export type AccountWarning = Static<typeof AccountWarning>

/** What a reporter gets back, and what the team is told (mastodon-api Part 2, Report). */
export const Report = Type.Object(
  {
    id: Type.String(),
    action_taken: Type.Boolean(),
    action_taken_at: nullable(Type.String()),
    category: Type.String(),
    comment: Type.String(),
    forwarded: nullable(Type.Boolean()),
    created_at: Type.String(),
    status_ids: nullable(Type.Array(Type.String())),
    rule_ids: nullable(Type.Array(Type.String())),
    collection_ids: Type.Array(Type.String()),
    target_account: account(),
  },
  { $id: 'Report' },
)
export type Report = Static<typeof Report>

const adminAccount = () => Type.Unsafe<AdminAccount>(Type.Ref('AdminAccount'))

/** A report as the team's apps read it (mastodon-api Part 2, Admin::Report). */
export const AdminReport = Type.Object(
  {
    id: Type.String(),
    action_taken: Type.Boolean(),
    action_taken_at: nullable(Type.String()),
    category: Type.String(),
    comment: Type.String(),
    forwarded: Type.Boolean(),
    created_at: Type.String(),
    updated_at: Type.String(),
    account: adminAccount(),
    target_account: adminAccount(),
    assigned_account: nullable(adminAccount()),
    action_taken_by_account: nullable(adminAccount()),
    statuses: Type.Array(Type.Unsafe<Status>(Type.Ref('Status'))),
    rules: Type.Array(Type.Unsafe<Rule>(Type.Ref('Rule'))),
    collections: Type.Array(Type.Unknown()),
  },
  { $id: 'AdminReport' },
)
export type AdminReport = Static<typeof AdminReport>

/** A report as whoever filed it finds it again: what came of it, and nothing that is private. */
export const FiledReport = Type.Object(
  {
    id: Type.String(),
    target_account: account(),
    category: Type.String(),
    comment: Type.String(),
    posts: Type.Integer(),
    forwarded: Type.Boolean(),
    created_at: Type.String(),
    /** `waiting`, `none` (no rule is broken), `acted`, or `taken_back` when that was undone. */
    outcome: Type.String(),
    resolved_at: nullable(Type.String()),
  },
  { $id: 'FiledReport' },
)
export type FiledReport = Static<typeof FiledReport>

const Version = Type.Object({ html: Type.String(), warning: Type.String(), at: Type.String() })

/** A post as it was when it was reported, or one of those around it. */
export const Evidence = Type.Object(
  {
    id: Type.String(),
    place: Type.Union([Type.Literal('before'), Type.Literal('reported'), Type.Literal('after')]),
    account: account(),
    url: Type.String(),
    html: Type.String(),
    warning: Type.String(),
    visibility: Type.String(),
    language: nullable(Type.String()),
    at: Type.String(),
    edited_at: nullable(Type.String()),
    /** What it had said before, oldest first. */
    edits: Type.Array(Version),
    /** How it reads today, where it is another; null where it is the same or gone. */
    now: nullable(Version),
    is_gone: Type.Boolean(),
    media: Type.Array(
      Type.Object({
        id: Type.String(),
        type: Type.String(),
        description: nullable(Type.String()),
        blurhash: nullable(Type.String()),
        width: nullable(Type.Integer()),
        height: nullable(Type.Integer()),
      }),
    ),
  },
  { $id: 'Evidence' },
)
export type Evidence = Static<typeof Evidence>

/** Ours alone: one line of the queue: somebody who is reported, with all that waits about them. */
export const QueueItem = Type.Object(
  {
    target: account(),
    report_ids: Type.Array(Type.String()),
    /** The first few, and how many there are. */
    reporters: Type.Array(account()),
    reporters_count: Type.Integer(),
    category: Type.String(),
    /** The first rule that somebody says is broken. */
    rule: nullable(Type.String()),
    excerpt: Type.String(),
    since: Type.String(),
    /** How bad it looks, from 1 to 3, and by which plain rules: `legal`, `many`, `two`, `wave`, `rule`, `before`. */
    severity: Type.Integer(),
    because: Type.Array(Type.String()),
    assigned: nullable(account()),
  },
  { $id: 'QueueItem' },
)
export type QueueItem = Static<typeof QueueItem>

/** What belongs together: by a link, by words, by the server or the network of new accounts, or one account alone. */
export const QueueGroup = Type.Object(
  {
    key: Type.String(),
    kind: Type.String(),
    /** The host of a link or a server. */
    value: nullable(Type.String()),
    accounts: Type.Integer(),
    reports: Type.Integer(),
    since: Type.String(),
    /** The first few of it. */
    items: Type.Array(Type.Unsafe<QueueItem>(Type.Ref('QueueItem'))),
  },
  { $id: 'QueueGroup' },
)
export type QueueGroup = Static<typeof QueueGroup>

/** A decision about many at once, and how far it has come. */
export const Bulk = Type.Object(
  {
    id: Type.String(),
    decision: Type.String(),
    total: Type.Integer(),
    done: Type.Integer(),
    /** Somebody else had decided them before. */
    already: Type.Integer(),
    failed: Type.Array(Type.Object({ target: account(), why: Type.String() })),
    created_at: Type.String(),
    finished_at: nullable(Type.String()),
  },
  { $id: 'Bulk' },
)
export type Bulk = Static<typeof Bulk>

export const AppealItem = Type.Object(
  {
    id: Type.String(),
    text: Type.String(),
    created_at: Type.String(),
    target: account(),
    /** What it is against: the decision, its words, and by whom and when it was taken. */
    action: Type.String(),
    words: Type.String(),
    decided_at: Type.String(),
    by: nullable(account()),
  },
  { $id: 'AppealItem' },
)
export type AppealItem = Static<typeof AppealItem>

export const Queue = Type.Object(
  {
    groups: Type.Array(Type.Unsafe<QueueGroup>(Type.Ref('QueueGroup'))),
    /** Where the next page begins; null after the last. */
    next: nullable(Type.String()),
    open: Type.Integer(),
    mine: Type.Integer(),
    oldest: nullable(Type.String()),
    /** The newest report of this answer: what comes after it is not decided unseen. */
    until: Type.String(),
    views: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), query: Type.String() })),
    appeals: Type.Array(Type.Unsafe<AppealItem>(Type.Ref('AppealItem'))),
    /** How many people wait to be let in. */
    sign_ups: Type.Integer(),
  },
  { $id: 'Queue' },
)
export type Queue = Static<typeof Queue>

/** What can be decided, and of how many named posts. */
const Consequence = Type.Object({ decision: Type.String(), posts: Type.Integer() })

/** Ours alone: a report with all that a moderator needs to decide it. */
export const ReportCase = Type.Object(
  {
    id: Type.String(),
    target: account(),
    reporter: account(),
    category: Type.String(),
    comment: Type.String(),
    rules: Type.Array(Type.String()),
    created_at: Type.String(),
    resolved_at: nullable(Type.String()),
    evidence: Type.Array(Type.Unsafe<Evidence>(Type.Ref('Evidence'))),
    /** How many covered pictures this moderator has opened today. */
    revealed_today: Type.Integer(),
    others: Type.Integer(),
    /** Everybody who reported the account and waits, whoever filed this report among them. */
    reporters: Type.Array(account()),
    assigned: nullable(account()),
    outcome: nullable(Type.String()),
    forwarded: Type.Boolean(),
    facts: Type.Object({
      /** To the minute: of who came today, a day says nothing. */
      joined: Type.String(),
      followers: Type.Integer(),
      reports: Type.Integer(),
      upheld: Type.Integer(),
      blocked_by: Type.Integer(),
    }),
    /** For those who may manage people alone. */
    kin: nullable(Type.Object({ mail_domain: Type.String(), same_mail: Type.Integer(), same_network: Type.Integer() })),
    related: Type.Array(
      Type.Object({
        id: Type.String(),
        target: account(),
        reporter: account(),
        created_at: Type.String(),
        resolved_at: nullable(Type.String()),
      }),
    ),
    timeline: Type.Array(Type.Object({ at: Type.String(), action: Type.String(), by: nullable(account()) })),
    /** Colleagues who look at it just now. */
    looking: Type.Array(account()),
    next: nullable(Type.String()),
    previous: nullable(Type.String()),
    strikes: Type.Array(
      Type.Object({
        id: Type.String(),
        action: Type.String(),
        text: Type.String(),
        created_at: Type.String(),
        overruled_at: nullable(Type.String()),
      }),
    ),
    consequences: Type.Array(Consequence),
  },
  { $id: 'ReportCase' },
)
export type ReportCase = Static<typeof ReportCase>
