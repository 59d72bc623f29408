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
  await tx.db.deleteFrom('account_domain_blocks').where('account_id', '=', accountId).execute()
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
  return {
    follows: await read('follows'),
    blocks: await read('blocks'),
    mutes: await read('mutes'),
    endorsements: await read('endorsements'),
    domain_blocks: servers.rows.map((row) => row.host),
  }
}
