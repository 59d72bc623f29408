import type { Id } from '#lib/id'
import { countAttempt } from '#platform/attempts'
import { householdOf } from '#platform/net'
import type { Context } from '#platform/context'
import type { Closed, Jar } from '#platform/http'
import { askToProve, partyOf, readAnswer, verifyProven } from '#platform/webauthn'
import { enterBeside, type Entry } from '../browser-accounts.ts'
import { noteFailure, noteWrongFactor } from '../entering/history.ts'
import { requireAble, whyClosed, WHOEVER_SIGNS_IN } from '../sessions.ts'
import { findEntrant } from '../store.ts'
import { keepChallenge, takeChallenge, type Purpose } from './challenges.ts'
import { listPasskeys, notProven } from './passkeys.ts'

const FIVE_MINUTES_MS = 5 * 60_000

/** What a browser is asked that anybody sits at: the device says who it is. */
export async function askAnybody(ctx: Context) {
  const options = await askToProve(partyOf(ctx.config.url))
  await keepChallenge(ctx, options.challenge, { purpose: 'sign-in', userId: null })
  return options
}

/** What a browser is asked when it is known who should sit there; undefined for somebody without a passkey. */
export async function askPerson(ctx: Context, userId: Id, purpose: Purpose) {
  const known = await listPasskeys(ctx, userId)
  if (known.length === 0) return undefined
  const options = await askToProve(
    partyOf(ctx.config.url),
    known.map((one) => ({ id: one.credential_id, transports: one.transports })),
  )
  await keepChallenge(ctx, options.challenge, { purpose, userId })
  return options
}

export type Proving = { answer: unknown; purpose: Purpose; userId: Id | null; ip: string; userAgent: string }

/** Whose passkey answered. Throws when it is not known, or not that person's, or did not prove it. */
export async function proveByPasskey(ctx: Context, { answer, purpose, userId, ip, userAgent }: Proving): Promise<Id> {
  await countAttempt(ctx, `passkey:${householdOf(ip)}`, { max: 50, windowMs: FIVE_MINUTES_MS })
  const read = readAnswer(answer)
  const isAsked = read && (await takeChallenge(ctx, read.challenge, { purpose, userId }))
  const passkey = isAsked ? await findPasskey(ctx, read.id) : undefined
  if (!read || !passkey || (userId !== null && passkey.user_id !== userId)) throw notProven()
  const isTrue = await verifyAndCount(ctx, answer, { challenge: read.challenge, passkey })
  if (!isTrue) {
    const attempt = { userId: passkey.user_id, method: 'passkey', ip, userAgent } as const
    // Only behind a right password does it tell that somebody knows that.
    await (purpose === 'second' ? noteWrongFactor(ctx, attempt) : noteFailure(ctx, attempt))
    throw notProven()
  }
  return passkey.user_id
}

type Row = NonNullable<Awaited<ReturnType<typeof findPasskey>>>

function findPasskey(ctx: Context, credentialId: string) {
  return ctx.db
    .selectFrom('passkeys')
    .select(['id', 'user_id', 'credential_id', 'public_key', 'counter'])
    .where('credential_id', '=', credentialId)
    .executeTakeFirst()
}

async function verifyAndCount(
  ctx: Context,
  answer: unknown,
  { challenge, passkey }: { challenge: string; passkey: Row },
): Promise<boolean> {
  const { credential_id: id, public_key: publicKey } = passkey
  const stored = { id, publicKey, counter: Number(passkey.counter) }
  const proven = await verifyProven(partyOf(ctx.config.url), answer, { challenge, passkey: stored })
  if (!proven) return false
  // Of two answers with one counter one is a copy's.
  const kept = await ctx.db
    .updateTable('passkeys')
    .set({
      counter: String(proven.counter),
      is_synced: proven.isSynced,
      last_used_at: ctx.clock.now().toISOString(),
    })
    .where('id', '=', passkey.id)
    .where('counter', '=', passkey.counter)
    .returning('id')
    .executeTakeFirst()
  return kept !== undefined
}

/** Signs in whoever's passkey answers: it is both factors, since the device made sure who holds it. */
export async function signInByPasskey(
  ctx: Context,
  jar: Jar,
  input: { answer: unknown; ip: string; userAgent: string },
): Promise<{ entry: Entry; closed: Closed | undefined }> {
  const { ip, userAgent } = input
  const userId = await proveByPasskey(ctx, { ...input, purpose: 'sign-in', userId: null })
  const person = await findEntrant(ctx, userId)
  if (!person) throw notProven()
  requireAble(person, WHOEVER_SIGNS_IN)
  const entry = await enterBeside(ctx, jar, { userId, accountId: person.account_id, method: 'passkey', ip, userAgent })
  return { entry, closed: whyClosed(person) }
}
