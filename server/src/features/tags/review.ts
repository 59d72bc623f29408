import { normaliseTagName } from '@hamlet/contract/text'
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { writeAudit } from '#features/audit'
import type { Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { pageBounds, pageOrder, type PageRequest } from '#platform/db'
import type { WrittenTag } from './note-tags.ts'

export type ReviewState = 'pending_review' | 'approved' | 'rejected'

/** What the team may say of a hashtag; what is not given stays. */
export type TagWish = Partial<{ displayName: string; usable: boolean; listable: boolean; trendable: boolean }>

/** Decides what may be done with a hashtag; the same twice is once. Gives the name that it is found by. */
export async function decideTag(tx: Tx, actorId: Id, id: Id, wish: TagWish): Promise<string> {
  const before = await tx.db
    .selectFrom('tags')
    .select(['name', 'display_name', 'usable', 'listable', 'trendable', 'reviewed_at'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!before) throw notFound()
  const { displayName = before.display_name, ...flags } = wish
  if (normaliseTagName(displayName) !== before.name)
    throw invalid('Validation failed: Display name must have the same letters, and may have other capitals')
  const after = { display_name: displayName, ...flags }
  const isSame = Object.entries(after).every(([key, value]) => before[key as keyof typeof after] === value)
  if (isSame && before.reviewed_at !== null) return before.name
  await tx.db
    .updateTable('tags')
    .set({ ...after, reviewed_at: tx.clock.now().toISOString() })
    .where('id', '=', id)
    .execute()
  const label = `#${displayName}`
  const details = { ...wish }
  await writeAudit(tx, { actorId, action: 'tag.update', targetType: 'tag', targetId: id, label, details })
  return before.name
}

const states: Record<ReviewState, RawBuilder<SqlBool>> = {
  pending_review: sql<SqlBool>`reviewed_at is null`,
  approved: sql<SqlBool>`trendable`,
  rejected: sql<SqlBool>`(reviewed_at is not null and trendable is not true)`,
}

export type TagFilter = { begin?: string | undefined; status?: ReviewState | undefined; barred?: boolean | undefined }

/** Hashtags for the team, the newest first. One query. */
export async function listAllTags(
  ctx: Context,
  { begin, status, barred }: TagFilter,
  page: PageRequest,
): Promise<{ id: Id; name: string }[]> {
  const name = normaliseTagName((begin ?? '').trim().replace(/^#/, ''))
  let query = ctx.db
    .selectFrom('tags')
    .select(['id', 'name'])
    .where(pageBounds(sql.ref('id'), page))
    .orderBy('id', pageOrder(page))
    .limit(page.limit)
  if (name !== '') query = query.where('name', 'like', `${name.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`)
  if (status) query = query.where(states[status])
  if (barred) query = query.where(sql<SqlBool>`not (usable and listable)`)
  const rows = await query.execute()
  return page.minId === undefined ? rows : rows.toReversed()
}

/** Hashtags of a text that the team allows nobody here. */
async function findBarred(ctx: Context, names: readonly string[]): Promise<{ name: string; display_name: string }[]> {
  if (names.length === 0) return []
  return ctx.db
    .selectFrom('tags')
    .select(['name', 'display_name'])
    .where('name', '=', (eb) => eb.fn.any(eb.val([...names])))
    .where('usable', '=', false)
    .orderBy('name')
    .execute()
}

/** Refuses a text with a hashtag that the team does not allow. */
export async function requireUsable(tx: Tx, tags: readonly WrittenTag[]): Promise<void> {
  const barred = await findBarred(
    tx,
    tags.map((tag) => tag.name),
  )
  if (barred.length === 0) return
  const words = barred.map((tag) => `#${tag.display_name}`).join(', ')
  throw invalid(`Validation failed: Text contains hashtags that are not allowed here: ${words}`)
}

/** Names of hashtags without those that the team does not allow: they lead to no new post. */
export async function filterUsable(ctx: Context, names: readonly string[]): Promise<string[]> {
  const barred = new Set((await findBarred(ctx, names)).map((tag) => tag.name))
  return names.filter((name) => !barred.has(name))
}

/** Of these, hashtags that nobody of the team looked at, nor was asked to. */
export async function listTagsToReview(ctx: Context, names: readonly string[]): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('tags')
    .select('name')
    .where('name', '=', (eb) => eb.fn.any(eb.val([...names])))
    .where('reviewed_at', 'is', null)
    .where('requested_review_at', 'is', null)
    .execute()
  return rows.map((row) => row.name)
}

/** The team was asked to look at these. */
export async function markTagsAsked(tx: Tx, names: readonly string[]): Promise<void> {
  await tx.db
    .updateTable('tags')
    .set({ requested_review_at: tx.clock.now().toISOString() })
    .where('name', '=', (eb) => eb.fn.any(eb.val([...names])))
    .execute()
}
