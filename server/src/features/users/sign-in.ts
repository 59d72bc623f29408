import { Refusal } from '#lib/refusal'
import type { Id } from '#lib/id'
import { countAttempt } from '#platform/attempts'
import { transact, type Context } from '#platform/context'
import { openSession, requireAble } from './sessions.ts'
import { verifyPassword } from './password.ts'
import { findCredentials } from './store.ts'

export type SignIn = { login: string; password: string; ip: string; userAgent: string }

const FIVE_MINUTES_MS = 5 * 60_000
const HOUR_MS = 3_600_000
const LONGEST_PASSWORD = 1024
/** Compared when nobody is found, so that an unknown name takes as long as a wrong password. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

/**
 * Checks name and password and signs the browser in; gives the session's secret. Unknown names and wrong passwords
 * are refused alike (reliability AU-01); 25 tries per address in five minutes, and per person in an hour.
 */
export async function signIn(ctx: Context, input: SignIn): Promise<string> {
  const person = await checkPassword(ctx, input)
  return transact(ctx, (tx) => openSession(tx, { ...person, userAgent: input.userAgent, ip: input.ip }))
}

export async function checkPassword(ctx: Context, input: SignIn): Promise<{ userId: Id; accountId: Id }> {
  await countAttempt(ctx, `sign-in:address:${input.ip}`, { max: 25, windowMs: FIVE_MINUTES_MS })
  await countAttempt(ctx, `sign-in:login:${input.login.trim().toLowerCase().slice(0, 254)}`, {
    max: 25,
    windowMs: HOUR_MS,
  })
  const isReadable = input.password.length <= LONGEST_PASSWORD && input.login.length <= 254
  const found = isReadable ? await findCredentials(ctx, input.login) : undefined
  const isRight = await verifyPassword(isReadable ? input.password : '', found?.password_hash ?? NOBODY)
  if (!found || !isRight)
    throw new Refusal('invalid', 'No account matches this name and password.', { fault: 'noMatch' })
  requireAble(found, { mayHaveMoved: true })
  return { userId: found.id, accountId: found.account_id }
}
