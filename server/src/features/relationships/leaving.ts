import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { unfollowAccount } from './follow.ts'

/** Follows end one by one, so that the counts of those who stay are right; the rest goes at once. */
export async function eraseRelationships(tx: Tx, accountId: Id): Promise<void> {
  const pairs = await sql<{ account_id: Id; target_account_id: Id }>`
    select account_id, target_account_id from follows where account_id = ${accountId} or target_account_id = ${accountId}`.execute(
    tx.db,
  )
  for (const pair of pairs.rows) await unfollowAccount(tx, pair.account_id, pair.target_account_id)
  for (const table of ['blocks', 'mutes', 'account_notes', 'endorsements'] as const) {
    await tx.db
      .deleteFrom(table)
      .where((eb) => eb.or([eb('account_id', '=', accountId), eb('target_account_id', '=', accountId)]))
      .execute()
  }
  await tx.db
    .deleteFrom('severed_follows')
    .where((eb) =>
      eb.or([
        eb('account_id', '=', accountId),
        eb('target_account_id', '=', accountId),
        eb('suspended_account_id', '=', accountId),
      ]),
    )
    .execute()
  await sql`delete from severance_follows where local_account_id = ${accountId} or account_id = ${accountId} or target_account_id = ${accountId}`.execute(
    tx.db,
  )
  await tx.db.deleteFrom('severance_people').where('account_id', '=', accountId).execute()
  await sql`update severances set initiator_account_id = null, settled_at = coalesce(settled_at, ${tx.clock.now().toISOString()})
    where initiator_account_id = ${accountId}`.execute(tx.db)
  await sql`delete from severance_follows where severance_id in (select id from severances where target_account_id = ${accountId})`.execute(
    tx.db,
  )
  await sql`update severances set target_account_id = null, target_name = '', purged = true,
    settled_at = coalesce(settled_at, ${tx.clock.now().toISOString()}) where target_account_id = ${accountId}`.execute(
    tx.db,
  )
  await tx.db.deleteFrom('account_domain_blocks').where('account_id', '=', accountId).execute()
}

/** What was cut with a server cannot be given back any more, nor listed: its people are gone. */
export async function markPurged(tx: Tx, host: string): Promise<void> {
  await sql`update severances set purged = true where type <> 'account_suspension'
    and ${host} = any(host_and_parents(target_name))`.execute(tx.db)
}

export async function takeOutRelationships(ctx: Context, accountId: Id): Promise<Record<string, unknown>> {
  const read = async (table: 'follows' | 'blocks' | 'mutes' | 'endorsements') => {
    const rows = await sql<{ uri: string }>`
      select a.uri from ${sql.table(table)} r join accounts a on a.id = r.target_account_id where r.account_id = ${accountId} order by r.id`.execute(
      ctx.db,
    )
    return rows.rows.map((row) => row.uri)
  }
  const servers = await sql<{ host: string }>`
    select d.host from account_domain_blocks b join domains d on d.id = b.domain_id where b.account_id = ${accountId} order by b.id`.execute(
    ctx.db,
  )
  const lost = await sql<{ target_name: string; created_at: string }>`
    select s.target_name, p.created_at, p.following_count, p.followers_count from severance_people p
    join severances s on s.id = p.severance_id where p.account_id = ${accountId} order by p.id`.execute(ctx.db)
  return {
    severed_relationships: lost.rows,
    follows: await read('follows'),
    blocks: await read('blocks'),
    mutes: await read('mutes'),
    endorsements: await read('endorsements'),
    domain_blocks: servers.rows.map((row) => row.host),
  }
}
