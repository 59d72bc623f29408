import type { Conversation } from '@hamlet/contract/conversation'
import { presentAccounts } from '#features/profiles'
import { presentStatuses } from '#features/statuses'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import type { ThreadRow } from './store.ts'

/** Threads as JSON, in a fixed number of queries. Notes to oneself name oneself, since apps expect somebody. */
export async function presentThreads(ctx: Context, viewerId: Id, rows: readonly ThreadRow[]): Promise<Conversation[]> {
  const people = (row: ThreadRow) => (row.people.length > 0 ? row.people : [viewerId])
  const accounts = await presentAccounts(ctx, [...new Set(rows.flatMap(people))])
  const messages = await presentStatuses(
    ctx,
    viewerId,
    rows.map((row) => row.last_status_id),
  )
  const byId = new Map(messages.map((status) => [status.id, status]))
  return rows.map((row) => ({
    id: row.id,
    unread: row.unread,
    accounts: people(row)
      .map((id) => accounts.get(id))
      .filter((account) => account !== undefined),
    last_status: byId.get(row.last_status_id) ?? null,
  }))
}
