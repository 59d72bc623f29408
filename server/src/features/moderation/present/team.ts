import type { SuspensionProposal, TeamAccount, TeamNote, TeamStrike } from '@hamlet/contract/team'
import { isRetired, requireAccount } from '#features/accounts'
import { presentAccounts } from '#features/profiles'
import { isAllowed } from '#features/roles'
import { findUser, findUserOfAccount, listSessionsOf } from '#features/users'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { countReports, listTeamStrikes, type TeamStrikeRow } from '../accounts/team-account.ts'
import { fittingDecisions, isMeasure, type Decision } from '../decisions.ts'
import { listNotes, type NoteRow, type Subject } from '../measures/notes.ts'
import { listProposals, type ProposalRow } from '../measures/propose.ts'
import { UNDO_MS } from '../measures/undo.ts'
import { presentAdminAccount } from './accounts.ts'

type Moderator = { accountId: Id; userId: Id }

/** Somebody with all that the team knows of them. A fixed number of queries. */
export async function presentTeamAccount(ctx: Context, viewer: Moderator, id: Id): Promise<TeamAccount> {
  const account = await requireAccount(ctx, id)
  const admin = await presentAdminAccount(ctx, id)
  const [me, person] = [await findUser(ctx, viewer.userId), await findUserOfAccount(ctx, id)]
  const mayKnow = isAllowed(me?.permissions ?? '0', 'manage_user_access')
  const isInReach = !person || person.role_position < (me?.role_position ?? -1)
  const proposals = await presentProposals(ctx, viewer.accountId, await listProposals(ctx, id))
  const isGone = account.is_local && (await isRetired(ctx, account.username))
  const isOurs = account.suspended_at !== null && account.withdrawn_at === null && !isGone
  const mayDelete = isAllowed(me?.permissions ?? '0', 'delete_user_data')
  return {
    admin,
    strikes: await presentTeamStrikes(ctx, await listTeamStrikes(ctx, id)),
    notes: await presentNotes(ctx, viewer.accountId, { accountId: id }),
    reports: await countReports(ctx, id),
    sessions: person && mayKnow ? await listSessionsOf(ctx, person.id) : null,
    proposal: proposals[0] ?? null,
    decisions: isInReach ? fittingDecisions(account.is_local, 0).filter((one) => one !== 'none') : [],
    deletable: isOurs && isInReach && mayDelete,
  }
}

export async function presentNotes(ctx: Context, viewerId: Id, subject: Subject): Promise<TeamNote[]> {
  const rows = await listNotes(ctx, subject)
  const people = await presentAccounts(ctx, idsOf(rows.map((row: NoteRow) => row.author_account_id)))
  return rows.map(({ author_account_id: authorId, ...row }) => ({
    ...row,
    author: people.get(authorId ?? '') ?? null,
    own: authorId === viewerId,
  }))
}

export async function presentProposals(
  ctx: Context,
  viewerId: Id,
  rows: readonly ProposalRow[],
): Promise<SuspensionProposal[]> {
  const people = await presentAccounts(
    ctx,
    idsOf(rows.flatMap((row) => [row.target_account_id, row.proposer_account_id])),
  )
  return rows.flatMap(({ target_account_id: targetId, proposer_account_id: proposerId, ...row }) => {
    const target = people.get(targetId)
    return target
      ? [{ ...row, target, proposer: people.get(proposerId ?? '') ?? null, own: proposerId === viewerId }]
      : []
  })
}

async function presentTeamStrikes(ctx: Context, rows: readonly TeamStrikeRow[]): Promise<TeamStrike[]> {
  const people = await presentAccounts(ctx, idsOf(rows.map((row) => row.moderator_account_id)))
  const oldest = ctx.clock.now().getTime() - UNDO_MS
  return rows.map((row) => ({
    id: row.id,
    action: row.action,
    text: row.text,
    created_at: row.created_at,
    ends_at: row.ends_at,
    state: stateOf(row),
    moderator: people.get(row.moderator_account_id ?? '') ?? null,
    report_id: row.report_id,
    posts: row.status_ids.length,
    automated: row.is_automated,
    appealed: row.appealed_at !== null,
    undoable: row.undone_at === null && Date.parse(row.created_at) > oldest,
  }))
}

/** How a decision stands: `in_force`, `over` or `undone`; what does not last is `done`. */
export function stateOf(row: { action: string; undone_at: string | null; lifted_at: string | null }): string {
  if (row.undone_at !== null) return 'undone'
  if (!isMeasure(row.action as Decision)) return 'done'
  return row.lifted_at === null ? 'in_force' : 'over'
}

const idsOf = (ids: readonly (Id | null)[]): Id[] => [...new Set(ids.filter((id) => id !== null))]
