import { findAccount, type AccountRow } from '#features/accounts'
import { writeAudit, type AuditAction } from '#features/audit'
import { findUser, findUserOfAccount } from '#features/users'
import type { Id } from '#lib/id'
import { notFound, Refusal } from '#lib/refusal'
import type { Tx } from '#platform/context'
import type { Decision, Measure } from './decisions.ts'
import { carryOut, requireFitting } from './measures/carry-out.ts'
import { labelOf } from './label.ts'
import { liftAll } from './measures/settle.ts'
import { resolveReportsOf } from './resolve.ts'

export type Moderator = { accountId: Id; userId: Id }

/** Whom one may act on: somebody; the server itself is nobody. */
export async function requireTarget(tx: Tx, targetId: Id): Promise<AccountRow> {
  const target = await findAccount(tx, targetId)
  if (!target || (target.is_local && target.actor_type === 'Application')) throw notFound()
  return target
}

/** Nobody acts on the team: whoever holds a role of it is out of reach of the others (mastodon-features, roles). */
export async function requireInReach(tx: Tx, moderatorUserId: Id, targetId: Id): Promise<void> {
  const [moderator, target] = [await findUser(tx, moderatorUserId), await findUserOfAccount(tx, targetId)]
  if (target && target.role_position >= (moderator?.role_position ?? -1))
    throw new Refusal('forbidden', 'This person is of the team. Their role has to be taken away first.')
}

export type Act = {
  decision: Exclude<Decision, 'none' | 'delete' | 'mark'>
  text: string
  reportId?: Id
  isTold?: boolean
  endsIn?: number | undefined
}

/**
 * Acts on an account without a report, or by one, which is decided with it (mastodon-api 1.17, action). Of other servers'
 * people only what is seen here can be changed.
 */
export async function actOnAccount(
  tx: Tx,
  moderator: Moderator,
  targetId: Id,
  { decision, text, reportId, isTold = true, endsIn }: Act,
): Promise<void> {
  const target = await requireTarget(tx, targetId)
  await requireInReach(tx, moderator.userId, targetId)
  requireFitting(target, decision, 0)
  const report =
    reportId === undefined ? undefined : await resolveReportsOf(tx, moderator, targetId, { reportId, outcome: 'acted' })
  const strikeId = await carryOut(tx, {
    moderatorId: moderator.accountId,
    target,
    reportId: report?.id ?? null,
    ruleIds: report?.rule_ids ?? [],
    statusIds: report?.status_ids ?? [],
    decision,
    text,
    isTold,
    endsIn,
  })
  await tell(tx, moderator, {
    action: `account.${decision}`,
    target,
    details: { strikeId, ...(endsIn ? { endsIn } : {}) },
  })
}

/** Takes a measure off an account again; a second press does nothing. */
export async function liftMeasure(tx: Tx, moderator: Moderator, targetId: Id, measure: Measure): Promise<void> {
  const target = await requireTarget(tx, targetId)
  if (measure === 'freeze' && !target.is_local) throw notFound()
  await requireInReach(tx, moderator.userId, targetId)
  if (await liftAll(tx, targetId, measure)) await tell(tx, moderator, { action: `account.un${measure}`, target })
}

type Told = { action: AuditAction; target: AccountRow; details?: Record<string, unknown> }

async function tell(tx: Tx, { accountId }: Moderator, { action, target, details = {} }: Told): Promise<void> {
  const label = labelOf(target)
  await writeAudit(tx, { actorId: accountId, action, targetType: 'account', targetId: target.id, label, details })
}
