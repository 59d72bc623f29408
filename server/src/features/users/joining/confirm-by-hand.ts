import { judgeMail } from '#features/gates'
import { Refusal } from '#lib/refusal'
import { countAttempt } from '#platform/attempts'
import { transact, type Context } from '#platform/context'
import { enqueue } from '#platform/jobs'
import { networkOf } from '#platform/net'
import { readEmail, refuseField } from '../create-user.ts'
import { countMailTo } from '../mail-bounds.ts'
import { mailAlreadyHere, mailConfirmation } from '../mails.ts'
import { verifyPassword } from '../password.ts'
import { findCredentials, findUserByEmail } from '../store.ts'
import { HOUSEHOLD } from './crowd.ts'

const HALF_HOUR_MS = 30 * 60_000
const LONGEST_PASSWORD = 1024
/** Compared when nobody is found, so that an unknown name takes as long as a wrong password. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

export type ByHand = { login: string; password: string; email: string; ip: string }

/**
 * Sends the link anew to somebody who signed up on our own pages and waits for it; to another address, when they mistyped
 * theirs. Whoever knows name and password is that person. An address that is somebody's here is answered alike, and its
 * owner is told (reliability AU-14). Gives the address that the answer names.
 */
export async function confirmByHand(ctx: Context, input: ByHand): Promise<string> {
  const login = input.login.trim().toLowerCase().slice(0, 254).replaceAll('\0', '')
  await countAttempt(ctx, `confirm-by-hand:${networkOf(input.ip, HOUSEHOLD)}`, { max: 10, windowMs: HALF_HOUR_MS })
  await countAttempt(ctx, `confirm-by-hand:login:${login}`, { max: 5, windowMs: HALF_HOUR_MS })
  const person = await requireWaiting(ctx, { ...input, login })
  const wanted = input.email.trim() === '' ? person.email : readEmail(input.email)
  await countMailTo(ctx, wanted)
  const verdict = await judgeMail(ctx, wanted)
  if (verdict.kind === 'refused') throw refuseField('email', verdict.error, verdict.description)
  const isSame = wanted.toLowerCase() === person.email.toLowerCase()
  await transact(ctx, async (tx) => {
    if (isSame) return enqueue(tx, mailConfirmation, { userId: person.id })
    if (await findUserByEmail(tx, wanted)) return enqueue(tx, mailAlreadyHere, { email: wanted })
    // A link to the old address confirms nothing any more (reliability EM-05).
    await tx.db.deleteFrom('one_time_links').where('user_id', '=', person.id).execute()
    const changed = await tx.db
      .updateTable('users')
      .set({ email: wanted })
      .where('id', '=', person.id)
      .where('confirmed_at', 'is', null)
      .executeTakeFirst()
    if (changed.numUpdatedRows > 0n) await enqueue(tx, mailConfirmation, { userId: person.id })
  })
  return wanted
}

/** Refuses alike whoever is nobody, is somebody else, or waits for no link. */
async function requireWaiting(ctx: Context, { login, password }: ByHand) {
  const isReadable = password.length <= LONGEST_PASSWORD
  const found = isReadable ? await findCredentials(ctx, login) : undefined
  const isRight = await verifyPassword(isReadable ? password : '', found?.password_hash ?? NOBODY)
  if (!found || !isRight || found.confirmed_at !== null || found.disabled_at !== null)
    throw new Refusal('invalid', 'Nobody with this name and password waits for a link.', { fault: 'nobodyWaits' })
  return { id: found.id, email: found.email }
}
