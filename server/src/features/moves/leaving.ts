import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

export async function eraseMoves(tx: Tx, accountId: Id): Promise<void> {
  await tx.db
    .deleteFrom('moves')
    .where((eb) => eb.or([eb('account_id', '=', accountId), eb('target_account_id', '=', accountId)]))
    .execute()
}

export async function takeOutMoves(ctx: Context, accountId: Id): Promise<Record<string, unknown>> {
  const found = await sql`
    select a.uri as target, m.followers_count, m.created_at from moves m join accounts a on a.id = m.target_account_id
    where m.account_id = ${accountId} order by m.id`.execute(ctx.db)
  return { moves: found.rows }
}
