import { judgeMail } from '#features/gates'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { countAttempt } from '#platform/attempts'
import { transact, type Context, type Tx } from '#platform/context'
import { enqueue } from '#platform/jobs'
import { sendAgain } from './confirm-again.ts'
import { readEmail, refuseField } from './create-user.ts'
import { requireOldPassword } from './change-password.ts'
import { takeLink } from './links.ts'
import { countMailTo } from './mail-bounds.ts'
import { mailEmailAsked, mailEmailChanged, mailNewEmail } from './mails.ts'
import { endSessions } from './sessions.ts'
import { findUser, findUserByEmail } from './store.ts'

const HOUR_MS = 3_600_000
const TRIES = 10

export type EmailChange = { userId: Id; password: string | null; email: string; ip: string }

/**
 * Asks for another address: it counts once the link that is sent there was followed. The old one is told. An address
 * that is somebody's here is answered like any other, and gets no mail (reliability AU-14).
 */
export async function askForEmail(ctx: Context, { userId, password, email, ip }: EmailChange): Promise<void> {
  await countAttempt(ctx, `email-change:${userId}`, { max: TRIES, windowMs: HOUR_MS })
  const wanted = readEmail(email)
  if (password !== null) await requireOldPassword(ctx, userId, password)
  const person = await findUser(ctx, userId)
  if (!person) throw notFound()
  // Who has no address that counts yet mistyped it.
  if (person.confirmed_at === null) return sendAgain(ctx, person, { email: wanted, ip })
  await countMailTo(ctx, wanted, ip)
  const verdict = await judgeMail(ctx, wanted)
  if (verdict.kind === 'refused') throw refuseField('email', verdict.error, verdict.description)
  const known = await findUserByEmail(ctx, wanted)
  await transact(ctx, async (tx) => {
    await tx.db.updateTable('users').set({ new_email: wanted }).where('id', '=', userId).execute()
    // A link that went to another new address confirms this one at no moment (reliability EM-05).
    await tx.db.deleteFrom('one_time_links').where('user_id', '=', userId).where('kind', '=', 'email').execute()
    await enqueue(tx, mailEmailAsked, { userId })
    if (!known) await enqueue(tx, mailNewEmail, { userId })
  })
}

/**
 * The new address counts from here on. Other browsers are signed out, and links that went to the old address end.
 * False when the link is none, or the address has become somebody else's meanwhile.
 */
export async function confirmNewEmail(tx: Tx, secret: string, sessionId: Id | null): Promise<boolean> {
  const link = await takeLink(tx, 'email', secret)
  if (!link?.userId) return false
  const { userId } = link
  const row = await tx.db
    .selectFrom('users')
    .select(['email', 'new_email'])
    .where('id', '=', userId)
    .forUpdate()
    .executeTakeFirst()
  const email = row?.new_email
  if (!email || (await findUserByEmail(tx, email))) return false
  await tx.db.updateTable('users').set({ email, new_email: null }).where('id', '=', userId).execute()
  await tx.db.deleteFrom('one_time_links').where('user_id', '=', userId).where('kind', '!=', 'undo-email').execute()
  await enqueue(tx, mailEmailChanged, { userId, email: row.email })
  await endSessions(tx, userId, sessionId)
  return true
}
