import { sql } from 'kysely'
import { writeAudit } from '#features/audit'
import { compareIds, makeId, type Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { pageBounds, pageOrder, type PageRequest } from '#platform/db'
import { skeletonOf } from './skeleton.ts'

export type Comparison = 'exact' | 'contains'
export type NewName = { pattern: string; comparison: Comparison; allowWithApproval: boolean }
export type NameRow = {
  id: Id
  pattern: string
  comparison: Comparison
  allow_with_approval: boolean
  created_at: string
}

/** What a local name can be made of: nothing else would ever match (accounts, readUsername). */
const PATTERN = /^[a-z0-9_]{1,30}$/
/** One letter is in nearly every name: a slip of the hand would shut the door to all. */
const SHORTEST_PART = 2

/** A page of names that are kept back, the newest first. One query. */
export async function listBlockedNames(ctx: Context, page: PageRequest): Promise<NameRow[]> {
  const rows = await ctx.db
    .selectFrom('blocked_names')
    .select(['id', 'pattern', sql<Comparison>`comparison`.as('comparison'), 'allow_with_approval', 'created_at'])
    .where(pageBounds(sql.ref('id'), page))
    .orderBy('id', pageOrder(page))
    .limit(page.limit)
    .execute()
  return rows.toSorted((a, b) => compareIds(b.id, a.id))
}

/** Keeps a name back from now on; whoever has it already keeps it. */
export async function blockName(tx: Tx, actorId: Id, name: NewName): Promise<NameRow> {
  const pattern = name.pattern.trim().replace(/^@/, '').toLowerCase()
  const skeleton = skeletonOf(pattern)
  requirePattern(pattern, skeleton, name.comparison)
  const now = tx.clock.now()
  const row = {
    id: makeId(now.getTime()),
    pattern,
    comparison: name.comparison,
    allow_with_approval: name.allowWithApproval,
    created_at: now.toISOString(),
  }
  const added = await tx.db
    .insertInto('blocked_names')
    .values({ ...row, skeleton })
    .onConflict((conflict) => conflict.columns(['skeleton', 'comparison']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) throw invalid('Validation failed: Name is on the list already, or one that looks like it')
  await writeAudit(tx, {
    actorId,
    action: name.allowWithApproval ? 'name.hold' : 'name.block',
    targetType: 'name',
    targetId: row.id,
    label: pattern,
    details: { comparison: name.comparison },
  })
  return row
}

export async function unblockName(tx: Tx, actorId: Id, id: Id): Promise<void> {
  const gone = await tx.db
    .deleteFrom('blocked_names')
    .where('id', '=', id)
    .returning(['pattern', 'comparison'])
    .executeTakeFirst()
  if (!gone) throw notFound()
  await writeAudit(tx, {
    actorId,
    action: 'name.allow',
    targetType: 'name',
    targetId: id,
    label: gone.pattern,
    details: { comparison: gone.comparison },
  })
}

function requirePattern(pattern: string, skeleton: string, comparison: Comparison): void {
  if (pattern === '') throw invalid("Validation failed: Name can't be blank")
  if (!PATTERN.test(pattern))
    throw invalid('Validation failed: Name may have 30 letters, numbers and underscores at most')
  if (skeleton.length < (comparison === 'contains' ? SHORTEST_PART : 1))
    throw invalid('Validation failed: Name is too short: underscores do not count')
}
