import { sql } from 'kysely'
import { announce } from '#features/streaming'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { findReport } from '../../store.ts'

/** Whoever has not been heard of for so long looks no more; a page says so three times in that. */
const FRESH_MS = 60_000

/** Says that a moderator looks at a case, or no longer does; colleagues who look at it hear of it at once. */
export async function noteLook(tx: Tx, moderatorId: Id, reportId: string, isHere: boolean): Promise<void> {
  if (!isId(reportId) || !(await findReport(tx, reportId))) throw notFound()
  const before = await listLooking(tx, reportId)
  const seenAt = tx.clock.now().toISOString()
  if (isHere)
    await tx.db
      .insertInto('case_looks')
      .values({ report_id: reportId, moderator_id: moderatorId, seen_at: seenAt })
      .onConflict((conflict) => conflict.columns(['report_id', 'moderator_id']).doUpdateSet({ seen_at: seenAt }))
      .execute()
  else
    await tx.db
      .deleteFrom('case_looks')
      .where('report_id', '=', reportId)
      .where('moderator_id', '=', moderatorId)
      .execute()
  if (before.includes(moderatorId) === isHere) return
  for (const accountId of before.filter((id) => id !== moderatorId))
    tx.afterCommit(() => announce(tx.streams, 'case_looks', { accountId }))
}

/** Who looks at a case just now. One query. */
export async function listLooking(ctx: Context, reportId: Id): Promise<Id[]> {
  const since = new Date(ctx.clock.now().getTime() - FRESH_MS).toISOString()
  const { rows } = await sql<{ id: Id }>`
    select moderator_id as id from case_looks where report_id = ${reportId} and seen_at > ${since}::timestamptz
    order by moderator_id`.execute(ctx.db)
  return rows.map((row) => row.id)
}
