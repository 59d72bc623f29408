import type { Account } from '@hamlet/contract/account'
import type { Report, ReportCase } from '@hamlet/contract/moderation'
import type { SignUp } from '@hamlet/contract/sign-up'
import { findApplicationNames } from '#features/oauth'
import { presentAccounts } from '#features/profiles'
import { listRules } from '#features/settings'
import type { WaitingRow } from '#features/users'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import { countRevealed, noteReading } from '../cases/evidence/reveal.ts'
import { listEvidence } from '../cases/evidence/store.ts'
import { decisions } from '../decisions.ts'
import { presentCaseContext } from './case-context.ts'
import { presentEvidence } from './evidence.ts'
import { listReports, listStrikes, type ReportRow } from '../store.ts'

/** Reports by id, as whoever filed them and whoever is told of them see them. Two queries, however many. */
export async function presentReports(ctx: Context, ids: readonly Id[]): Promise<Map<Id, Report>> {
  const rows = await listReports(ctx, ids)
  const targets = await presentAccounts(
    ctx,
    rows.map((row) => row.target_account_id),
  )
  return new Map(
    rows.flatMap((row) => {
      const target = targets.get(row.target_account_id)
      return target ? [[row.id, presentReport(row, target)] as const] : []
    }),
  )
}

function presentReport(row: ReportRow, target: Account): Report {
  return {
    id: row.id,
    action_taken: row.resolved_at !== null,
    action_taken_at: row.resolved_at,
    category: row.category,
    comment: row.comment,
    forwarded: row.forwarded,
    created_at: row.created_at,
    status_ids: row.status_ids,
    rule_ids: row.rule_ids,
    collection_ids: [],
    target_account: target,
  }
}

/** What can be decided; the page says what each would do. Posts can be removed where some were named, people of here frozen. */
function listConsequences(posts: number, isLocal: boolean): ReportCase['consequences'] {
  const fitting = decisions.filter((one) => (one !== 'delete' || posts > 0) && (one !== 'freeze' || isLocal))
  return fitting.map((decision) => ({ decision, posts }))
}

const isForFew = (visibility: string) => visibility === 'private' || visibility === 'direct'

export async function presentCase(
  ctx: Context,
  viewer: { accountId: Id; userId: Id },
  report: ReportRow,
): Promise<ReportCase> {
  const moderatorId = viewer.accountId
  const evidence = await listEvidence(ctx, report.id)
  const authors = evidence.map((row) => row.account_id)
  const people = await presentAccounts(ctx, [report.target_account_id, report.reporter_account_id, ...authors])
  const [target, reporter] = [people.get(report.target_account_id), people.get(report.reporter_account_id)]
  if (!target || !reporter) throw notFound()
  const others = await ctx.db
    .selectFrom('reports')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('target_account_id', '=', report.target_account_id)
    .where('id', '<>', report.id)
    .executeTakeFirst()
  if (evidence.some(({ visibility }) => isForFew(visibility))) await noteReading(ctx, moderatorId, report.id)
  const rules = await listRules(ctx)
  return {
    id: report.id,
    target,
    reporter,
    category: report.category,
    comment: report.comment,
    rules: rules.filter((rule) => report.rule_ids.includes(rule.id)).map((rule) => rule.text),
    created_at: report.created_at,
    resolved_at: report.resolved_at,
    outcome: report.outcome,
    forwarded: report.forwarded,
    ...(await presentCaseContext(ctx, viewer, report)),
    evidence: presentEvidence(evidence, people),
    revealed_today: await countRevealed(ctx, moderatorId),
    others: Number(others?.count ?? 0),
    strikes: await listStrikes(ctx, report.target_account_id),
    consequences: listConsequences(report.status_ids.length, !target.acct.includes('@')),
  }
}

/** People who wait, with the names of the apps they came by. One query, however many. */
export async function presentSignUps(ctx: Context, rows: readonly WaitingRow[]): Promise<SignUp[]> {
  const apps = await findApplicationNames(
    ctx,
    rows.flatMap((row) => row.sign_up_application_id ?? []),
  )
  return rows.map((row) => ({
    id: row.id,
    username: row.username,
    email: row.email,
    confirmed: row.confirmed_at !== null,
    reason: row.sign_up_reason,
    application: apps.get(row.sign_up_application_id ?? '')?.name ?? null,
    ip: row.sign_up_ip?.replace(/\/\d+$/, '') ?? null,
    invited_by: row.invited_by,
    why: row.sign_up_marks.flatMap((mark) => (mark.startsWith('why:') ? [mark.slice(4)] : [])),
    created_at: row.created_at,
  }))
}
