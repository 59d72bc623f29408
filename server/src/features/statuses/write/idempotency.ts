import { sql } from 'kysely'
import { Refusal } from '#lib/refusal'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'

const LONGEST_KEY = 255

/**
 * Does `work` once per account and key: a repeated call, also a simultaneous one, gets the first result.
 * The key is written in the transaction of the work, so that a crash leaves both or neither.
 */
export async function once(tx: Tx, accountId: Id, key: string | undefined, work: () => Promise<Id>): Promise<Id> {
  const [id] = await onceAll(tx, accountId, key, async () => [await work()])
  return id as Id
}

/** The same for work that makes several things: all their ids are given again, in order. */
export async function onceAll(
  tx: Tx,
  accountId: Id,
  key: string | undefined,
  work: () => Promise<Id[]>,
): Promise<Id[]> {
  if (key === undefined || key === '') return work()
  if (key.length > LONGEST_KEY) throw new Refusal('badRequest', 'The Idempotency-Key is too long')
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${accountId}:${key}`}, 0))`.execute(tx.db)
  const seen = await tx.db
    .selectFrom('idempotency_keys')
    .select(['result_id', 'following_ids'])
    .where('account_id', '=', accountId)
    .where('key', '=', key)
    .executeTakeFirst()
  if (seen) return [seen.result_id, ...seen.following_ids]
  const [result_id, ...following_ids] = await work()
  if (result_id === undefined) throw new Error('Nothing was made that could be found again')
  await tx.db
    .insertInto('idempotency_keys')
    .values({ account_id: accountId, key, result_id, following_ids, created_at: tx.clock.now().toISOString() })
    .execute()
  return [result_id, ...following_ids]
}
