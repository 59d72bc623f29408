import type { Account } from '@hamlet/contract/account'
import type { ReportCase } from '@hamlet/contract/moderation'
import { presentAccounts } from '#features/profiles'
import { isAllowed } from '#features/roles'
import { findUser } from '#features/users'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { listLooking } from '../cases/context/looks.ts'
import { findFacts, findKin, findNeighbours, listRelated, listTimeline } from '../cases/context/store.ts'
import { listWaitingAbout } from '../cases/queue/store.ts'
import type { ReportRow } from '../store.ts'

type Viewer = { accountId: Id; userId: Id }
type CaseContext = Pick<
  ReportCase,
  'reporters' | 'assigned' | 'facts' | 'kin' | 'related' | 'timeline' | 'looking' | 'next' | 'previous'
>

/** Colleagues who look at a report, whoever asks left out. */
export async function presentLooking(ctx: Context, viewerId: Id, reportId: Id): Promise<Account[]> {
  const ids = (await listLooking(ctx, reportId)).filter((id) => id !== viewerId)
  const people = await presentAccounts(ctx, ids)
  return ids.flatMap((id) => people.get(id) ?? [])
}

/** What surrounds a report: whoever else is of it, what was done, and what it may belong to. A fixed number of queries. */
export async function presentCaseContext(ctx: Context, viewer: Viewer, report: ReportRow): Promise<CaseContext> {
  const targetId = report.target_account_id
  const waiting = (await listWaitingAbout(ctx, [targetId])).get(targetId)
  const reporterIds = [...new Set([report.reporter_account_id, ...(waiting?.reporter_ids ?? [])])]
  const related = await listRelated(ctx, report)
  const timeline = await listTimeline(ctx, report)
  const looking = (await listLooking(ctx, report.id)).filter((id) => id !== viewer.accountId)
  const people = await presentAccounts(ctx, [
    ...new Set([
      ...reporterIds,
      ...looking,
      ...related.flatMap((row) => [row.target_account_id, row.reporter_account_id]),
      ...timeline.flatMap((row) => row.actor_account_id ?? []),
      ...(report.assigned_account_id === null ? [] : [report.assigned_account_id]),
    ]),
  ])
  const known = (ids: readonly Id[]) => ids.flatMap((id) => people.get(id) ?? [])
  return {
    reporters: known(reporterIds),
    assigned: people.get(report.assigned_account_id ?? '') ?? null,
    facts: await findFacts(ctx, targetId),
    kin: (await mayManage(ctx, viewer)) ? ((await findKin(ctx, targetId)) ?? null) : null,
    related: related.flatMap(({ target_account_id, reporter_account_id, ...row }) => {
      const [target, reporter] = [people.get(target_account_id), people.get(reporter_account_id)]
      return target && reporter ? [{ ...row, target, reporter }] : []
    }),
    timeline: timeline.map((row) => ({
      at: row.at,
      action: row.action,
      by: people.get(row.actor_account_id ?? '') ?? null,
    })),
    looking: known(looking),
    ...(await findNeighbours(ctx, report)),
  }
}

async function mayManage(ctx: Context, { userId }: Viewer): Promise<boolean> {
  const person = await findUser(ctx, userId)
  return isAllowed(person?.permissions ?? '0', 'manage_users')
}
