import { findAccount } from '#features/accounts'
import { writeAudit } from '#features/audit'
import { deleteRole, EVERYBODY, findRole, holdRoles, requireGrantable, type Actor } from '#features/roles'
import type { Id } from '#lib/id'
import { notFound, Refusal } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { emit } from '#platform/events'
import { signedOut } from '../own-sessions.ts'
import { endSessions } from '../sessions.ts'
import { findUser, findUserOfAccount } from '../store.ts'

/** Somebody of the team as who changes roles: with the role that they hold now. */
export async function requireActor(ctx: Context, who: { accountId: Id; userId: Id }): Promise<Actor> {
  const person = await findUser(ctx, who.userId)
  const role = person && (await findRole(ctx, person.role_id))
  if (!role) throw notFound()
  return { accountId: who.accountId, role }
}

/**
 * Gives somebody another role. The one they have and the one they get must both be lower than the giver's, and allow no
 * more than the giver may; nobody changes their own.
 */
export async function assignRole(tx: Tx, actor: Actor, accountId: Id, roleId: Id): Promise<void> {
  const [person, account] = [await findUserOfAccount(tx, accountId), await findAccount(tx, accountId)]
  const roles = await holdRoles(tx)
  const [before, after] = [person?.role_id, roleId].map((id) => roles.find((role) => role.id === id))
  if (!person || !account || !before || !after) throw notFound()
  if (accountId === actor.accountId) throw new Refusal('forbidden', 'Nobody changes their own role')
  requireGrantable(actor, before)
  requireGrantable(actor, after)
  await tx.db.updateTable('users').set({ role_id: roleId }).where('id', '=', person.id).execute()
  // Whoever may more, or less, proves anew who they are (reliability WB-02).
  await endSessions(tx, person.id)
  await emit(tx, signedOut, { userId: person.id })
  await writeAudit(tx, {
    actorId: actor.accountId,
    action: 'role.assign',
    targetType: 'account',
    targetId: accountId,
    label: account.username,
    details: { from: before.name, to: after.name },
  })
}

/** Takes a role from all who hold it, and deletes it. */
export async function dissolveRole(tx: Tx, actor: Actor, roleId: Id): Promise<void> {
  await holdRoles(tx)
  await tx.db.updateTable('users').set({ role_id: EVERYBODY }).where('role_id', '=', roleId).execute()
  await deleteRole(tx, actor, roleId)
}

/** How many hold each role. One query. */
export async function countHoldersByRole(ctx: Context): Promise<Map<Id, number>> {
  const rows = await ctx.db
    .selectFrom('users')
    .select(['role_id', (eb) => eb.fn.countAll<string>().as('count')])
    .groupBy('role_id')
    .execute()
  return new Map(rows.map((row) => [row.role_id, Number(row.count)]))
}
