import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Context } from '#platform/context'
import { policyFor } from './store.ts'

/** True in SQL where only servers that the team names are let in; the environment wins over the setting. */
function isLimited({ config }: Context): RawBuilder<SqlBool> {
  if (config.limitedFederation !== null) return sql<SqlBool>`${config.limitedFederation}::boolean`
  return sql<SqlBool>`exists (select 1 from settings where key = 'limited_federation' and value = '"on"')`
}

/** Whether this server deals only with servers that the team names (Mastodon's limited federation). */
export async function isLimitedFederation(ctx: Context): Promise<boolean> {
  if (ctx.config.limitedFederation !== null) return ctx.config.limitedFederation
  const found = await sql<{ on: boolean }>`select ${isLimited(ctx)} as on`.execute(ctx.db)
  return found.rows[0]?.on === true
}

/**
 * Of these hosts, those that nothing is taken from and nothing is sent to: shut out by their policy, or not named where
 * only named servers are let in. One query. Our own names never are.
 */
export async function findShutHosts(ctx: Context, hosts: readonly string[]): Promise<ReadonlySet<string>> {
  const own = [ctx.config.domain, new URL(ctx.config.url).host]
  const asked = [...new Set(hosts)].filter((host) => !own.includes(host))
  if (asked.length === 0) return new Set()
  const found = await sql<{ host: string }>`
    select h as host from unnest(${asked}::text[]) h left join lateral ${policyFor(sql`h`)} p on true
    where p.severity = 'suspend'
      or (${isLimited(ctx)} and not exists (select 1 from domain_allows a where a.host = h))`.execute(ctx.db)
  return new Set(found.rows.map((row) => row.host))
}
