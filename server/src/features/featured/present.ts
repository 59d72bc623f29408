import type { FeaturedTag } from '@hamlet/contract/account'
import { sql } from 'kysely'
import type { AccountRow } from '#features/accounts'
import { listFeatured } from '#features/tags'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'

/** Where the open posts of somebody with a hashtag are read. */
export function taggedUrl(account: Pick<AccountRow, 'url'>, name: string): string {
  return `${account.url}/tagged/${encodeURIComponent(name)}`
}

/** The hashtags on a profile with the number of open posts in each, the most used first. Two queries. */
export async function presentFeaturedTags(
  ctx: Context,
  account: Pick<AccountRow, 'id' | 'url'>,
): Promise<FeaturedTag[]> {
  const rows = await listFeatured(ctx, account.id)
  if (rows.length === 0) return []
  const used = await sql<{ name: string; count: number; last: string }>`
    select t.name, count(*)::int as count, max(s.created_at)::date::text as last
    from status_tags t join statuses s on s.id = t.status_id
    where t.name = any(${rows.map((row) => row.name)}::text[]) and s.account_id = ${account.id}
      and s.state = 'live' and s.visibility in ('public', 'unlisted') group by t.name`.execute(ctx.db)
  const uses = new Map(used.rows.map((row) => [row.name, row]))
  return rows
    .map((row) => ({
      id: row.id,
      name: row.display_name,
      url: taggedUrl(account, row.name),
      statuses_count: String(uses.get(row.name)?.count ?? 0),
      last_status_at: uses.get(row.name)?.last ?? null,
    }))
    .toSorted((a, b) => Number(b.statuses_count) - Number(a.statuses_count))
}

/** Hashtags of the latest posts of somebody that are not on their profile yet, the most used first. One query. */
export async function suggestTags(ctx: Context, accountId: Id, most: number): Promise<string[]> {
  const found = await sql<{ name: string }>`
    with latest as materialized (
      select s.id from statuses s where s.account_id = ${accountId} and s.state = 'live'
        and s.visibility in ('public', 'unlisted') order by s.id desc limit 200)
    select t.name from latest join status_tags t on t.status_id = latest.id
    where not exists (select 1 from featured_tags f where f.account_id = ${accountId} and f.name = t.name)
    group by t.name order by count(*) desc, t.name limit ${most}`.execute(ctx.db)
  return found.rows.map((row) => row.name)
}
