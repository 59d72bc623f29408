import type { AdminReport } from '@hamlet/contract/moderation'
import type { AdminAccount } from '@hamlet/contract/sign-up'
import { isAllowed } from '#features/roles'
import { findRules, presentRules } from '#features/settings'
import { presentStatuses } from '#features/statuses'
import { findUserOfAccount } from '#features/users'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import { listReports, type ReportRow } from '../store.ts'
import { presentAdminAccounts, withoutWhereabouts } from './accounts.ts'

/** Reports as the team's apps read them, with everybody and everything in them. A fixed number of queries, however many. */
export async function presentAdminReports(
  ctx: Context,
  viewerId: Id | null,
  ids: readonly Id[],
): Promise<AdminReport[]> {
  const rows = new Map((await listReports(ctx, ids)).map((row) => [row.id, row]))
  const all = [...rows.values()]
  const people = await presentForReader(ctx, viewerId, [...new Set(all.flatMap(peopleOf))])
  const rules = await findRules(ctx, [...new Set(all.flatMap((row) => row.rule_ids))])
  const statuses = await presentStatuses(ctx, viewerId, [...new Set(all.flatMap((row) => row.status_ids))])
  const parts = {
    people: new Map(people.map((person) => [person.id, person])),
    rules: new Map(presentRules(rules).map((rule) => [rule.id, rule])),
    statuses: new Map(statuses.map((status) => [status.id, status])),
  }
  return ids.flatMap((id) => {
    const row = rows.get(id)
    return row ? presentRow(row, parts) : []
  })
}

export async function presentAdminReport(ctx: Context, viewerId: Id, id: Id): Promise<AdminReport> {
  const [found] = await presentAdminReports(ctx, viewerId, [id])
  if (!found) throw notFound()
  return found
}

/** Who decides about reports need not know how people are reached, nor from where they come. */
async function presentForReader(ctx: Context, viewerId: Id | null, ids: Id[]): Promise<AdminAccount[]> {
  const reader = viewerId === null ? undefined : await findUserOfAccount(ctx, viewerId)
  const people = await presentAdminAccounts(ctx, ids)
  return isAllowed(reader?.permissions ?? '0', 'manage_users') ? people : people.map(withoutWhereabouts)
}

const peopleOf = (row: ReportRow): Id[] =>
  [row.reporter_account_id, row.target_account_id, row.assigned_account_id, row.resolved_by_account_id].filter(
    (id) => id !== null,
  )

type Parts = {
  people: ReadonlyMap<Id, AdminReport['account']>
  rules: ReadonlyMap<Id, AdminReport['rules'][number]>
  statuses: ReadonlyMap<Id, AdminReport['statuses'][number]>
}

function presentRow(row: ReportRow, { people, rules, statuses }: Parts): AdminReport[] {
  const [account, target] = [people.get(row.reporter_account_id), people.get(row.target_account_id)]
  if (!account || !target) return []
  const person = (id: Id | null) => (id === null ? null : (people.get(id) ?? null))
  return [
    {
      id: row.id,
      action_taken: row.resolved_at !== null,
      action_taken_at: row.resolved_at,
      category: row.category,
      comment: row.comment,
      forwarded: row.forwarded,
      created_at: row.created_at,
      updated_at: row.updated_at ?? row.resolved_at ?? row.created_at,
      account,
      target_account: target,
      assigned_account: person(row.assigned_account_id),
      action_taken_by_account: person(row.resolved_by_account_id),
      statuses: row.status_ids.flatMap((id) => statuses.get(id) ?? []),
      rules: row.rule_ids.flatMap((id) => rules.get(id) ?? []),
      collections: [],
    },
  ]
}
