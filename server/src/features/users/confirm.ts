import { readSettings } from '#features/settings'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { countAttempt } from '#platform/attempts'
import { transact, type Context, type Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { enqueue } from '#platform/jobs'
import { householdOf } from '#platform/net'
import { requirePassword } from './create-user.ts'
import { followInviter } from './invites/follow-inviter.ts'
import { takeLink } from './links.ts'
import { userLetIn } from './let-in.ts'
import { mailConfirmation, mailPassword } from './mails.ts'
import { hashPassword } from './password.ts'
import { endSessions } from './sessions.ts'
import { findEntrant, findUserByEmail } from './store.ts'

/** The tokens of apps end too: a reaction of the room that owns them. */
export const passwordChanged = defineEvent<{ userId: Id }>('users.password-changed')

const FIVE_MINUTES_MS = 5 * 60_000
const HALF_HOUR_MS = 30 * 60_000

const linkIsOver = () => new Refusal('invalid', 'This link was used already, or it is too old.')

/** The address is the person's: they followed the link that was sent to it. */
export async function confirmEmail(tx: Tx, secret: string): Promise<{ userId: Id; isApproved: boolean }> {
  const link = await takeLink(tx, 'confirm', secret)
  if (!link?.userId) throw linkIsOver()
  const row = await tx.db
    .updateTable('users')
    .set({ confirmed_at: tx.clock.now().toISOString() })
    .where('id', '=', link.userId)
    .where('leaving_at', 'is', null)
    .returning(['id', 'approved_at'])
    .executeTakeFirst()
  if (!row) throw linkIsOver()
  const isApproved = row.approved_at !== null
  if (isApproved) {
    await enqueue(tx, followInviter, { userId: row.id })
    await emit(tx, userLetIn, { userId: row.id })
  }
  return { userId: row.id, isApproved }
}

/** Answers alike for addresses that are known and unknown (reliability AU-12). */
export async function askForPassword(ctx: Context, email: string, ip: string): Promise<void> {
  await countAttempt(ctx, `password:address:${householdOf(ip)}`, { max: 25, windowMs: FIVE_MINUTES_MS })
  await countAttempt(ctx, `password:email:${email.trim().toLowerCase().slice(0, 254)}`, {
    max: 5,
    windowMs: HALF_HOUR_MS,
  })
  const person = await findUserByEmail(ctx, email)
  if (!person) return
  const mail = person.confirmed_at ? mailPassword : mailConfirmation
  await transact(ctx, (tx) => enqueue(tx, mail, { userId: person.id }))
}

/** Sets a new password by a link; everything that was signed in with the old one is signed out. */
export async function resetPassword(ctx: Context, secret: string, password: string): Promise<Id> {
  const { title } = await readSettings(ctx)
  return transact(ctx, async (tx) => {
    const link = await takeLink(tx, 'password', secret)
    if (!link?.userId) throw linkIsOver()
    const person = await findEntrant(tx, link.userId)
    requirePassword(password, [person?.email ?? '', title, ctx.config.domain, person?.username ?? ''])
    await setPassword(tx, link.userId, password)
    return link.userId
  })
}

/** Keeps a new password and ends every session; whoever holds a token is signed out by the room that owns them. */
export async function setPassword(tx: Tx, userId: Id, password: string): Promise<void> {
  await keepPassword(tx, userId, await hashPassword(password))
}

/** The same with a password that is hashed already; one browser may stay signed in. */
export async function keepPassword(tx: Tx, userId: Id, password_hash: string, except: Id | null = null): Promise<void> {
  await tx.db.updateTable('users').set({ password_hash }).where('id', '=', userId).execute()
  await endSessions(tx, userId, except)
  await emit(tx, passwordChanged, { userId })
}
