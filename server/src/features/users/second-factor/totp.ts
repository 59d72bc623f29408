import type { Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { drawQr, findStep, makeOtpSecret, otpAddress } from '#platform/one-time-codes'
import { enqueue } from '#platform/jobs'
import { mailFactorChanged } from '../entering/mails.ts'
import { refuseField } from '../create-user.ts'

export type TotpOffer = { secret: string; address: string; qr: { size: number; path: string } }

const contextOf = (userId: Id) => `totp:${userId}`
const wrongCode = () => refuseField('code', 'ERR_INVALID', 'is not the one that your app shows now')

/** A secret for an app on the phone; it counts once a code of it was given. One that was offered before goes on. */
export async function offerTotp(tx: Tx, userId: Id, label: string): Promise<TotpOffer> {
  const fresh = makeOtpSecret()
  await tx.db
    .insertInto('totp_secrets')
    .values({
      user_id: userId,
      sealed: tx.seal.seal(fresh, contextOf(userId)),
      created_at: tx.clock.now().toISOString(),
    })
    .onConflict((conflict) => conflict.column('user_id').doNothing())
    .execute()
  const row = await lockTotp(tx, userId)
  if (row?.confirmed_at !== null) throw invalid('An app for codes is set up already. Take it away first.')
  return describe(tx, tx.seal.open(row.sealed, contextOf(userId)), label)
}

function describe(ctx: Context, secret: string, label: string): TotpOffer {
  const address = otpAddress(secret, { issuer: ctx.config.domain, label })
  return { secret, address, qr: drawQr(address) }
}

function lockTotp(tx: Tx, userId: Id) {
  return tx.db.selectFrom('totp_secrets').selectAll().where('user_id', '=', userId).forUpdate().executeTakeFirst()
}

/** The app shows the right code: from now on it counts. */
export async function confirmTotp(tx: Tx, userId: Id, code: string): Promise<void> {
  const row = await lockTotp(tx, userId)
  if (!row || row.confirmed_at !== null) throw invalid('Nothing waits to be set up. Begin anew.')
  const step = findStep(tx.seal.open(row.sealed, contextOf(userId)), readCode(code), tx.clock.now())
  if (step === undefined) throw wrongCode()
  await tx.db
    .updateTable('totp_secrets')
    .set({ confirmed_at: tx.clock.now().toISOString(), last_step: String(step) })
    .where('user_id', '=', userId)
    .execute()
  await enqueue(tx, mailFactorChanged, { userId, change: 'codesAppAdded' })
}

/** Whether a code is right; its step is used up, and all before it, so that nobody who saw it can use it (MF-01). */
export async function useTotp(tx: Tx, userId: Id, code: string): Promise<boolean> {
  const row = await lockTotp(tx, userId)
  if (!row || row.confirmed_at === null) return false
  const step = findStep(openOrNone(tx, row.sealed, userId), readCode(code), tx.clock.now())
  if (step === undefined || step <= Number(row.last_step ?? 0)) return false
  await tx.db
    .updateTable('totp_secrets')
    .set({ last_step: String(step) })
    .where('user_id', '=', userId)
    .execute()
  return true
}

/** A server whose key is lost knows no code any more; recovery codes and passkeys still open. */
function openOrNone(ctx: Context, sealed: string, userId: Id): string {
  try {
    return ctx.seal.open(sealed, contextOf(userId))
  } catch {
    ctx.log.error('a second factor could not be opened: the key in secrets/seal is not the one that closed it', {
      userId,
    })
    return ''
  }
}

export async function endTotp(tx: Tx, userId: Id): Promise<boolean> {
  const gone = await tx.db
    .deleteFrom('totp_secrets')
    .where('user_id', '=', userId)
    .returning('confirmed_at')
    .executeTakeFirst()
  const didCount = gone !== undefined && gone.confirmed_at !== null
  if (didCount) await enqueue(tx, mailFactorChanged, { userId, change: 'codesAppRemoved' })
  return didCount
}

/** Apps show a code in two halves. */
const readCode = (code: string) => code.replaceAll(/[\s-]/g, '')
