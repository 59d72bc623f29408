import { findAccount } from '#features/accounts'
import { writeAudit } from '#features/audit'
import { holdRoles } from '#features/roles'
import type { Id } from '#lib/id'
import { notFound, Refusal } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { findUserByEmail, findUserOfAccount } from '../store.ts'

/** What whoever runs the machine may change of a person; no role stands above them. */
export type OperatorChange = { roleId?: Id; email?: string; isConfirmed?: true }

export async function changeByOperator(tx: Tx, accountId: Id, change: OperatorChange): Promise<void> {
  const [person, account] = [await findUserOfAccount(tx, accountId), await findAccount(tx, accountId)]
  if (!person || !account) throw notFound('Nobody signs in with this account.')
  const { roleId, email, isConfirmed } = change
  if (roleId !== undefined) await holdRoles(tx)
  if (email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(email))
    throw new Refusal('invalid', `"${email}" is no e-mail address.`)
  const other = email === undefined ? undefined : await findUserByEmail(tx, email)
  if (other && other.id !== person.id) throw new Refusal('conflict', 'Somebody else here has this address.')
  const set = {
    ...(roleId === undefined ? {} : { role_id: roleId }),
    ...(email === undefined ? {} : { email, new_email: null }),
    ...(isConfirmed ? { confirmed_at: tx.clock.now().toISOString() } : {}),
  }
  if (Object.keys(set).length === 0) return
  await tx.db.updateTable('users').set(set).where('id', '=', person.id).execute()
  await writeAudit(tx, {
    actorId: null,
    action: 'user.change',
    targetType: 'account',
    targetId: accountId,
    label: account.username,
    // The address itself is nobody's business in a book that the team reads.
    details: { changed: Object.keys(set), ...(roleId === undefined ? {} : { role: roleId }) },
  })
}
