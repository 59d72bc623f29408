import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely'
import { compareIds, isId, type Id } from '#lib/id'

/** Cursors of a statuses-style list (mastodon-api 1.0): all three are exclusive. */
export type PageRequest = { limit: number; maxId?: Id; sinceId?: Id; minId?: Id }

export type PageQuery = { limit?: number; max_id?: string; since_id?: string; min_id?: string }

/** Reads and clamps paging parameters: the limit's absolute value, at most `most`; cursors that are no ids are ignored. */
export function readPage(query: PageQuery, usual: number, most = usual * 2): PageRequest {
  const asked = Math.abs(Math.trunc(query.limit ?? usual)) || usual
  return {
    limit: Math.min(asked, most),
    ...(isId(query.max_id) ? { maxId: query.max_id } : {}),
    ...(isId(query.since_id) ? { sinceId: query.since_id } : {}),
    ...(isId(query.min_id) ? { minId: query.min_id } : {}),
  }
}

/** The `where` of a page over an id column. */
export function pageBounds(id: Expression<unknown>, page: PageRequest): RawBuilder<SqlBool> {
  const max = page.maxId ?? null
  const after = page.minId ?? page.sinceId ?? null
  return sql<SqlBool>`(${max}::bigint is null or ${id} < ${max}::bigint) and (${after}::bigint is null or ${id} > ${after}::bigint)`
}

/** `min_id` reads upwards from the cursor; the answer is newest first all the same. */
export function pageOrder(page: PageRequest): 'asc' | 'desc' {
  return page.minId === undefined ? 'desc' : 'asc'
}

/** Ids as the answer lists them, newest first. */
export function newestFirst(ids: Id[]): Id[] {
  return ids.toSorted((a, b) => compareIds(b, a))
}
