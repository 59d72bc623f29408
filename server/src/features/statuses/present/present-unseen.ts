import type { Status } from '@hamlet/contract/status'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { findStatusesById } from '../store.ts'
import { presentRows } from './present-statuses.ts'

/** Posts that wait for a moderator, as the team reads them; the caller has seen to it that they are for the team. */
export async function presentUnseen(ctx: Context, viewerId: Id, ids: readonly Id[]): Promise<Map<Id, Status>> {
  const rows = await findStatusesById(ctx, ids)
  const shown = await presentRows(ctx, viewerId, rows, 'page')
  return new Map(shown.map((status) => [status.id, status]))
}
