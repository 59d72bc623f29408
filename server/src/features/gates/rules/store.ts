import type { RuleWording } from '@hamlet/contract/rule-grammar'
import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'

export type RuleRow = RuleWording & {
  id: Id
  position: number
  is_enabled: boolean
  version: number
  created_at: string
  updated_at: string
}

const COLUMNS = sql`id, title, match, conditions, effects, public_text, position, is_enabled, version, expires_at, created_at, updated_at`

/** All rules in the order in which they judge. One query. */
export async function listContentRules(ctx: Context): Promise<RuleRow[]> {
  const found = await sql<RuleRow>`select ${COLUMNS} from content_rules order by position, id`.execute(ctx.db)
  return found.rows
}

export async function findContentRule(ctx: Context, id: Id): Promise<RuleRow | undefined> {
  const found = await sql<RuleRow>`select ${COLUMNS} from content_rules where id = ${id}`.execute(ctx.db)
  return found.rows[0]
}

/** Rules by id. One query. */
export async function findContentRules(ctx: Context, ids: readonly Id[]): Promise<Map<Id, RuleRow>> {
  const found =
    await sql<RuleRow>`select ${COLUMNS} from content_rules where id = any(${[...new Set(ids)]}::bigint[])`.execute(
      ctx.db,
    )
  return new Map(found.rows.map((row) => [row.id, row]))
}

export type RuleVersion = { version: number; wording: RuleWording; account_id: Id | null; created_at: string }

/** How a rule was worded before, the newest first. One query. */
export async function listRuleVersions(ctx: Context, ruleId: Id): Promise<RuleVersion[]> {
  const found = await sql<RuleVersion>`
    select version, wording, account_id, created_at from content_rule_versions
    where rule_id = ${ruleId} order by version desc limit 50`.execute(ctx.db)
  return found.rows
}
