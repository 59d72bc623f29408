import { sql } from 'kysely'
import { findAccount } from '#features/accounts'
import { writeAudit, type AuditAction } from '#features/audit'
import { judgeMail } from '#features/gates'
import type { Id } from '#lib/id'
import { invalid, notFound, Refusal } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { emit } from '#platform/events'
import { enqueue } from '#platform/jobs'
import { passwordChanged } from '../confirm.ts'
import { readEmail, refuseField } from '../create-user.ts'
import { mailFactorChanged } from '../entering/mails.ts'
import { mailConfirmation, mailEmailAsked, mailNewEmail, mailPassword } from '../mails.ts'
import { signedOut } from '../own-sessions.ts'
import { factorRemoved } from '../second-factor/factors.ts'
import { endSessions } from '../sessions.ts'
import { findUser, findUserByEmail, findUserOfAccount } from '../store.ts'

type Actor = { accountId: Id; userId: Id }

/** Whom somebody of the team helps: a person of this server who stands lower than they do. */
async function requireLower(tx: Tx, actor: Actor, accountId: Id) {
  const [person, account] = [await findUserOfAccount(tx, accountId), await findAccount(tx, accountId)]
  if (!person || !account) throw notFound()
  const helper = await findUser(tx, actor.userId)
  if (person.role_position >= (helper?.role_position ?? -1))
    throw new Refusal('forbidden', 'Only somebody of a higher role may do this')
  return { person, username: account.username }
}

type Help = { actor: Actor; accountId: Id; action: AuditAction }

async function note(tx: Tx, { actor, accountId, action }: Help, username: string): Promise<void> {
  const entry = { actorId: actor.accountId, action, targetType: 'account', targetId: accountId } as const
  await writeAudit(tx, { ...entry, label: username })
}

/** Somebody lost their phone and their codes: all their second factors go, they are signed out, and told by mail. */
export async function resetFactors(tx: Tx, actor: Actor, accountId: Id): Promise<void> {
  const { person, username } = await requireLower(tx, actor, accountId)
  await tx.db.deleteFrom('totp_secrets').where('user_id', '=', person.id).execute()
  await tx.db.deleteFrom('passkeys').where('user_id', '=', person.id).execute()
  await factorRemoved(tx, person.id, { isForced: true })
  await endSessions(tx, person.id)
  await emit(tx, signedOut, { userId: person.id })
  await enqueue(tx, mailFactorChanged, { userId: person.id, change: 'reset' })
  await note(tx, { actor, accountId, action: 'user.reset-second-factor' }, username)
}

/** The password is none any more, everything is signed out, and a link to choose another goes to the person. */
export async function resetPasswordOf(tx: Tx, actor: Actor, accountId: Id): Promise<void> {
  const { person, username } = await requireLower(tx, actor, accountId)
  await tx.db.updateTable('users').set({ password_hash: null }).where('id', '=', person.id).execute()
  await endSessions(tx, person.id)
  await emit(tx, passwordChanged, { userId: person.id })
  await enqueue(tx, mailPassword, { userId: person.id })
  await note(tx, { actor, accountId, action: 'user.reset-password' }, username)
}

/** Somebody of the team knows that the address is theirs. */
export async function confirmEmailOf(tx: Tx, actor: Actor, accountId: Id): Promise<void> {
  const { person, username } = await requireLower(tx, actor, accountId)
  const confirmed = await tx.db
    .updateTable('users')
    .set({ confirmed_at: tx.clock.now().toISOString() })
    .where('id', '=', person.id)
    .where('confirmed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!confirmed) throw invalid('The address is confirmed already.')
  await note(tx, { actor, accountId, action: 'user.confirm-email' }, username)
}

/** Another address counts once the link that is sent there was followed; the old one is told. */
export async function changeEmailOf(tx: Tx, actor: Actor, accountId: Id, email: string): Promise<void> {
  const { person, username } = await requireLower(tx, actor, accountId)
  const wanted = readEmail(email)
  const verdict = await judgeMail(tx, wanted)
  if (verdict.kind === 'refused') throw refuseField('email', verdict.error, verdict.description)
  if (await findUserByEmail(tx, wanted)) throw refuseField('email', 'ERR_TAKEN', 'has already been taken')
  if (person.confirmed_at === null) {
    await tx.db.updateTable('users').set({ email: wanted }).where('id', '=', person.id).execute()
    await tx.db.deleteFrom('one_time_links').where('user_id', '=', person.id).execute()
    await enqueue(tx, mailConfirmation, { userId: person.id })
  } else {
    await tx.db.updateTable('users').set({ new_email: wanted }).where('id', '=', person.id).execute()
    await enqueue(tx, mailEmailAsked, { userId: person.id })
    await enqueue(tx, mailNewEmail, { userId: person.id })
  }
  await note(tx, { actor, accountId, action: 'user.change-email' }, username)
}

export type TeamFactor = { id: Id; username: string; role: string; required: boolean; second_factor: boolean }

/** Who of the team has a second factor, and who lacks one. One query. */
export async function listTeamFactors(ctx: Context): Promise<TeamFactor[]> {
  const found = await sql<TeamFactor>`
    select a.id::text as id, a.username, r.name as role, r.require_2fa as required, u.second_factor_at is not null as second_factor
    from users u join roles r on r.id = u.role_id
      join lateral (select account_id from user_accounts ua where ua.user_id = u.id order by ua.created_at limit 1) first on true
      join accounts a on a.id = first.account_id
    where r.position >= 0 order by u.second_factor_at is not null, r.position desc, a.id`.execute(ctx.db)
  return found.rows
}
