import { ruleLimits, type RuleWording } from '@hamlet/contract/rule-grammar'
import { sql } from 'kysely'
import { writeAudit, type AuditAction } from '#features/audit'
import { makeId, type Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { readWording } from './read-wording.ts'
import { findContentRule, type RuleRow } from './store.ts'

/** One change of the rules after another; every process reads them anew before the next post. */
async function turnRevision(tx: Tx): Promise<void> {
  await sql`update content_gate set revision = revision + 1`.execute(tx.db)
}

async function requireRule(tx: Tx, id: Id): Promise<RuleRow> {
  await sql`select 1 from content_rules where id = ${id} for update`.execute(tx.db)
  const row = await findContentRule(tx, id)
  if (!row) throw notFound()
  return row
}

const rowOf = (wording: RuleWording) => ({
  ...wording,
  conditions: JSON.stringify(wording.conditions),
  effects: JSON.stringify(wording.effects),
})

async function keepVersion(tx: Tx, actorId: Id, row: Pick<RuleRow, 'id' | 'version'>, wording: RuleWording) {
  await tx.db
    .insertInto('content_rule_versions')
    .values({
      rule_id: row.id,
      version: row.version,
      wording: JSON.stringify(wording),
      account_id: actorId,
      created_at: tx.clock.now().toISOString(),
    })
    .execute()
}

async function note(tx: Tx, actorId: Id, action: AuditAction, row: Pick<RuleRow, 'id' | 'title' | 'version'>) {
  const details = { version: row.version }
  await writeAudit(tx, { actorId, action, targetType: 'content-rule', targetId: row.id, label: row.title, details })
}

/** Writes a rule, last in order and switched off: it does nothing yet. */
export async function createRule(tx: Tx, actorId: Id, given: RuleWording): Promise<RuleRow> {
  await turnRevision(tx)
  const wording = readWording(given, tx.clock.now())
  const now = tx.clock.now()
  const counted = await sql<{ count: number; last: number }>`
    select count(*)::int as count, coalesce(max(position), 0) as last from content_rules`.execute(tx.db)
  const { count = 0, last = 0 } = counted.rows[0] ?? {}
  if (count >= ruleLimits.rules) throw invalid(`Validation failed: There may be ${ruleLimits.rules} rules at most`)
  const row = {
    id: makeId(now.getTime()),
    position: last + 1,
    created_at: now.toISOString(),
    updated_at: now.toISOString(),
  }
  await tx.db
    .insertInto('content_rules')
    .values({ ...row, ...rowOf(wording) })
    .execute()
  const made = { ...wording, ...row, version: 1, is_enabled: false }
  await keepVersion(tx, actorId, made, wording)
  await note(tx, actorId, 'content-rule.create', made)
  return made
}

/** Words a rule anew; what it judged before it judged by the old words, which stay with it. */
export async function changeRule(tx: Tx, actorId: Id, id: Id, given: RuleWording): Promise<RuleRow> {
  await turnRevision(tx)
  const before = await requireRule(tx, id)
  const wording = readWording(given, tx.clock.now())
  const after = { ...before, ...wording, version: before.version + 1, updated_at: tx.clock.now().toISOString() }
  await tx.db
    .updateTable('content_rules')
    .set({ ...rowOf(wording), version: after.version, updated_at: after.updated_at })
    .where('id', '=', id)
    .execute()
  await keepVersion(tx, actorId, after, wording)
  await note(tx, actorId, 'content-rule.change', after)
  return after
}

/** Switches a rule on or off. A second press changes nothing and is not noted. */
export async function switchRule(tx: Tx, actorId: Id, id: Id, isEnabled: boolean): Promise<RuleRow> {
  await turnRevision(tx)
  const before = await requireRule(tx, id)
  if (before.is_enabled === isEnabled) return before
  const over = before.expires_at !== null && Date.parse(before.expires_at) <= tx.clock.now().getTime()
  if (isEnabled && over) throw invalid('Validation failed: The rule has ended; give it another end first')
  await tx.db.updateTable('content_rules').set({ is_enabled: isEnabled }).where('id', '=', id).execute()
  await note(tx, actorId, isEnabled ? 'content-rule.enable' : 'content-rule.disable', before)
  return { ...before, is_enabled: isEnabled }
}

/** Puts rules in an order; rules that are not named come after these, as they stood. */
export async function orderRules(tx: Tx, actorId: Id, ids: readonly Id[]): Promise<void> {
  await turnRevision(tx)
  await sql`update content_rules r set position = o.position from (
      select c.id, row_number() over (order by w.at nulls last, c.position, c.id) as position
      from content_rules c left join unnest(${[...ids]}::bigint[]) with ordinality w (id, at) on w.id = c.id) o
    where o.id = r.id and r.position <> o.position`.execute(tx.db)
  await writeAudit(tx, { actorId, action: 'content-rule.order', targetType: 'content-rule', label: '' })
}

/** Takes a rule away with its log; what it did stays done. */
export async function deleteRule(tx: Tx, actorId: Id, id: Id): Promise<void> {
  await turnRevision(tx)
  const row = await requireRule(tx, id)
  await tx.db.deleteFrom('content_rules').where('id', '=', id).execute()
  await note(tx, actorId, 'content-rule.delete', row)
}

export type FirstPosts = { posts: number; days: number }

/** How long the posts of new accounts wait for a moderator: so many posts, or days, whichever is longer; 0 and 0 is off. */
export async function setFirstPosts(tx: Tx, actorId: Id, { posts, days }: FirstPosts): Promise<void> {
  await turnRevision(tx)
  await tx.db.updateTable('content_gate').set({ hold_posts: posts, hold_days: days }).execute()
  const details = { posts, days }
  await writeAudit(tx, { actorId, action: 'first-posts.set', targetType: 'content-rule', label: '', details })
}
