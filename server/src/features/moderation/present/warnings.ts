import type { AccountWarning } from '@hamlet/contract/moderation'
import { presentAccounts } from '#features/profiles'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import type { Decision } from '../decisions.ts'
import { listStrikesById, type WarningRow } from '../appeals/list-standing.ts'

/** Mastodon's names of what was decided. */
const actions: Record<Decision, AccountWarning['action']> = {
  none: 'none',
  warn: 'none',
  mark: 'mark_statuses_as_sensitive',
  delete: 'delete_statuses',
  sensitive: 'sensitive',
  limit: 'silence',
  freeze: 'disable',
  suspend: 'suspend',
}

/** Decisions against somebody, for them, by id; those that are gone are left out. Asks for nothing where there are none. */
export async function presentWarnings(ctx: Context, viewerId: Id, ids: readonly Id[]) {
  const rows = ids.length > 0 ? await listStrikesById(ctx, viewerId, ids) : []
  const accounts = await presentAccounts(ctx, rows.length > 0 ? [viewerId] : [])
  const target = accounts.get(viewerId)
  return new Map(target ? rows.map((row) => [row.id, presentWarning(row, target)] as const) : [])
}

function presentWarning(row: WarningRow, target_account: AccountWarning['target_account']): AccountWarning {
  return {
    id: row.id,
    action: actions[row.action as Decision],
    text: row.text,
    status_ids: row.status_ids.length > 0 ? row.status_ids : null,
    created_at: row.created_at,
    target_account,
    appeal: row.appealed_at === null ? null : { text: row.appeal_text ?? '', state: stateOf(row.approved) },
  }
}

const stateOf = (approved: boolean | null) =>
  approved === null ? ('pending' as const) : approved ? ('approved' as const) : ('rejected' as const)
