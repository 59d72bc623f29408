import { Type, type Static } from 'typebox'
import type { Account } from './account.ts'
import { RuleEffect, RuleWording } from './rule-grammar.ts'
import type { Status } from './status.ts'

/** Ours alone: a rule of the team over what people write, with how often it was met. */
export const ContentRule = Type.Object(
  {
    id: Type.String(),
    ...RuleWording.properties,
    enabled: Type.Boolean(),
    version: Type.Integer(),
    position: Type.Integer(),
    /** The rule in one sentence, in the reader's language. */
    sentence: Type.String(),
    hits_week: Type.Integer(),
    hits: Type.Integer(),
    created_at: Type.String(),
    updated_at: Type.String(),
  },
  { $id: 'ContentRule' },
)
export type ContentRule = Static<typeof ContentRule>

const person = Type.Union([Type.Unsafe<Account>(Type.Ref('Account')), Type.Null()])

/** What a rule did to one post. Nothing is shown of the words of one that is not public. */
export const RuleHit = Type.Object(
  {
    id: Type.String(),
    rule_version: Type.Integer(),
    account: person,
    status_id: Type.Union([Type.String(), Type.Null()]),
    uri: Type.Union([Type.String(), Type.Null()]),
    visibility: Type.String(),
    excerpt: Type.String(),
    effects: Type.Array(RuleEffect),
    created_at: Type.String(),
    undone_at: Type.Union([Type.String(), Type.Null()]),
  },
  { $id: 'RuleHit' },
)
export type RuleHit = Static<typeof RuleHit>

/** A post that waits for a moderator. `status` is null where its words are not for the team. */
export const HeldPost = Type.Object(
  {
    id: Type.String(),
    reason: Type.Union([Type.Literal('rule'), Type.Literal('first_posts')]),
    rule: Type.Union([Type.Object({ id: Type.String(), title: Type.String() }), Type.Null()]),
    account: person,
    status: Type.Union([Type.Unsafe<Status>(Type.Ref('Status')), Type.Null()]),
    visibility: Type.String(),
    created_at: Type.String(),
  },
  { $id: 'HeldPost' },
)
export type HeldPost = Static<typeof HeldPost>

/** What became of a post of one's own that waited. `excerpt` holds the words of one that was not let through. */
export const PostReview = Type.Object(
  {
    id: Type.String(),
    status_id: Type.String(),
    reason: Type.Union([Type.Literal('rule'), Type.Literal('first_posts')]),
    decision: Type.Union([Type.Literal('waiting'), Type.Literal('approved'), Type.Literal('rejected')]),
    decided_at: Type.Union([Type.String(), Type.Null()]),
    excerpt: Type.String(),
    created_at: Type.String(),
  },
  { $id: 'PostReview' },
)
export type PostReview = Static<typeof PostReview>

/** One post that a rule would have met, with what speaks for its author: the more, the likelier the mistake. */
export const TrialHit = Type.Object({
  status_id: Type.String(),
  account: person,
  excerpt: Type.String(),
  created_at: Type.String(),
  /** Why it may be a mistake. */
  signs: Type.Array(
    Type.Union([
      Type.Literal('team'),
      Type.Literal('old_account'),
      Type.Literal('followed_here'),
      Type.Literal('liked'),
      Type.Literal('never_reported'),
    ]),
  ),
  looks_innocent: Type.Boolean(),
})
export type TrialHit = Static<typeof TrialHit>

/** A rule tried over what was posted already. Nothing is changed by it. */
export const RuleTrial = Type.Object(
  {
    id: Type.String(),
    state: Type.Union([Type.Literal('running'), Type.Literal('done'), Type.Literal('failed')]),
    /** So many posts are to be looked at, and so many were. */
    total: Type.Integer(),
    examined: Type.Integer(),
    hits: Type.Integer(),
    innocent: Type.Integer(),
    /** By authors who were reported, limited or suspended anyway. */
    reported: Type.Integer(),
    authors: Type.Integer(),
    servers: Type.Array(Type.Object({ host: Type.String(), hits: Type.Integer() })),
    /** Hits by stretch of time from the oldest post that was looked at to the newest. */
    spread: Type.Array(Type.Integer()),
    since: Type.Union([Type.String(), Type.Null()]),
    /** The likeliest mistakes first. */
    examples: Type.Array(TrialHit),
  },
  { $id: 'RuleTrial' },
)
export type RuleTrial = Static<typeof RuleTrial>
