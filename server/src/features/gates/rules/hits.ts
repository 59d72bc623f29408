import type { RuleEffect } from '@hamlet/contract/rule-grammar'
import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { pageBounds, type PageRequest } from '#platform/db'
import type { LiveRule } from './compile.ts'
import type { PostFacts } from './facts.ts'

/** Hits are kept, and what they did can be undone, for so long (issue 8, slice 4). */
export const HITS_KEPT_DAYS = 30
const DAY_MS = 24 * 3_600_000
const EXCERPT = 280

/** How a post was before, of what a rule changed. */
export type Before = { spoiler_text?: string; sensitive?: boolean; visibility?: string; label?: string | null }

export const isOpen = (visibility: string): boolean => visibility === 'public' || visibility === 'unlisted'

/** What the team may read of a post by the way: nothing, of one that is not public. */
export const excerptOf = (texts: readonly string[], visibility: string): string =>
  isOpen(visibility) ? texts.filter(Boolean).join(' · ').replaceAll('\0', '').slice(0, EXCERPT) : ''

/** Writes down which rules a post fitted and what was done. Runs in the write's own transaction, or after it for what was refused. */
export async function recordHits(
  ctx: Context,
  rules: readonly LiveRule[],
  facts: PostFacts,
  before: Before,
): Promise<void> {
  if (rules.length === 0) return
  const common = {
    status_id: facts.statusId,
    account_id: facts.accountId,
    host: facts.host,
    uri: facts.uri,
    visibility: facts.visibility,
    excerpt: excerptOf(facts.texts, facts.visibility),
    before: JSON.stringify(before),
    created_at: ctx.clock.now().toISOString(),
  }
  await ctx.db
    .insertInto('content_rule_hits')
    .values(
      rules.map((rule) => ({
        ...common,
        rule_id: rule.id,
        rule_version: rule.version,
        effects: JSON.stringify(rule.effects),
      })),
    )
    // A post from elsewhere that is not taken may come again and again.
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export type HitRow = {
  id: Id
  rule_id: Id
  rule_version: number
  status_id: Id | null
  account_id: Id
  host: string | null
  uri: string | null
  visibility: string
  excerpt: string
  effects: RuleEffect[]
  before: Before
  created_at: string
  undone_at: string | null
}

const COLUMNS = sql`id, rule_id, rule_version, status_id, account_id, host, uri, visibility, excerpt, effects, before, created_at, undone_at`

/** A page of what a rule did, the newest first. One query. */
export async function listHits(ctx: Context, ruleId: Id, page: PageRequest): Promise<HitRow[]> {
  const found = await sql<HitRow>`
    select ${COLUMNS} from content_rule_hits where rule_id = ${ruleId} and ${pageBounds(sql.ref('id'), page)}
    order by id desc limit ${page.limit}`.execute(ctx.db)
  return found.rows
}

/** Hits that are not undone yet, held by the caller until it is done with them. */
export async function takeHits(tx: Tx, ruleId: Id, only: { id?: Id; limit: number }): Promise<HitRow[]> {
  const one = only.id === undefined ? sql`true` : sql`id = ${only.id}::bigint`
  const found = await sql<HitRow>`
    select ${COLUMNS} from content_rule_hits where rule_id = ${ruleId} and undone_at is null and ${one}
    order by id desc limit ${only.limit} for update`.execute(tx.db)
  return found.rows
}

export async function markUndone(tx: Tx, actorId: Id, ids: readonly Id[]): Promise<void> {
  await sql`update content_rule_hits set undone_at = ${tx.clock.now().toISOString()}, undone_by = ${actorId}
    where id = any(${[...ids]}::bigint[])`.execute(tx.db)
}

/** How often each rule was met in the last seven days, and in all that is kept. One query. */
export async function countHits(ctx: Context): Promise<Map<Id, { week: number; all: number }>> {
  const since = new Date(ctx.clock.now().getTime() - 7 * DAY_MS).toISOString()
  const found = await sql<{ rule_id: Id; week: number; total: number }>`
    select rule_id, count(*) filter (where created_at > ${since}::timestamptz)::int as week, count(*)::int as total
    from content_rule_hits group by rule_id`.execute(ctx.db)
  return new Map(found.rows.map((row) => [row.rule_id, { week: row.week, all: row.total }]))
}

export async function pruneHits(ctx: Context): Promise<void> {
  const oldest = new Date(ctx.clock.now().getTime() - HITS_KEPT_DAYS * DAY_MS).toISOString()
  await sql`delete from content_rule_hits where created_at < ${oldest}::timestamptz`.execute(ctx.db)
  await sql`delete from content_holds where decided_at < ${oldest}::timestamptz`.execute(ctx.db)
}

/** What is gone leaves no copy of its words behind. */
export async function forgetHitsOf(tx: Tx, statusIds: readonly Id[]): Promise<void> {
  const ids = [...statusIds]
  await sql`update content_rule_hits set excerpt = '', status_id = null, uri = null where status_id = any(${ids}::bigint[])`.execute(
    tx.db,
  )
  await sql`delete from content_holds where status_id = any(${ids}::bigint[]) and decision is null`.execute(tx.db)
}
