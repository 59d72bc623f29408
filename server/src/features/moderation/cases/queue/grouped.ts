import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Id } from '#lib/id'

export const origins = ['local', 'remote'] as const
export const categories = ['spam', 'legal', 'violation', 'other'] as const
export const holders = ['me', 'nobody', 'others'] as const

/** What of the queue to show; what is not given does not narrow. */
export type QueueFilter = {
  category?: (typeof categories)[number] | undefined
  origin?: (typeof origins)[number] | undefined
  /** The server of who was reported. */
  host?: string | undefined
  /** Who has taken it on. */
  holder?: (typeof holders)[number] | undefined
  /** How bad it looks, from 1 to 3. */
  level?: number | undefined
}

/**
 * In SQL: who is reported and waits (`grouped`), each once, with the group that they belong to. Whatever most of them
 * share is a group: what their posts say, where these lead to, or where a new account comes from. Nothing shared makes
 * a group of one. How bad it looks is guessed by plain rules, which are named in `because`.
 */
export function grouped(viewerId: Id, filter: QueueFilter): RawBuilder<unknown> {
  const { level } = filter
  return sql`
    open as (
      select r.id, r.reporter_account_id, r.target_account_id, r.category, r.group_keys, r.assigned_account_id, r.created_at
      from reports r join accounts a on a.id = r.target_account_id join domains d on d.id = a.domain_id
      where ${sql.join(conditions(viewerId, filter), sql` and `)}
    ), targets as (
      select o.target_account_id as id, count(*)::int as n, count(distinct o.reporter_account_id)::int as reporters, min(o.id) as first_id,
        max(o.id) as last_id, min(o.created_at) as since, bool_or(o.category = 'legal') as is_legal, bool_or(o.category = 'spam') as is_spam,
        bool_or(o.category = 'violation') as breaks_rule
      from open o group by o.target_account_id
    ), shared as (
      select distinct o.target_account_id as id, k as key from open o cross join lateral unnest(o.group_keys) k
    ), sizes as (
      select key, count(*)::int as accounts from shared group by key
      having count(*) >= case when key like 'link:%' or key like 'text:%' then 2 else 3 end
    ), best as (
      select distinct on (shared.id) shared.id, shared.key, sizes.accounts from shared join sizes using (key)
      order by shared.id, sizes.accounts desc, array_position(array['text', 'link', 'range', 'source'], split_part(shared.key, ':', 1)), shared.key
    ), rated as (
      select t.*, coalesce(b.key, 'account:' || t.id) as key, array_remove(array[
        case when t.is_legal then 'legal' end,
        case when t.reporters >= 3 then 'many' when t.reporters = 2 then 'two' end,
        case when t.is_spam and b.accounts >= 3 then 'wave' end,
        case when t.breaks_rule then 'rule' end,
        case when exists (select 1 from strikes k where k.target_account_id = t.id and k.overruled_at is null) then 'before' end
      ], null) as because
      from targets t left join best b using (id)
    ), grouped as (
      select rated.*, case when because && array['legal', 'many', 'wave'] then 3 when cardinality(because) > 0 then 2 else 1 end as level
      from rated
    ), wanted as (
      select * from grouped where ${level === undefined ? sql`true` : sql`level = ${level}`}
    )`
}

function conditions(viewerId: Id, { category, origin, host, holder }: QueueFilter): RawBuilder<SqlBool>[] {
  const found: RawBuilder<SqlBool>[] = [sql`r.resolved_at is null`]
  if (category !== undefined) found.push(sql`r.category = ${category}`)
  if (origin !== undefined) found.push(sql`d.is_local = ${origin === 'local'}`)
  if (host !== undefined) found.push(sql`d.host = ${host.trim().toLowerCase()}`)
  if (holder === 'me') found.push(sql`r.assigned_account_id = ${viewerId}`)
  if (holder === 'nobody') found.push(sql`r.assigned_account_id is null`)
  if (holder === 'others') found.push(sql`r.assigned_account_id <> ${viewerId}`)
  return found
}
