import { emptyAccount, isRetired, lockAccounts, retireAccount } from '#features/accounts'
import { writeAudit } from '#features/audit'
import { eraseAccountOf, findUserOfAccount } from '#features/users'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { requireInReach, requireTarget, type Moderator } from '../act.ts'
import { labelOf } from '../label.ts'

/**
 * Begins to erase all data of an account that the team suspended (mastodon-api 1.17). Of one of here nothing stays but that
 * its name is taken; of another server's an empty row, so that it stays out.
 */
export async function deleteAccountData(tx: Tx, moderator: Moderator, targetId: Id): Promise<void> {
  await lockAccounts(tx, [targetId])
  const target = await requireTarget(tx, targetId)
  await requireInReach(tx, moderator.userId, targetId)
  const { is_local: isLocal, username, suspended_at: suspendedAt, withdrawn_at: withdrawnAt } = target
  const isDone = isLocal && (await isRetired(tx, username))
  if (suspendedAt === null || withdrawnAt !== null || isDone)
    throw new Refusal('forbidden', 'Only the data of a suspended account can be deleted')
  const person = isLocal ? await findUserOfAccount(tx, targetId) : undefined
  // Without its id, which would go with the account: the team knows later what it did.
  const entry = { actorId: moderator.accountId, action: 'account.delete', targetType: 'account' } as const
  await writeAudit(tx, { ...entry, label: labelOf(target) })
  if (!isLocal) return emptyAccount(tx, targetId)
  await (person ? eraseAccountOf(tx, person.id, targetId) : retireAccount(tx, targetId))
}
