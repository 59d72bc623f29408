import { sql, type SqlBool } from 'kysely'
import { ensureDomain, requireLocalDomain } from '#features/domains'
import { readHost } from '#lib/host'
import type { Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { defineJob } from '#platform/jobs'
import { pageBounds, type PageRequest } from '#platform/db'
import { unfollowAccount } from './follow.ts'
import { severTies } from './severances/sever.ts'

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

/** Ties between a person and a server that they block are cut, and requests end; what was cut is kept for them to see. */
export const severServer = defineJob<{ accountId: Id; domainId: Id }>({
  name: 'relationships.sever-server',
  orderingKey: ({ accountId }) => `sever:${accountId}`,
  run: async (ctx, { accountId, domainId }) => {
    const found = await sql<{ host: string }>`
      select d.host from account_domain_blocks b join domains d on d.id = b.domain_id
      where b.account_id = ${accountId} and b.domain_id = ${domainId}`.execute(ctx.db)
    const host = found.rows[0]?.host
    if (host === undefined) return
    const between = sql<SqlBool>`l.id = ${accountId} and r.domain_id = ${domainId}`
    await severTies(ctx, {
      type: 'user_domain_block',
      targetName: host,
      localId: accountId,
      ties: between,
      isTold: true,
    })
    await endRequests(ctx, accountId, domainId)
  },
})

async function endRequests(ctx: Context, accountId: Id, domainId: Id): Promise<void> {
  const pairs = await sql<{ account_id: Id; target_account_id: Id }>`
    select f.account_id, f.target_account_id from follows f
    join accounts o on o.id = case when f.account_id = ${accountId} then f.target_account_id else f.account_id end
    where (f.account_id = ${accountId} or f.target_account_id = ${accountId}) and o.domain_id = ${domainId}`.execute(
    ctx.db,
  )
  for (const { account_id: follower, target_account_id: target } of pairs.rows)
    await transact(ctx, (tx) => unfollowAccount(tx, follower, target, follower === accountId ? 'follower' : 'target'))
}
