import { normaliseTagName } from '@hamlet/contract/text'
import { sql } from 'kysely'
import { findAccountByUri, resolveActor, resolveHandle } from '#features/accounts'
import { findStatusByUri, resolveStatus } from '#features/statuses'
import { readHandle } from '#federation'
import { parseHttpUrl } from '#lib/host'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import type { Context } from '#platform/context'

export type SearchPage = { limit: number; offset: number }

function asPrefix(text: string): string {
  return `${text.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`
}

/** Names of accounts that begin with a text: people one follows first, then the most followed. One query. */
export async function findAccountIds(
  ctx: Context,
  viewerId: Id | null,
  text: string,
  options: SearchPage & { isFollowing: boolean },
): Promise<Id[]> {
  const [name = '', host = ''] = text.trim().replace(/^@/, '').split('@')
  if (name === '') return []
  const onHost = host === '' ? sql`` : sql`and d.host like ${asPrefix(host)}`
  const byName = host === '' ? sql`or lower(a.display_name) like ${asPrefix(name)}` : sql``
  const following = sql`exists (select 1 from follows f where f.account_id = ${viewerId}::bigint and f.target_account_id = a.id and f.state = 'accepted')`
  const only = options.isFollowing ? sql`and ${following}` : sql``
  const found = await sql<{ id: Id }>`
    select a.id from accounts a join domains d on d.id = a.domain_id
    where (lower(a.username) like ${asPrefix(name)} ${byName}) ${onHost} ${only}
      and a.suspended_at is null and a.limited_at is null and not (d.is_local and a.actor_type = 'Application')
      and not exists (select 1 from blocks b where b.account_id = a.id and b.target_account_id = ${viewerId}::bigint)
    order by (lower(a.username) = ${name.toLowerCase()}) desc, ${following} desc, d.is_local desc, a.followers_count desc, a.id
    limit ${options.limit} offset ${options.offset}`.execute(ctx.db)
  return found.rows.map((row) => row.id)
}

/** Hashtags in use that begin with a text; the most used first. One query. */
export async function findTagNames(ctx: Context, text: string, page: SearchPage): Promise<string[]> {
  const name = normaliseTagName(text.trim().replace(/^#/, ''))
  if (name === '') return []
  const found = await sql<{ name: string }>`
    select t.name from status_tags t where t.name like ${asPrefix(name)}
      and not exists (select 1 from tags g where g.name = t.name and not (g.usable and g.listable)) group by t.name
    order by (t.name = ${name}) desc, count(*) desc, t.name limit ${page.limit} offset ${page.offset}`.execute(ctx.db)
  return found.rows.map((row) => row.name)
}

export type Exact = { accountId?: Id; statusId?: Id }

/** What a whole handle or address means: looked up here, and on its own server when the searcher may ask for that. */
export async function findExact(ctx: Context, text: string, mayResolve: boolean): Promise<Exact> {
  const trimmed = text.trim()
  if (parseHttpUrl(trimmed)) return findByAddress(ctx, trimmed, mayResolve)
  if (!readHandle(trimmed) || !mayResolve) return {}
  const account = await resolveHandle(ctx, trimmed)
  return account ? { accountId: account.id } : {}
}

async function findByAddress(ctx: Context, address: string, mayResolve: boolean): Promise<Exact> {
  const account = (await findAccountByUri(ctx, address)) ?? (await findByUrl(ctx, 'accounts', address))
  if (account) return { accountId: account.id }
  const status = (await findStatusByUri(ctx, address)) ?? (await findByUrl(ctx, 'statuses', address))
  if (status) return { statusId: status.id }
  if (!mayResolve) return {}
  const asStatus = await resolveStatus(ctx, address).catch(refusalOnly)
  if (asStatus) return { statusId: asStatus.id }
  const asAccount = await resolveActor(ctx, address).catch(refusalOnly)
  return asAccount ? { accountId: asAccount.id } : {}
}

/** A page's address is no identity, so it only counts for what lives here. */
async function findByUrl(ctx: Context, table: 'accounts' | 'statuses', url: string): Promise<{ id: Id } | undefined> {
  if (!url.startsWith(`${ctx.config.url}/`)) return undefined
  if (table === 'accounts')
    return ctx.db.selectFrom('accounts').select('id').where('url', '=', url).orderBy('id').executeTakeFirst()
  const id = /\/(\d+)$/.exec(url)?.[1] ?? '0'
  return ctx.db.selectFrom('statuses').select('id').where('id', '=', id).where('url', '=', url).executeTakeFirst()
}

function refusalOnly(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error
}
