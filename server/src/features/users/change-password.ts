import { readSettings } from '#features/settings'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { countAttempt } from '#platform/attempts'
import { transact, type Context } from '#platform/context'
import { enqueue } from '#platform/jobs'
import { keepPassword } from './confirm.ts'
import { refuseField, requirePassword } from './create-user.ts'
import { mailPasswordChanged } from './mails.ts'
import { hashPassword, verifyPassword } from './password.ts'
import { findEntrant, findUser } from './store.ts'

const HOUR_MS = 3_600_000
const TRIES = 25
const LONGEST_PASSWORD = 1024

/** `old` is null for somebody without a password, who has proved otherwise that it is them. */
export type PasswordChange = { userId: Id; sessionId: Id; old: string | null; wanted: string }

/**
 * Changes the password of somebody who knows the old one. Every other browser and every app is signed out, and the
 * person is told by mail. Of two changes at once one holds: the other's old password is none any more.
 */
export async function changePassword(ctx: Context, { userId, sessionId, old, wanted }: PasswordChange): Promise<void> {
  await countAttempt(ctx, `password-change:${userId}`, { max: TRIES, windowMs: HOUR_MS })
  const [person, { title }] = [await findUser(ctx, userId), await readSettings(ctx)]
  if (!person) throw notFound()
  const before = old === null ? null : await requireOldPassword(ctx, userId, old)
  requirePassword(wanted, [person.email, title, ctx.config.domain, (await findEntrant(ctx, userId))?.username ?? ''])
  const hash = await hashPassword(wanted)
  await transact(ctx, async (tx) => {
    const locked = await tx.db
      .selectFrom('users')
      .select('password_hash')
      .where('id', '=', userId)
      .forUpdate()
      .executeTakeFirst()
    if (!locked || locked.password_hash !== before) throw isWrong()
    await keepPassword(tx, userId, hash, sessionId)
    await enqueue(tx, mailPasswordChanged, { userId })
  })
}

/** Refuses a password that is not the person's; gives the hash that it fits. */
export async function requireOldPassword(ctx: Context, userId: Id, old: string): Promise<string> {
  const row = await ctx.db.selectFrom('users').select('password_hash').where('id', '=', userId).executeTakeFirst()
  const hash = row?.password_hash ?? ''
  const isRight = old.length <= LONGEST_PASSWORD && (await verifyPassword(old, hash))
  if (!isRight) throw isWrong()
  return hash
}

const isWrong = () => refuseField('current_password', 'ERR_INVALID', 'is not the one you have')
