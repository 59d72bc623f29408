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

/** Takes the rows of these accounts in one order, so that two acts upon the same people never wait for each other in a circle. */
export async function lockAccounts(tx: Tx, ids: readonly Id[]): Promise<void> {
  await sql`select id from accounts where id = any(${[...ids]}::bigint[]) order by id for update`.execute(tx.db)
}

/** Counts a follow on both sides; `by` is 1 or -1. The caller holds both rows. */
export async function countFollow(tx: Tx, followerId: Id, targetId: Id, by: 1 | -1): Promise<void> {
  await sql`update accounts set following_count = greatest(0, following_count + ${by}::int) where id = ${followerId}`.execute(
    tx.db,
  )
  await sql`update accounts set followers_count = greatest(0, followers_count + ${by}::int) where id = ${targetId}`.execute(
    tx.db,
  )
}
