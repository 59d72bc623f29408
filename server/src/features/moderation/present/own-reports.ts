import type { FiledReport } from '@hamlet/contract/moderation'
import { presentAccounts } from '#features/profiles'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { listReports, listTakenBack } from '../store.ts'

/** Reports as whoever filed them finds them again. A fixed number of queries, however many. */
export async function presentOwnReports(ctx: Context, ids: readonly Id[]): Promise<FiledReport[]> {
  const rows = new Map((await listReports(ctx, ids)).map((row) => [row.id, row]))
  const takenBack = await listTakenBack(ctx, ids)
  const targets = await presentAccounts(
    ctx,
    [...rows.values()].map((row) => row.target_account_id),
  )
  return ids.flatMap((id) => {
    const row = rows.get(id)
    const target = row && targets.get(row.target_account_id)
    if (!row || !target) return []
    const { category, comment, forwarded, created_at, resolved_at } = row
    const decided = takenBack.has(id) ? 'taken_back' : (row.outcome ?? 'none')
    const outcome = row.resolved_at === null ? 'waiting' : decided
    const own = { id, category, comment, forwarded, created_at, resolved_at }
    return [{ ...own, outcome, posts: row.status_ids.length, target_account: target }]
  })
}
