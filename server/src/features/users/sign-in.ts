import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { countAttempt } from '#platform/attempts'
import type { Context } from '#platform/context'
import { householdOf } from '#platform/net'
import type { Closed, Jar } from '#platform/http'
import { enterBeside, type Entrant, type Entry } from './browser-accounts.ts'
import { noteFailure } from './entering/history.ts'
import { holdSignIn, type Held } from './entering/pending.ts'
import { lacksFactor, requireAble, whyClosed, WHOEVER_SIGNS_IN, type Factors, type Standing } from './sessions.ts'
import { hashPassword, isOutdated, verifyPassword } from './password.ts'
import { findCredentials } from './store.ts'

export type SignIn = { login: string; password: string; ip: string; userAgent: string }

const FIVE_MINUTES_MS = 5 * 60_000
const HOUR_MS = 3_600_000
const LONGEST_PASSWORD = 1024
/** Compared when nobody is found, so that an unknown name takes as long as a wrong password. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

/** In, or held until a second factor is given or set up. */
export type Outcome = { entry: Entry; closed: Closed | undefined } | { held: Held }

/** Signs a person in by name and password, beside whom the browser is signed in with already. */
export async function signInByPassword(ctx: Context, jar: Jar, input: SignIn): Promise<Outcome> {
  const { person, factors } = await checkPassword(ctx, input)
  return proceed(ctx, jar, { entrant: person, factors })
}

/** The first factor is right: lets in whoever owes no second one. */
export async function proceed(
  ctx: Context,
  jar: Jar,
  { entrant, factors }: { entrant: Entrant; factors: Factors & Standing },
): Promise<Outcome> {
  if (factors.second_factor_at !== null) return { held: await holdSignIn(ctx, entrant, 'second') }
  if (lacksFactor(factors)) return { held: await holdSignIn(ctx, entrant, 'set-up') }
  return { entry: await enterBeside(ctx, jar, entrant), closed: whyClosed(factors) }
}

/**
 * Who is behind name and password. Unknown names and wrong passwords are refused alike (reliability AU-01); 25 tries per
 * address in five minutes, and per person in an hour.
 */
async function checkPassword(ctx: Context, input: SignIn): Promise<{ person: Entrant; factors: Factors & Standing }> {
  if (ctx.openId && ctx.config.oidcOnly)
    throw new Refusal('forbidden', `Sign in with ${ctx.openId.name}`, { fault: 'serviceOnly' })
  const { ip, userAgent } = input
  await countAttempt(ctx, `sign-in:address:${householdOf(ip)}`, { max: 25, windowMs: FIVE_MINUTES_MS })
  await countAttempt(ctx, `sign-in:login:${input.login.trim().toLowerCase().slice(0, 254)}`, {
    max: 25,
    windowMs: HOUR_MS,
  })
  const isReadable = input.password.length <= LONGEST_PASSWORD && input.login.length <= 254
  const found = isReadable ? await findCredentials(ctx, input.login) : undefined
  const isRight = await verifyPassword(isReadable ? input.password : '', found?.password_hash ?? NOBODY)
  if (!found || !isRight) {
    await noteFailure(ctx, { userId: found?.id ?? null, method: 'password', ip, userAgent })
    throw new Refusal('invalid', 'No account matches this name and password.', { fault: 'noMatch' })
  }
  const { id, password_hash: hash } = found
  if (hash !== null && isOutdated(hash)) await renewHash(ctx, { id, hash }, input.password)
  requireAble(found, WHOEVER_SIGNS_IN)
  return {
    person: { userId: found.id, accountId: found.account_id, method: 'password', ip, userAgent },
    factors: found,
  }
}

/** The password is known at no other moment. What was changed meanwhile stays changed, and nobody is signed out. */
async function renewHash(ctx: Context, { id, hash }: { id: Id; hash: string }, password: string) {
  const renewed = await hashPassword(password)
  await ctx.db
    .updateTable('users')
    .set({ password_hash: renewed })
    .where('id', '=', id)
    .where('password_hash', '=', hash)
    .execute()
}
