import { sql } from 'kysely'
import { findAccountsById } from '#features/accounts'
import { writeAudit } from '#features/audit'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { labelOf } from '../../label.ts'

/** Takes on everything that waits about these accounts, or leaves it to somebody else; gives how many accounts it was. */
export async function assignMany(
  tx: Tx,
  moderatorId: Id,
  targetIds: readonly Id[],
  { isTaken, untilId }: { isTaken: boolean; untilId: Id },
): Promise<number> {
  const now = tx.clock.now().toISOString()
  const holder = isTaken ? moderatorId : null
  const { rows } = await sql<{ id: Id }>`
    with changed as (
      update reports set assigned_account_id = ${holder}::bigint, updated_at = ${now}::timestamptz
      where target_account_id = any(${[...targetIds]}::bigint[]) and resolved_at is null and id <= ${untilId}
        and assigned_account_id is distinct from ${holder}::bigint
      returning target_account_id
    ) select distinct target_account_id as id from changed order by id`.execute(tx.db)
  const ids = rows.map((row) => row.id)
  const accounts = await findAccountsById(tx, ids)
  for (const id of ids) {
    const account = accounts.get(id)
    await writeAudit(tx, {
      actorId: moderatorId,
      action: isTaken ? 'report.assign' : 'report.unassign',
      targetType: 'account',
      targetId: id,
      label: account ? labelOf(account) : '',
    })
  }
  return ids.length
}
