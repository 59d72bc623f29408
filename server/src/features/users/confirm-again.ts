import { judgeMail } from '#features/gates'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { countAttempt } from '#platform/attempts'
import { transact, type Context } from '#platform/context'
import { enqueue } from '#platform/jobs'
import { readEmail, refuseField } from './create-user.ts'
import { countMailTo } from './mail-bounds.ts'
import { mailAlreadyHere, mailConfirmation, mailNewEmail } from './mails.ts'
import { findUser, findUserByEmail, type UserRow } from './store.ts'

const HALF_HOUR_MS = 30 * 60_000
const TRIES = 5

type Asked = { userId: Id; applicationId: Id | null; email?: string; ip: string }

/**
 * Sends the link anew by which an address is confirmed, at the wish of the app that somebody signed up with; to another
 * address, when they mistyped theirs. An address that is somebody's here is answered alike, and its owner is told
 * (mastodon-api 1.1; reliability AU-14).
 */
export async function confirmAgain(ctx: Context, { userId, applicationId, email, ip }: Asked): Promise<void> {
  const person = await findUser(ctx, userId)
  if (!person || applicationId === null || person.sign_up_application_id !== applicationId)
    throw new Refusal(
      'forbidden',
      'This method is only available to the application the user originally signed-up with',
    )
  await sendAgain(ctx, person, { email, ip })
}

/**
 * The same at the wish of somebody who is signed in on our own pages. Refuses who waits for no link (403), and an address
 * that is none or is turned away (422).
 */
export async function sendAgain(
  ctx: Context,
  person: UserRow,
  { email, ip }: { email?: string | undefined; ip: string },
): Promise<void> {
  const userId = person.id
  if (person.confirmed_at !== null && person.new_email === null)
    throw new Refusal('forbidden', 'This method is only available while the e-mail is awaiting confirmation')
  await countAttempt(ctx, `confirm-again:${userId}`, { max: TRIES, windowMs: HALF_HOUR_MS })
  if (person.confirmed_at !== null) return transact(ctx, (tx) => enqueue(tx, mailNewEmail, { userId }))
  const wanted = email === undefined || email.trim() === '' ? person.email : readEmail(email)
  await countMailTo(ctx, wanted, ip)
  if (wanted.toLowerCase() === person.email.toLowerCase())
    return transact(ctx, (tx) => enqueue(tx, mailConfirmation, { userId }))
  const verdict = await judgeMail(ctx, wanted)
  if (verdict.kind === 'refused') throw refuseField('email', verdict.error, verdict.description)
  await transact(ctx, async (tx) => {
    if (await findUserByEmail(tx, wanted)) return enqueue(tx, mailAlreadyHere, { email: wanted })
    await tx.db.updateTable('users').set({ email: wanted }).where('id', '=', userId).execute()
    await tx.db.deleteFrom('one_time_links').where('user_id', '=', userId).execute()
    await enqueue(tx, mailConfirmation, { userId })
  })
}
