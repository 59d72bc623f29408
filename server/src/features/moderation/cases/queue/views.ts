import { isId, makeId, type Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import { sql } from 'kysely'
import type { Context, Tx } from '#platform/context'

const MOST = 20

/** The filters that a moderator keeps under a name. One query. */
export async function listViews(ctx: Context, moderatorId: Id) {
  return ctx.db
    .selectFrom('moderation_views')
    .select(['id', 'name', 'query'])
    .where('moderator_id', '=', moderatorId)
    .orderBy('id')
    .limit(MOST)
    .execute()
}

/** Keeps what the address says of the queue under a name; the same name again means the new filters. */
export async function saveView(tx: Tx, moderatorId: Id, wish: { name: string; query: string }): Promise<Id> {
  const name = wish.name.trim()
  if (name === '') throw invalid("Validation failed: Name can't be blank")
  const query = new URLSearchParams(wish.query).toString()
  await sql`select pg_advisory_xact_lock(hashtextextended(${`views ${moderatorId}`}, 0))`.execute(tx.db)
  const own = await listViews(tx, moderatorId)
  if (own.length >= MOST && !own.some((one) => one.name === name))
    throw invalid(`Validation failed: ${MOST} views at most`)
  const now = tx.clock.now()
  const saved = await tx.db
    .insertInto('moderation_views')
    .values({ id: makeId(now.getTime()), moderator_id: moderatorId, name, query, created_at: now.toISOString() })
    .onConflict((conflict) => conflict.columns(['moderator_id', 'name']).doUpdateSet({ query }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return saved.id
}

export async function removeView(tx: Tx, moderatorId: Id, id: string): Promise<void> {
  if (!isId(id)) throw notFound()
  const gone = await tx.db
    .deleteFrom('moderation_views')
    .where('id', '=', id)
    .where('moderator_id', '=', moderatorId)
    .returning('id')
    .executeTakeFirst()
  if (!gone) throw notFound()
}
