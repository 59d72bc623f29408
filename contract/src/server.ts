import { Type, type Static } from 'typebox'
import type { Account } from './account.ts'

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

const orNull = (type: ReturnType<typeof Type.String>) => Type.Union([type, Type.Null()])

/** A server in the team's list. Ours alone. */
export const ServerItem = Type.Object(
  {
    host: Type.String(),
    first_seen_at: orNull(Type.String()),
    /** The policy that bears its name, or the one of the name that it lies under. */
    policy: Type.Union([Type.Unsafe<AdminDomainBlock>(Type.Ref('AdminDomainBlock')), Type.Null()]),
    is_allowed: Type.Boolean(),
    people: Type.Integer(),
    /** Follows of people here, and of people there. */
    following: Type.Integer(),
    followers: Type.Integer(),
    /** Reports about its people that nobody has decided. */
    reports: Type.Integer(),
    /** How many lists that the team reads name it. */
    lists: Type.Integer(),
    delivery: Type.Object({
      state: Type.Unsafe<'ok' | 'failing' | 'silent'>(
        Type.Union(['ok', 'failing', 'silent'].map((one) => Type.Literal(one))),
      ),
      waiting: Type.Integer(),
      last_success_at: orNull(Type.String()),
    }),
  },
  { $id: 'ServerItem' },
)
export type ServerItem = Static<typeof ServerItem>

export const ServerPage = Type.Object({
  servers: Type.Array(Type.Unsafe<ServerItem>(Type.Ref('ServerItem'))),
  /** After which name to go on; null at the end. */
  next: orNull(Type.String()),
  is_limited: Type.Boolean(),
})
export type ServerPage = Static<typeof ServerPage>

const Named = Type.Object({
  account: Type.Unsafe<Account>(Type.Ref('Account')),
  following: Type.Integer(),
  followers: Type.Integer(),
})

/** Everything about one server that is needed to decide how to treat it. Ours alone. */
export const ServerCase = Type.Object(
  {
    server: Type.Unsafe<ServerItem>(Type.Ref('ServerItem')),
    /** What shutting it out would cut: people here who would lose somebody, those who lose most by name. */
    ties: Type.Object({
      following: Type.Integer(),
      followers: Type.Integer(),
      people: Type.Integer(),
      named: Type.Array(Named),
    }),
    notes: Type.Array(
      Type.Object({ id: Type.String(), author: orNull(Type.String()), text: Type.String(), created_at: Type.String() }),
    ),
    opinions: Type.Array(Type.Object({ list: Type.String(), severity: Type.String(), reason: Type.String() })),
    purge: Type.Union([
      Type.Object({ total: Type.Integer(), gone: Type.Integer(), finished_at: orNull(Type.String()) }),
      Type.Null(),
    ]),
    may_purge: Type.Boolean(),
  },
  { $id: 'ServerCase' },
)
export type ServerCase = Static<typeof ServerCase>

const Count = Type.Integer()

/** A list of servers that the team reads. Ours alone. */
export const DomainList = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    url: orNull(Type.String()),
    imported_at: orNull(Type.String()),
    /** Why it could not be fetched last. */
    problem: orNull(Type.String()),
    entries: Count,
    /** What it asks for and nobody has decided. */
    open: Type.Object({ new: Count, stricter: Count, milder: Count, gone: Count }),
  },
  { $id: 'DomainList' },
)
export type DomainList = Static<typeof DomainList>

export const draftChanges = ['new', 'stricter', 'milder', 'gone'] as const
export type DraftChange = (typeof draftChanges)[number]

/** A change that a list asks for. Ours alone. */
export const DomainDraft = Type.Object(
  {
    id: Type.String(),
    host: Type.String(),
    change: Type.Unsafe<DraftChange>(Type.Union(draftChanges.map((word) => Type.Literal(word)))),
    severity,
    reject_media: Type.Boolean(),
    reject_reports: Type.Boolean(),
    reason: Type.String(),
    today: Type.Union([severity, Type.Null()]),
    /** How many lists name it. */
    lists: Count,
    /** Follows between people here and there. */
    follows: Count,
    /** True for what is never accepted together with others. */
    is_protected: Type.Boolean(),
  },
  { $id: 'DomainDraft' },
)
export type DomainDraft = Static<typeof DomainDraft>

/** What an import found. */
export const ImportOutcome = Type.Object({
  id: Type.String(),
  drafts: Count,
  same: Count,
  pinned: Count,
  unread: Count,
})
export type ImportOutcome = Static<typeof ImportOutcome>

/** A relay: through it public posts of many servers come and go. Ours alone. */
export const Relay = Type.Object(
  {
    id: Type.String(),
    url: Type.String(),
    state: Type.Unsafe<'idle' | 'pending' | 'accepted' | 'rejected'>(
      Type.Union(['idle', 'pending', 'accepted', 'rejected'].map((word) => Type.Literal(word))),
    ),
    problem: orNull(Type.String()),
    created_at: Type.String(),
    last_heard_at: orNull(Type.String()),
  },
  { $id: 'Relay' },
)
export type Relay = Static<typeof Relay>
