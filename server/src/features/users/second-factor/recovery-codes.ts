import { randomInt } from 'node:crypto'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { hashSecret } from '../sessions.ts'

const HOW_MANY = 10
/** Without the letters and digits that are taken for one another; 16 of them are 79 bits. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const LENGTH = 16

/** A code as it is kept: however it was written, with strokes or without. */
const hashCode = (userId: Id, code: string) => hashSecret(`recovery:${userId}:${code}`)

function makeCode(): string {
  return Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')
}

/** Ten new codes, given once; those that there were are none any more. */
export async function makeRecoveryCodes(tx: Tx, userId: Id): Promise<string[]> {
  const codes = Array.from({ length: HOW_MANY }, makeCode)
  const created_at = tx.clock.now().toISOString()
  await tx.db.deleteFrom('recovery_codes').where('user_id', '=', userId).execute()
  await tx.db
    .insertInto('recovery_codes')
    .values(codes.map((code) => ({ user_id: userId, code_hash: hashCode(userId, code), created_at })))
    .execute()
  return codes.map((code) => code.replaceAll(/(.{4})(?!$)/g, '$1-'))
}

/** Whether a text may be a recovery code at all: a code of an app is six digits. */
export function looksLikeRecoveryCode(text: string): boolean {
  return plain(text).length === LENGTH
}

const plain = (text: string) => text.toLowerCase().replaceAll(/[\s-]/g, '')

/** Uses a code up; false when it is none, or was used. Of two at once one gets it. */
export async function useRecoveryCode(tx: Tx, userId: Id, code: string): Promise<boolean> {
  const used = await tx.db
    .deleteFrom('recovery_codes')
    .where('user_id', '=', userId)
    .where('code_hash', '=', hashCode(userId, plain(code)))
    .returning('user_id')
    .executeTakeFirst()
  return used !== undefined
}
