import type { LogEntry } from '@hamlet/contract/team'
import type { AuditRow } from '#features/audit'
import { presentAccounts } from '#features/profiles'
import type { Context } from '#platform/context'

/** Lines of the log with who did it. A fixed number of queries, however many. */
export async function presentLog(ctx: Context, rows: readonly AuditRow[]): Promise<LogEntry[]> {
  const ids = rows.map((row) => row.actor_account_id).filter((id) => id !== null)
  const people = await presentAccounts(ctx, [...new Set(ids)])
  return rows.map(({ actor_account_id: actorId, ...row }) => ({ ...row, actor: people.get(actorId ?? '') ?? null }))
}
