import { sql } from 'kysely'
import { writeAudit } from '#features/audit'
import { makeId, type Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { pageBounds, pageOrder, type PageRequest } from '#platform/db'
import { requireOtherHost } from './change.ts'

export type AllowRow = { id: Id; host: string; created_at: string }

const COLUMNS = ['id', 'host', 'created_at'] as const

/** A page of servers that are let in where others are not, the newest first. One query. */
export async function listAllows(ctx: Context, page: PageRequest): Promise<AllowRow[]> {
  const rows = await ctx.db
    .selectFrom('domain_allows')
    .select(COLUMNS)
    .where(pageBounds(sql.ref('id'), page))
    .orderBy('id', pageOrder(page))
    .limit(page.limit)
    .execute()
  return page.minId === undefined ? rows : rows.toReversed()
}

export async function findAllow(ctx: Context, id: Id): Promise<AllowRow | undefined> {
  return ctx.db.selectFrom('domain_allows').select(COLUMNS).where('id', '=', id).executeTakeFirst()
}

/** Lets a server in where others are not; one that is let in already stays so (mastodon-api 1.17). */
export async function allowServer(tx: Tx, actorId: Id | null, text: string): Promise<AllowRow> {
  if (text.trim() === '') throw invalid("Validation failed: Domain can't be blank")
  const host = requireOtherHost(tx, text)
  const now = tx.clock.now()
  const added = await tx.db
    .insertInto('domain_allows')
    .values({ id: makeId(now.getTime()), host, created_at: now.toISOString() })
    .onConflict((conflict) => conflict.column('host').doNothing())
    .returning(COLUMNS)
    .executeTakeFirst()
  if (added) {
    await writeAudit(tx, { actorId, action: 'domain.let-in', targetType: 'domain', targetId: added.id, label: host })
    return added
  }
  const known = await tx.db.selectFrom('domain_allows').select(COLUMNS).where('host', '=', host).executeTakeFirst()
  if (!known) throw notFound()
  return known
}

export async function disallowServer(tx: Tx, actorId: Id | null, id: Id): Promise<AllowRow> {
  const gone = await tx.db.deleteFrom('domain_allows').where('id', '=', id).returning(COLUMNS).executeTakeFirst()
  if (!gone) throw notFound()
  await writeAudit(tx, { actorId, action: 'domain.keep-out', targetType: 'domain', targetId: id, label: gone.host })
  return gone
}
