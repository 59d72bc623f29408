import { sql } from 'kysely'
import { isId, makeId, type Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { enqueue } from '#platform/jobs'
import type { Moderator } from '../../act.ts'
import type { Decision } from '../../decisions.ts'
import type { QueueFilter } from '../queue/grouped.ts'
import { listAccountsOf } from '../queue/store.ts'
import { runBulk } from './run-bulk.ts'

/** Who is meant: accounts one by one, and whole groups of the queue as it is filtered; nothing newer than `untilId`. */
export type Selection = {
  accountIds: readonly string[]
  groups: readonly string[]
  filter: QueueFilter
  untilId: string
}

const MOST = 5000

/** Of a selection, the accounts about which something waits that the moderator has seen. */
export async function resolveSelection(tx: Tx, viewerId: Id, selection: Selection): Promise<Id[]> {
  const { groups, filter, untilId } = selection
  if (!isId(untilId)) throw invalid('Validation failed: until is no report')
  const ofGroups = groups.length > 0 ? await listAccountsOf(tx, { viewerId, filter }, groups) : []
  const ids = [...new Set([...selection.accountIds.filter(isId), ...ofGroups])].slice(0, MOST)
  const { rows } = await sql<{ id: Id }>`
    select distinct r.target_account_id as id from reports r
    where r.target_account_id = any(${ids}::bigint[]) and r.resolved_at is null and r.id <= ${untilId} order by id`.execute(
    tx.db,
  )
  return rows.map((row) => row.id)
}

/**
 * Begins to decide about many accounts at once; a job does it, a few at a time. The same press again is the same
 * decision: its id is the answer.
 */
export async function startBulk(
  tx: Tx,
  moderator: Moderator,
  wish: { pressKey: string; decision: Decision; text: string },
  selection: Selection,
): Promise<Id> {
  const { accountId } = moderator
  await sql`select pg_advisory_xact_lock(hashtextextended(${`bulk ${accountId} ${wish.pressKey}`}, 0))`.execute(tx.db)
  const same = await tx.db
    .selectFrom('bulk_decisions')
    .select('id')
    .where('moderator_id', '=', accountId)
    .where('press_key', '=', wish.pressKey)
    .executeTakeFirst()
  if (same) return same.id
  const targets = await resolveSelection(tx, accountId, selection)
  if (targets.length === 0) throw invalid('Nothing that was chosen waits any more.')
  const now = tx.clock.now()
  const id = makeId(now.getTime())
  await tx.db
    .insertInto('bulk_decisions')
    .values({
      id,
      moderator_id: accountId,
      press_key: wish.pressKey,
      decision: wish.decision,
      text: wish.text,
      until_id: selection.untilId,
      created_at: now.toISOString(),
    })
    .execute()
  await sql`
    insert into bulk_items (bulk_id, target_account_id) select ${id}::bigint, unnest(${targets}::bigint[])`.execute(
    tx.db,
  )
  await enqueue(tx, runBulk, { bulkId: id, userId: moderator.userId })
  return id
}
