import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'

/** Counts a new status of an account and notes its day. */
export async function countStatus(tx: Tx, accountId: Id, at: Date): Promise<void> {
  await sql`
    update accounts set statuses_count = statuses_count + 1, last_status_at = greatest(last_status_at, ${at.toISOString().slice(0, 10)}::date)
    where id = ${accountId}`.execute(tx.db)
}

export async function uncountStatus(tx: Tx, accountId: Id): Promise<void> {
  await sql`update accounts set statuses_count = greatest(0, statuses_count - 1) where id = ${accountId}`.execute(tx.db)
}
