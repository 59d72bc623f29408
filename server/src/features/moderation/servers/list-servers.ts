import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { policyFor, type PolicyRow } from '#features/domains'
import type { Context } from '#platform/context'

export const serverFilters = ['all', 'treated', 'limited', 'suspended', 'reported', 'failing'] as const
export type ServerFilter = (typeof serverFilters)[number]

export type ServerRow = {
  host: string
  first_seen_at: string | null
  policy: PolicyRow | null
  is_allowed: boolean
  people: number
  following: number
  followers: number
  reports: number
  lists: number
  failures: number
  waiting: number
  last_success_at: string | null
}

/** Servers that we have met, and those that a policy or a permission names. */
const known = sql`(select host from domains where not is_local union select host from domain_policies union select host from domain_allows)`

const people = sql`from accounts a join domains d on d.id = a.domain_id where d.host = k.host`
const openReports = sql`from reports t join accounts a on a.id = t.target_account_id join domains d on d.id = a.domain_id
  where d.host = k.host and t.resolved_at is null`
const failing = sql<SqlBool>`exists (select 1 from delivery_hosts h where h.host = k.host and h.failures > 0)`

const filters: Record<ServerFilter, RawBuilder<SqlBool>> = {
  all: sql<SqlBool>`true`,
  treated: sql<SqlBool>`exists (select 1 from domain_policies q where q.host = k.host)`,
  limited: sql<SqlBool>`exists (select 1 from domain_policies q where q.host = k.host and q.severity = 'silence')`,
  suspended: sql<SqlBool>`exists (select 1 from domain_policies q where q.host = k.host and q.severity = 'suspend')`,
  reported: sql<SqlBool>`exists (select 1 ${openReports})`,
  failing,
}

export type ServerQuery = { filter: ServerFilter; search: string; after: string; limit: number }

/** One page of servers by name. The facts of a page are read in one query, whatever its length. */
export async function listServers(ctx: Context, { filter, search, after, limit }: ServerQuery): Promise<ServerRow[]> {
  const like = `%${search.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const page = sql`(select k.host from ${known} k where k.host > ${after} and k.host like ${like} and ${filters[filter]}
    order by k.host limit ${limit})`
  return readRows(ctx, page)
}

export async function findServer(ctx: Context, host: string): Promise<ServerRow | undefined> {
  return (await readRows(ctx, sql`(select ${host}::text as host)`))[0]
}

async function readRows(ctx: Context, page: RawBuilder<unknown>): Promise<ServerRow[]> {
  const found = await sql<Omit<ServerRow, 'policy'> & { policy: PolicyRow | null }>`
    select k.host, (select first_seen_at from domains d where d.host = k.host) as first_seen_at,
      (select to_jsonb(p) || jsonb_build_object('id', p.id::text) from ${policyFor(sql`k.host`)} p) as policy,
      exists (select 1 from domain_allows w where w.host = k.host) as is_allowed,
      (select count(*)::int ${people}) as people,
      (select count(*)::int from follows f where f.state = 'accepted' and f.target_account_id in (select a.id ${people})) as following,
      (select count(*)::int from follows f where f.state = 'accepted' and f.account_id in (select a.id ${people})) as followers,
      (select count(*)::int ${openReports}) as reports,
      (select count(*)::int from domain_list_entries e where e.host = k.host) as lists,
      coalesce(h.failures, 0) as failures, h.last_success_at,
      (select count(*)::int from deliveries v where v.host = k.host and v.state = 'waiting') as waiting
    from ${page} k left join delivery_hosts h on h.host = k.host order by k.host`.execute(ctx.db)
  return found.rows.map((row) => ({ ...row, policy: row.policy && readPolicy(row.policy) }))
}

/** JSON of the database writes ids as numbers that are not read exactly, and times in its own way. */
function readPolicy(row: PolicyRow): PolicyRow {
  const iso = (text: string) => new Date(text).toISOString()
  return { ...row, created_at: iso(row.created_at), expires_at: row.expires_at && iso(row.expires_at) }
}
