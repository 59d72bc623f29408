import { findAccount, setStanding, type AccountRow } from '#features/accounts'
import { writeAudit } from '#features/audit'
import { findUser, findUserOfAccount, setFrozen } from '#features/users'
import type { Id } from '#lib/id'
import { invalid, notFound, Refusal } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { isMeasure, type Decision, type Measure } from './decisions.ts'
import { labelOf } from './label.ts'
import { resolveReportsOf } from './resolve.ts'
import { strike } from './strikes.ts'

export type Moderator = { accountId: Id; userId: Id }

const STANDINGS = { sensitive: 'sensitized', limit: 'limited', suspend: 'suspended' } as const

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

/** Puts a measure on an account or takes it off; gives whether anything changed. */
export async function setMeasure(tx: Tx, targetId: Id, measure: Measure, isOn: boolean): Promise<boolean> {
  return measure === 'freeze' ? setFrozen(tx, targetId, isOn) : setStanding(tx, targetId, STANDINGS[measure], isOn)
}

export type Act = { decision: Exclude<Decision, 'none' | 'delete'>; text: string; reportId?: Id; isTold?: boolean }

/**
 * Acts on an account without a report, or by one, which is decided with it (mastodon-api 1.17, action). Of other servers'
 * people only what is seen here can be changed.
 */
export async function actOnAccount(
  tx: Tx,
  moderator: Moderator,
  targetId: Id,
  { decision, text, reportId, isTold = true }: Act,
): Promise<void> {
  const target = await requireTarget(tx, targetId)
  await requireInReach(tx, moderator.userId, targetId)
  if (!target.is_local && (decision === 'warn' || decision === 'freeze'))
    throw invalid('Validation failed: Type is not included in the list: this person is of another server')
  if (reportId !== undefined) await resolveReportsOf(tx, moderator, targetId, { reportId, outcome: 'acted' })
  if (isMeasure(decision)) await setMeasure(tx, targetId, decision, true)
  await strike(tx, {
    moderatorId: moderator.accountId,
    targetId,
    reportId: reportId ?? null,
    decision,
    text,
    isTold: isTold && target.is_local,
  })
  await tell(tx, moderator, `account.${decision}`, target)
}

/** Takes a measure off an account again; a second press does nothing. */
export async function liftMeasure(tx: Tx, moderator: Moderator, targetId: Id, measure: Measure): Promise<void> {
  const target = await requireTarget(tx, targetId)
  if (measure === 'freeze' && !target.is_local) throw notFound()
  await requireInReach(tx, moderator.userId, targetId)
  if (await setMeasure(tx, targetId, measure, false)) await tell(tx, moderator, `account.un${measure}`, target)
}

async function tell(tx: Tx, { accountId }: Moderator, action: string, target: AccountRow): Promise<void> {
  await writeAudit(tx, {
    actorId: accountId,
    action,
    targetType: 'account',
    targetId: target.id,
    label: labelOf(target),
  })
}
