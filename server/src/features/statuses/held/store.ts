import { sql } from 'kysely'
import { listWaitingOf } from '#features/gates'
import { requireVisibleStatus } from '#features/visibility'
import { compareIds, isId, type Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

export type HeldRow = { status_id: Id; publish_at: string }

/** What of these posts, or of all that an account wrote, is held back. Nobody but the author may be told. */
export async function listHeld(ctx: Context, accountId: Id, ids?: readonly Id[]): Promise<HeldRow[]> {
  return ctx.db
    .selectFrom('held_statuses')
    .select(['status_id', 'publish_at'])
    .where('account_id', '=', accountId)
    .$if(ids !== undefined, (query) => query.where('status_id', '=', sql<string>`any(${[...(ids ?? [])]}::bigint[])`))
    .orderBy('status_id')
    .execute()
}

/** Everything of an account that nobody else sees yet: until when its author holds it, and whether a moderator decides. */
export async function listUnseen(
  ctx: Context,
  accountId: Id,
  ids?: readonly Id[],
): Promise<Map<Id, { until: string | undefined; isReviewed: boolean }>> {
  const held = await listHeld(ctx, accountId, ids)
  const waiting = await listWaitingOf(ctx, accountId, ids)
  const all = [...new Set([...held.map((row) => row.status_id), ...waiting])].sort(compareIds)
  const until = new Map(held.map((row) => [row.status_id, row.publish_at]))
  return new Map(all.map((id) => [id, { until: until.get(id), isReviewed: waiting.includes(id) }]))
}

/** An id that its author may change or read as it was typed: of a held post of their own, or of one they can see. */
export async function requireOwnOrVisible(ctx: Context, accountId: Id, id: string): Promise<Id> {
  const isUnseen = isId(id) && (await listUnseen(ctx, accountId, [id])).size > 0
  return isUnseen ? id : requireVisibleStatus(ctx, accountId, id)
}

/** The group that a post is held with. */
export async function findGroup(ctx: Context, statusId: Id): Promise<Id | undefined> {
  const row = await ctx.db
    .selectFrom('held_statuses')
    .select('group_id')
    .where('status_id', '=', statusId)
    .executeTakeFirst()
  return row?.group_id
}

/** True for a held post that quotes another once it is published. */
export async function willQuote(ctx: Context, statusId: Id): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('held_statuses')
    .select('quoted_status_id')
    .where('status_id', '=', statusId)
    .executeTakeFirst()
  return (row?.quoted_status_id ?? null) !== null
}

export type Locked = { id: Id; quotedId: Id | null }

/**
 * Takes what is still held of a group, in order: of publishing, changing and taking back at once, one comes first and the
 * others find what it left.
 */
export async function lockGroup(tx: Tx, groupId: Id): Promise<Locked[]> {
  const found = await sql<Locked & { state: string }>`
    select s.id, s.state, h.quoted_status_id as "quotedId"
    from statuses s join held_statuses h on h.status_id = s.id
    where h.group_id = ${groupId} order by s.id for update of s`.execute(tx.db)
  return found.rows.filter((row) => row.state === 'held')
}
