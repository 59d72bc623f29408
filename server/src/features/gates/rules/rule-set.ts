import type { RuleWording } from '@hamlet/contract/rule-grammar'
import { sql } from 'kysely'
import type { Config } from '#platform/config'
import type { Context } from '#platform/context'
import { compileRules, type LiveRule, type RuleSet } from './compile.ts'

export type Gate = {
  set: RuleSet
  /** How many first posts of a new account wait for a moderator, and for how many days; 0 for none. */
  holdPosts: number
  holdDays: number
}

type Kept = { revision: string; set: RuleSet }

/** The rules of each process as they were compiled last; they stay with its configuration. */
const kept = new WeakMap<Config, Kept>()

/**
 * The rules that are on, made ready once for each change of them. The revision is asked for every post, so that what
 * another process changed counts at once, with the next post. One query, and one more after a change.
 */
export async function openGate(ctx: Context): Promise<Gate> {
  const known = kept.get(ctx.config)
  const row = await ctx.db
    .selectFrom('content_gate')
    .select(['revision', 'hold_posts', 'hold_days'])
    .executeTakeFirstOrThrow()
  const limits = { holdPosts: row.hold_posts, holdDays: row.hold_days }
  if (known?.revision === row.revision) return { set: known.set, ...limits }
  const set = compileRules(await listLiveRules(ctx))
  kept.set(ctx.config, { revision: row.revision, set })
  return { set, ...limits }
}

async function listLiveRules(ctx: Context): Promise<LiveRule[]> {
  const found = await sql<LiveRule>`
    select id, title, match, conditions, effects, public_text, version, expires_at
    from content_rules where is_enabled order by position, id`.execute(ctx.db)
  return found.rows
}

/** One rule alone, as it would judge: for trying it before it is switched on. */
export function compileDraft(wording: RuleWording): RuleSet {
  return compileRules([{ ...wording, id: '0', version: 0 }])
}
