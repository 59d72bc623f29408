import type { Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { enqueue } from '#platform/jobs'
import { mailFactorChanged } from '../entering/mails.ts'
import { makeRecoveryCodes } from './recovery-codes.ts'

export type Factors = {
  hasPassword: boolean
  hasTotp: boolean
  passkeys: number
  recoveryCodes: number
  isAsked: boolean
}

/** By what a person can come in, and whether their role asks for a second factor. One query. */
export async function readFactors(ctx: Context, userId: Id): Promise<Factors> {
  const row = await ctx.db
    .selectFrom('users')
    .innerJoin('roles', 'roles.id', 'users.role_id')
    .select((eb) => [
      'users.password_hash',
      'roles.require_2fa',
      eb
        .selectFrom('totp_secrets')
        .select((inner) => inner.fn.countAll<string>().as('n'))
        .where('totp_secrets.user_id', '=', userId)
        .where('totp_secrets.confirmed_at', 'is not', null)
        .as('totp'),
      eb
        .selectFrom('passkeys')
        .select((inner) => inner.fn.countAll<string>().as('n'))
        .where('passkeys.user_id', '=', userId)
        .as('passkeys'),
      eb
        .selectFrom('recovery_codes')
        .select((inner) => inner.fn.countAll<string>().as('n'))
        .where('recovery_codes.user_id', '=', userId)
        .as('codes'),
    ])
    .where('users.id', '=', userId)
    .executeTakeFirst()
  return {
    hasPassword: (row?.password_hash ?? null) !== null,
    hasTotp: Number(row?.totp ?? 0) > 0,
    passkeys: Number(row?.passkeys ?? 0),
    recoveryCodes: Number(row?.codes ?? 0),
    isAsked: row?.require_2fa ?? false,
  }
}

/** A second factor was added; the first of all brings recovery codes, which are given once. */
export async function factorAdded(tx: Tx, userId: Id): Promise<string[] | null> {
  const isFirst = await tx.db
    .updateTable('users')
    .set({ second_factor_at: tx.clock.now().toISOString() })
    .where('id', '=', userId)
    .where('second_factor_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return isFirst ? makeRecoveryCodes(tx, userId) : null
}

/** A second factor was taken away; with the last the recovery codes go. Refused where the role asks for one. */
export async function factorRemoved(tx: Tx, userId: Id, { isForced = false } = {}): Promise<void> {
  await tx.db.selectFrom('users').select('id').where('id', '=', userId).forUpdate().execute()
  const left = await readFactors(tx, userId)
  if (left.hasTotp || left.passkeys > 0) return
  if (left.isAsked && !isForced)
    throw invalid('Your role asks for a second factor. Add another before you take this away.')
  await tx.db.updateTable('users').set({ second_factor_at: null }).where('id', '=', userId).execute()
  await tx.db.deleteFrom('recovery_codes').where('user_id', '=', userId).execute()
}

/** Ten new codes for whoever has a second factor: without one there is nothing to recover. */
export async function renewCodes(tx: Tx, userId: Id): Promise<string[]> {
  const person = await tx.db
    .selectFrom('users')
    .select('second_factor_at')
    .where('id', '=', userId)
    .forUpdate()
    .executeTakeFirst()
  if (!person?.second_factor_at) throw invalid('Set up a second factor first.')
  await enqueue(tx, mailFactorChanged, { userId, change: 'recoveryCodes' })
  return makeRecoveryCodes(tx, userId)
}
