/**
 * Purpose: who may see what. One SQL predicate and one `requireVisibleStatus`; every read of statuses goes through them.
 * Owns no table. Reads statuses and mentions, which lie above it: the one exception the laws allow.
 */
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import { defineRoom, none } from '#platform/room'

/** Who a post is for; what each word means is decided in this room alone. */
export type Visibility = 'public' | 'unlisted' | 'private' | 'direct'

/**
 * True in SQL for rows of `statuses` (joined as `s`) that the viewer may see; `null` is an anonymous reader.
 * Only live posts of accounts that are not suspended pass. Follows open `private` posts once that room exists.
 */
export function visibleTo(viewerId: Id | null): RawBuilder<SqlBool> {
  return sql<SqlBool>`(
    s.state = 'live'
    and not exists (select 1 from accounts author where author.id = s.account_id and author.suspended_at is not null)
    and (s.visibility in ('public', 'unlisted')
      or s.account_id = ${viewerId}::bigint
      or exists (select 1 from mentions m where m.status_id = s.id and m.account_id = ${viewerId}::bigint)))`
}

/** Of these ids, those the viewer may see. One query, order kept. */
export async function onlyVisible(ctx: Context, viewerId: Id | null, ids: readonly Id[]): Promise<Id[]> {
  const wanted = ids.filter(isId)
  if (wanted.length === 0) return []
  const rows = await sql<{
    id: Id
  }>`select s.id from statuses s where s.id = any(${wanted}::bigint[]) and ${visibleTo(viewerId)}`.execute(ctx.db)
  const seen = new Set(rows.rows.map((row) => row.id))
  return wanted.filter((id) => seen.has(id))
}

/** Refuses with 404 what is not there and what the viewer may not know is there, alike. */
export async function requireVisibleStatus(ctx: Context, viewerId: Id | null, id: string): Promise<Id> {
  const [found] = await onlyVisible(ctx, viewerId, [id])
  if (found === undefined) throw notFound()
  return found
}

export const visibility = defineRoom({
  name: 'visibility',
  erase: none('owns no table'),
  takeout: none('owns no table'),
})
