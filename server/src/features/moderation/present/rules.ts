import type { ContentRule, HeldPost, PostReview, RuleHit } from '@hamlet/contract/content-rule'
import type { RuleWording } from '@hamlet/contract/rule-grammar'
import type { Status } from '@hamlet/contract/status'
import { countHits, findContentRules, isOpen, type HitRow, type HoldRow, type RuleRow } from '#features/gates'
import { presentAccounts } from '#features/profiles'
import { presentUnseen } from '#features/statuses'
import { findUserOfAccount } from '#features/users'
import type { Id } from '#lib/id'
import { plainText } from '#lib/plain-text'
import type { Context } from '#platform/context'

export const wordingOf = (row: RuleWording): RuleWording => ({
  title: row.title,
  match: row.match,
  conditions: row.conditions,
  effects: row.effects,
  public_text: row.public_text,
  expires_at: row.expires_at,
})

/** Rules with their sentences in the reader's language. Two queries, however many. */
export async function presentContentRules(
  ctx: Context,
  viewerId: Id,
  rows: readonly RuleRow[],
): Promise<ContentRule[]> {
  const hits = await countHits(ctx)
  const language = (await findUserOfAccount(ctx, viewerId))?.locale ?? 'en'
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      ...wordingOf(row),
      enabled: row.is_enabled,
      version: row.version,
      position: row.position,
      sentence: await ctx.words.say(language, 'rules.sentence', { rule: JSON.stringify(wordingOf(row)) }),
      hits_week: hits.get(row.id)?.week ?? 0,
      hits: hits.get(row.id)?.all ?? 0,
      created_at: row.created_at,
      updated_at: row.updated_at,
    })),
  )
}

/** What a rule did, with whom it was done to. A fixed number of queries, however many. */
export async function presentHits(ctx: Context, rows: readonly HitRow[]): Promise<RuleHit[]> {
  const accounts = await presentAccounts(
    ctx,
    rows.map((row) => row.account_id),
  )
  return rows.map((row) => ({
    id: row.id,
    rule_version: row.rule_version,
    account: accounts.get(row.account_id) ?? null,
    status_id: row.status_id,
    uri: isOpen(row.visibility) ? row.uri : null,
    visibility: row.visibility,
    excerpt: row.excerpt,
    effects: row.effects,
    created_at: row.created_at,
    undone_at: row.undone_at,
  }))
}

/**
 * The words of a post that waits are for the team where its author is told so, which is here; of other servers only
 * where everybody may read them. A fixed number of queries, however many.
 */
const isForTeam = (row: HoldRow): boolean => row.host === null || isOpen(row.visibility)

export async function presentHolds(ctx: Context, viewerId: Id, rows: readonly HoldRow[]): Promise<HeldPost[]> {
  const accounts = await presentAccounts(
    ctx,
    rows.map((row) => row.account_id),
  )
  const rules = await findContentRules(
    ctx,
    rows.flatMap((row) => row.rule_id ?? []),
  )
  const statuses = await presentUnseen(
    ctx,
    viewerId,
    rows.filter(isForTeam).map((row) => row.status_id),
  )
  return rows.map((row) => {
    const rule = row.rule_id === null ? undefined : rules.get(row.rule_id)
    return {
      id: row.id,
      reason: row.reason,
      rule: rule ? { id: rule.id, title: rule.title } : null,
      account: accounts.get(row.account_id) ?? null,
      status: statuses.get(row.status_id) ?? null,
      visibility: row.visibility,
      created_at: row.created_at,
    }
  })
}

const EXCERPT = 280

/** One's own posts in review, each with its words, for as long as there are any. A fixed number of queries. */
export async function presentReviews(ctx: Context, viewerId: Id, rows: readonly HoldRow[]): Promise<PostReview[]> {
  const own = rows.filter((row) => row.account_id === viewerId && row.decision !== 'rejected')
  const statuses = await presentUnseen(
    ctx,
    viewerId,
    own.map((row) => row.status_id),
  )
  return rows.map((row) => ({
    id: row.id,
    status_id: row.status_id,
    reason: row.reason,
    decision: row.decision ?? 'waiting',
    decided_at: row.decided_at,
    excerpt: row.excerpt || wordsOf(statuses.get(row.status_id)),
    created_at: row.created_at,
  }))
}

const wordsOf = (status: Status | undefined): string =>
  [status?.spoiler_text, plainText(status?.content ?? '')].filter(Boolean).join(' · ').slice(0, EXCERPT)
