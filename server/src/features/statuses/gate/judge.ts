import { findAccount } from '#features/accounts'
import {
  judgePost,
  keepWaiting,
  openGate,
  outcomeOf,
  recordHits,
  type Before,
  type LiveRule,
  type NewHold,
  type Outcome,
  type PostFacts,
} from '#features/gates'
import { isTeamRole } from '#features/roles'
import { findUserOfAccount } from '#features/users'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { readFacts, type Draft } from './read-facts.ts'

const DAY_MS = 24 * 3_600_000

export type Held = { ruleId: Id | null; reason: 'rule' | 'first_posts' }
export type Judged = {
  outcome: Outcome
  hits: readonly LiveRule[]
  facts: PostFacts | undefined
  /** Why it waits for a moderator, if it does. */
  held: Held | undefined
}

const PASSES: Judged = { outcome: outcomeOf([]), hits: [], facts: undefined, held: undefined }

/** What the rules say of a post. Where there are none that are on, nothing is looked up for them. */
export async function judge(tx: Tx, draft: Draft, how: { isEdit?: boolean } = {}): Promise<Judged> {
  const gate = await openGate(tx)
  const firstPosts = how.isEdit ? 0 : gate.holdPosts + gate.holdDays
  const waits = firstPosts > 0 && draft.visibility !== 'direct' && (await isNew(tx, draft.authorId, gate))
  const first: Held | undefined = waits ? { ruleId: null, reason: 'first_posts' } : undefined
  if (gate.set.rules.length === 0) return { ...PASSES, held: first }
  const facts = await readFacts(tx, draft, gate.set.needs)
  const { hits } = judgePost(gate.set, facts, tx.clock.now().getTime())
  const outcome = outcomeOf(hits)
  const held: Held | undefined = outcome.heldBy ? { ruleId: outcome.heldBy.id, reason: 'rule' } : first
  return { outcome, hits, facts, held }
}

/** Whether the first posts of somebody here wait; those of the team never do, nor those of people elsewhere. */
async function isNew(tx: Tx, authorId: Id, { holdPosts, holdDays }: { holdPosts: number; holdDays: number }) {
  const author = await findAccount(tx, authorId)
  if (!author?.is_local) return false
  const ageMs = tx.clock.now().getTime() - Date.parse(author.created_at)
  if (author.statuses_count >= holdPosts && ageMs >= holdDays * DAY_MS) return false
  const user = await findUserOfAccount(tx, authorId)
  return user !== undefined && !isTeamRole(user.permissions)
}

/** What a rule turned down, to be written down when the write itself has come to nothing. */
class Rejection {
  readonly hits: readonly LiveRule[]
  readonly facts: PostFacts
  constructor(hits: readonly LiveRule[], facts: PostFacts) {
    this.hits = hits
    this.facts = facts
  }
}

/** Refuses a post of somebody here that a rule rejects, in the words that the team gave. */
export function requireTaken({ outcome, hits, facts }: Judged): void {
  if (!outcome.isRejected || !facts) return
  const reason = outcome.publicText === '' ? 'A rule of this server does not let it through.' : outcome.publicText
  throw new Refusal('invalid', `Validation failed: This post is not taken here. ${reason}`, {
    cause: new Rejection(hits, facts),
  })
}

/** An edit that must wait cannot: what others read already would be gone meanwhile. */
export function requireEditTaken(judged: Judged): void {
  requireTaken(judged)
  if (judged.outcome.heldBy && judged.facts)
    throw new Refusal(
      'invalid',
      'Validation failed: This change would have to wait for a moderator. Write it as a new post instead.',
      { cause: new Rejection(judged.hits, judged.facts) },
    )
}

/** Writes down what was turned down, after its transaction; gives the error on. */
export async function noteRejection(ctx: Context, error: unknown): Promise<never> {
  if (error instanceof Refusal && error.cause instanceof Rejection)
    await recordHits(ctx, error.cause.hits, error.cause.facts, {})
  throw error
}

type Changed = { spoiler_text: string; sensitive: boolean; visibility: string }

/** A post as the rules leave it, and how it was. What it says of warnings and audience is never loosened. */
export function applyOutcome<F extends Changed>(
  fields: F,
  outcome: Outcome,
): { fields: F & { label?: string }; before: Before } {
  const before: Before = {}
  const after: F & { label?: string } = { ...fields }
  if (outcome.warning !== undefined && fields.spoiler_text === '') {
    before.spoiler_text = fields.spoiler_text
    after.spoiler_text = outcome.warning
  }
  if ((outcome.isSensitive || before.spoiler_text !== undefined) && !fields.sensitive) {
    before.sensitive = false
    after.sensitive = true
  }
  if (outcome.isUnlisted && fields.visibility === 'public') {
    before.visibility = fields.visibility
    after.visibility = 'unlisted'
  }
  if (outcome.label !== undefined) {
    before.label = null
    after.label = outcome.label
  }
  return { fields: after, before }
}

/** Writes down which rules a post fitted that is there now, and how it was. */
export async function keepHits(tx: Tx, { facts, hits }: Judged, statusId: Id, before: Before): Promise<void> {
  if (facts) await recordHits(tx, hits, { ...facts, statusId }, before)
}

/** Takes a post out of everybody's sight, but its author's, until a moderator has decided. */
export async function waitForModerator(tx: Tx, hold: NewHold): Promise<void> {
  await keepWaiting(tx, hold)
  await tx.db
    .updateTable('statuses')
    .set((eb) => ({ state: 'held', version: eb('version', '+', 1) }))
    .where('id', '=', hold.statusId)
    .execute()
}
