import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import type { FilterAction, FilterContext } from './terms.ts'

export type KeywordRow = { id: Id; keyword: string; whole_word: boolean }
export type FilteredPostRow = { id: Id; status_id: Id }
export type FilterRow = {
  id: Id
  title: string
  contexts: FilterContext[]
  action: FilterAction
  /** ISO 8601 in any form of PostgreSQL's. */
  expires_at: string | null
  keywords: KeywordRow[]
  statuses: FilteredPostRow[]
}

/** Filters with all that is in them; ids are text, since JSON numbers hold no 64-bit ids. */
function selectFilters(where: RawBuilder<SqlBool>): RawBuilder<FilterRow> {
  return sql<FilterRow>`
    select f.id::text as id, f.title, f.contexts, f.action, f.expires_at,
      (select coalesce(json_agg(json_build_object('id', k.id::text, 'keyword', k.keyword, 'whole_word', k.whole_word) order by k.id), '[]')
        from filter_keywords k where k.filter_id = f.id) as keywords,
      (select coalesce(json_agg(json_build_object('id', p.id::text, 'status_id', p.status_id::text) order by p.id), '[]')
        from filter_statuses p where p.filter_id = f.id) as statuses
    from filters f where ${where} order by f.id`
}

/** All filters of a person, oldest first. One query. */
export async function listFilters(ctx: Context, accountId: Id): Promise<FilterRow[]> {
  return (await selectFilters(sql<SqlBool>`f.account_id = ${accountId}`).execute(ctx.db)).rows
}

/** A filter of this person; somebody else's is not there. */
export async function requireFilter(ctx: Context, accountId: Id, id: string): Promise<FilterRow> {
  if (!isId(id)) throw notFound()
  const found = await selectFilters(sql<SqlBool>`f.account_id = ${accountId} and f.id = ${id}`).execute(ctx.db)
  const row = found.rows[0]
  if (!row) throw notFound()
  return row
}

type Kept<Row> = { row: Row; filter: FilterRow }

/** A keyword of this person, with its filter. */
export async function requireKeyword(ctx: Context, accountId: Id, id: string): Promise<Kept<KeywordRow>> {
  if (!isId(id)) throw notFound()
  const found = await selectFilters(sql<SqlBool>`f.account_id = ${accountId}
    and f.id = (select k.filter_id from filter_keywords k where k.id = ${id})`).execute(ctx.db)
  const filter = found.rows[0]
  const row = filter?.keywords.find((one) => one.id === id)
  if (!filter || !row) throw notFound()
  return { row, filter }
}

/** A single post that this person filters, with its filter. */
export async function requireFilteredPost(ctx: Context, accountId: Id, id: string): Promise<Kept<FilteredPostRow>> {
  if (!isId(id)) throw notFound()
  const found = await selectFilters(sql<SqlBool>`f.account_id = ${accountId}
    and f.id = (select p.filter_id from filter_statuses p where p.id = ${id})`).execute(ctx.db)
  const filter = found.rows[0]
  const row = filter?.statuses.find((one) => one.id === id)
  if (!filter || !row) throw notFound()
  return { row, filter }
}

/** The version of a person's filters, and the filters themselves unless that version is known. One query. */
export async function readChanged(
  ctx: Context,
  accountId: Id,
  known: string | undefined,
): Promise<{ version: string; filters: FilterRow[] | null } | undefined> {
  const all = selectFilters(sql<SqlBool>`f.account_id = ${accountId}`)
  const found = await sql<{ version: string; filters: FilterRow[] | null }>`
    select v.version, case when v.version = ${known ?? null}::bigint then null
      else (select coalesce(json_agg(one), '[]') from (${all}) one) end as filters
    from filter_versions v where v.account_id = ${accountId}`.execute(ctx.db)
  return found.rows[0]
}

/** Of these people, those who have filters that count now: to everybody else a post reads alike. One query. */
export async function findFiltering(ctx: Context, accountIds: readonly Id[]): Promise<Set<Id>> {
  const found = await sql<{ account_id: Id }>`
    select distinct account_id from filters where account_id = any(${[...accountIds]}::bigint[])
      and (expires_at is null or expires_at > ${ctx.clock.now().toISOString()}::timestamptz)`.execute(ctx.db)
  return new Set(found.rows.map((row) => row.account_id))
}
