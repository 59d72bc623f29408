import type { Id } from '#lib/id'
import { countAttempt } from '#platform/attempts'
import { transact, type Context } from '#platform/context'
import { refuseField } from '../create-user.ts'
import { noteWrongFactor } from '../entering/history.ts'
import { looksLikeRecoveryCode, useRecoveryCode } from './recovery-codes.ts'
import { useTotp } from './totp.ts'

const HOUR_MS = 3_600_000
const TRIES = 10

export type Proof = { userId: Id; code: string; ip: string; userAgent: string }

/**
 * Judges a code of an app, or a recovery code, and uses it up; gives which of them it was. Ten tries an hour for each
 * person, from wherever they come: a million codes are not many.
 */
export async function proveByCode(ctx: Context, { userId, code, ip, userAgent }: Proof): Promise<'totp' | 'recovery'> {
  await countAttempt(ctx, `second-factor:${userId}`, { max: TRIES, windowMs: HOUR_MS })
  const method = looksLikeRecoveryCode(code) ? 'recovery' : 'totp'
  const isRight = await transact(ctx, (tx) =>
    method === 'recovery' ? useRecoveryCode(tx, userId, code) : useTotp(tx, userId, code),
  )
  if (isRight) return method
  await noteWrongFactor(ctx, { userId, method, ip, userAgent })
  throw refuseField('code', 'ERR_INVALID', 'is not right, or was used already')
}
