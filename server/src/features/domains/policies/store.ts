import { sql, type RawBuilder } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { pageBounds, pageOrder, type PageRequest } from '#platform/db'

export const severities = ['noop', 'silence', 'suspend'] as const
export type Severity = (typeof severities)[number]

export type PolicyRow = {
  id: Id
  host: string
  severity: Severity
  reject_media: boolean
  reject_reports: boolean
  obfuscate: boolean
  private_comment: string
  public_comment: string
  expires_at: string | null
  created_at: string
}

const columns = sql`p.id, p.host, p.severity, p.reject_media, p.reject_reports, p.obfuscate, p.private_comment,
  p.public_comment, p.expires_at, p.created_at`

/** In SQL, the policy that holds for a host: that of its longest name (Mastodon's order, so that one below may be let through). */
export const policyFor = (host: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select p.* from domain_policies p where p.host = any(host_and_parents(${host})) order by length(p.host) desc limit 1)`

/** Every policy; the strictest first where the list is shown to people. */
export async function listDomainPolicies(ctx: Context): Promise<PolicyRow[]> {
  const found = await sql<PolicyRow>`
    select ${columns} from domain_policies p
    order by case p.severity when 'suspend' then 0 when 'silence' then 1 else 2 end, p.host`.execute(ctx.db)
  return found.rows
}

/** A page of policies, the newest first. One query. */
export async function pagePolicies(ctx: Context, page: PageRequest): Promise<PolicyRow[]> {
  const found = await sql<PolicyRow>`
    select ${columns} from domain_policies p where ${pageBounds(sql`p.id`, page)}
    order by p.id ${sql.raw(pageOrder(page))} limit ${page.limit}`.execute(ctx.db)
  return page.minId === undefined ? found.rows : found.rows.toReversed()
}

export async function findPolicy(ctx: Context, id: Id): Promise<PolicyRow | undefined> {
  const found = await sql<PolicyRow>`select ${columns} from domain_policies p where p.id = ${id}`.execute(ctx.db)
  return found.rows[0]
}

/** The policy that bears exactly this name. */
export async function findPolicyOf(ctx: Context, host: string): Promise<PolicyRow | undefined> {
  const found = await sql<PolicyRow>`select ${columns} from domain_policies p where p.host = ${host}`.execute(ctx.db)
  return found.rows[0]
}

/** The policy that holds for each of these hosts, their own or one they lie under. One query. */
export async function findPoliciesFor(ctx: Context, hosts: readonly string[]): Promise<ReadonlyMap<string, PolicyRow>> {
  if (hosts.length === 0) return new Map()
  const found = await sql<PolicyRow & { asked: string }>`
    select h as asked, ${columns} from unnest(${[...new Set(hosts)]}::text[]) h
    cross join lateral ${policyFor(sql`h`)} p`.execute(ctx.db)
  return new Map(found.rows.map(({ asked, ...row }) => [asked, row]))
}

/** Of these hosts, those that are shut out here by their policy. One query. */
export async function findSuspendedHosts(ctx: Context, hosts: readonly string[]): Promise<ReadonlySet<string>> {
  if (hosts.length === 0) return new Set()
  const found = await sql<{ host: string }>`
    select h as host from unnest(${[...new Set(hosts)]}::text[]) h
    cross join lateral ${policyFor(sql`h`)} p where p.severity = 'suspend'`.execute(ctx.db)
  return new Set(found.rows.map((row) => row.host))
}
