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

/** Who reads: an id, a column that holds one, or null for an anonymous reader. */
export type ReaderId = Id | RawBuilder<unknown> | null

/**
 * True in SQL for rows of `statuses` (joined as `s`) that the viewer may see.
 * Only live posts of accounts that are not suspended pass; whom the author blocks sees none of them.
 */
export function visibleTo(viewerId: ReaderId): RawBuilder<SqlBool> {
  return sql<SqlBool>`(
    s.state = 'live'
    and not exists (select 1 from accounts author where author.id = s.account_id and author.suspended_at is not null)
    and not exists (select 1 from blocks b where b.account_id = s.account_id and b.target_account_id = ${viewerId}::bigint)
    and (s.visibility in ('public', 'unlisted')
      or s.account_id = ${viewerId}::bigint
      or (s.visibility = 'private' and exists (
        select 1 from follows f where f.account_id = ${viewerId}::bigint and f.target_account_id = s.account_id and f.state = 'accepted'))
      or exists (select 1 from mentions m where m.status_id = s.id and m.account_id = ${viewerId}::bigint)))`
}

/** True in SQL for rows of `statuses` (joined as `alias`) by people whom the viewer has neither blocked nor muted, nor their server: what feeds leave out. */
export function welcomeTo(ctx: Context, viewerId: ReaderId, alias: 's' | 'o' = 's'): RawBuilder<SqlBool> {
  const now = ctx.clock.now().toISOString()
  const author = sql.ref(`${alias}.account_id`)
  return sql<SqlBool>`(
    not exists (select 1 from blocks b where b.account_id = ${viewerId}::bigint and b.target_account_id = ${author})
    and not exists (select 1 from mutes m where m.account_id = ${viewerId}::bigint and m.target_account_id = ${author}
      and (m.expires_at is null or m.expires_at > ${now}::timestamptz))
    and not exists (select 1 from account_domain_blocks d join accounts home on home.domain_id = d.domain_id
      where d.account_id = ${viewerId}::bigint and home.id = ${author}))`
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
