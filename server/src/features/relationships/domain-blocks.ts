import { sql } from 'kysely'
import { ensureDomain, requireLocalDomain } from '#features/domains'
import { readHost } from '#lib/host'
import type { Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { defineJob } from '#platform/jobs'
import { pageBounds, type PageRequest } from '#platform/db'
import { unfollowAccount } from './follow.ts'

/** Somebody wants nothing of a whole server any more. */
export const serverBlocked = defineEvent<{ accountId: Id; domainId: Id }>('relationships.server-blocked')

async function requireOther(ctx: Context, text: string) {
  const host = readHost(text.trim())
  if (!host) throw invalid('Validation failed: Domain is not a valid domain name')
  if (host === (await requireLocalDomain(ctx)).host) throw invalid('Validation failed: Domain is this server')
  return host
}

/**
 * Blocks a server for one person: its posts leave their feeds, its people are not heard, and follows end both ways
 * (mastodon-features, domain blocks). Refuses what is no name of another server. Pressing twice changes nothing.
 */
export async function blockDomain(tx: Tx, accountId: Id, text: string): Promise<void> {
  const domain = await ensureDomain(tx, await requireOther(tx, text))
  const added = await tx.db
    .insertInto('account_domain_blocks')
    .values({ account_id: accountId, domain_id: domain.id, created_at: tx.clock.now().toISOString() })
    .onConflict((conflict) => conflict.columns(['account_id', 'domain_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (added) await emit(tx, serverBlocked, { accountId, domainId: domain.id })
}

export async function unblockDomain(tx: Tx, accountId: Id, text: string): Promise<void> {
  const host = await requireOther(tx, text)
  await sql`delete from account_domain_blocks b using domains d
    where d.id = b.domain_id and b.account_id = ${accountId} and d.host = ${host}`.execute(tx.db)
}

/** The servers that somebody blocks, latest first, with the row ids that cursors are made of. */
export async function listBlockedDomains(
  ctx: Context,
  accountId: Id,
  page: PageRequest,
): Promise<{ rowIds: Id[]; hosts: string[] }> {
  const found = await sql<{ id: Id; host: string }>`
    select b.id, d.host from account_domain_blocks b join domains d on d.id = b.domain_id
    where b.account_id = ${accountId} and ${pageBounds(sql`b.id`, page)} order by b.id desc limit ${page.limit}`.execute(
    ctx.db,
  )
  return { rowIds: found.rows.map((row) => row.id), hosts: found.rows.map((row) => row.host) }
}

/** How many follows a block would end, each way. One query. */
export async function previewDomainBlock(ctx: Context, accountId: Id, text: string) {
  const host = await requireOther(ctx, text)
  const found = await sql<{ following_count: number; followers_count: number }>`
    select count(*) filter (where f.account_id = ${accountId})::int as following_count,
      count(*) filter (where f.target_account_id = ${accountId})::int as followers_count
    from follows f join accounts a on a.id = case when f.account_id = ${accountId} then f.target_account_id else f.account_id end
    join domains d on d.id = a.domain_id
    where (f.account_id = ${accountId} or f.target_account_id = ${accountId}) and f.state = 'accepted' and d.host = ${host}`.execute(
    ctx.db,
  )
  return found.rows[0] ?? { following_count: 0, followers_count: 0 }
}

/** Follows and requests between a person and a server that they block end, one transaction each: they may be many. */
export const severServer = defineJob<{ accountId: Id; domainId: Id }>({
  name: 'relationships.sever-server',
  orderingKey: ({ accountId }) => `sever:${accountId}`,
  run: async (ctx, { accountId, domainId }) => {
    const blocked = sql`select 1 from account_domain_blocks where account_id = ${accountId} and domain_id = ${domainId}`
    const pairs = await sql<{ account_id: Id; target_account_id: Id }>`
      select f.account_id, f.target_account_id from follows f
      where f.account_id = ${accountId} and exists (${blocked})
        and exists (select 1 from accounts a where a.id = f.target_account_id and a.domain_id = ${domainId})
      union all select f.account_id, f.target_account_id from follows f
      where f.target_account_id = ${accountId} and exists (${blocked})
        and exists (select 1 from accounts a where a.id = f.account_id and a.domain_id = ${domainId})`.execute(ctx.db)
    for (const pair of pairs.rows)
      await transact(ctx, (tx) =>
        unfollowAccount(
          tx,
          pair.account_id,
          pair.target_account_id,
          pair.account_id === accountId ? 'follower' : 'target',
        ),
      )
  },
})
