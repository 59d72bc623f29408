import { createHash, randomBytes } from 'node:crypto'
import { makeId, type Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import type { Closed, Leniency, Viewer } from '#platform/http'
import { takeDeletionBack } from './take-deletion-back.ts'

/** How somebody came in. `totp` and `recovery` follow a password. */
export type SignInMethod = 'password' | 'totp' | 'recovery' | 'passkey' | 'openid' | 'set-up'

export type Visitor = { userId: Id; accountId: Id; userAgent: string; ip: string; method: SignInMethod }

/** Of secrets that we hand out only hashes are kept: a stolen database opens nothing. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

export function makeSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** Signs a browser in; gives the secret that its cookie holds. */
export async function openSession(tx: Tx, visitor: Visitor): Promise<string> {
  await takeDeletionBack(tx, visitor.userId)
  const secret = makeSecret()
  const now = tx.clock.now()
  await tx.db
    .insertInto('sessions')
    .values({
      id: makeId(now.getTime()),
      user_id: visitor.userId,
      account_id: visitor.accountId,
      secret_hash: hashSecret(secret),
      user_agent: visitor.userAgent.slice(0, 300),
      ip: visitor.ip,
      method: visitor.method,
      // Whoever comes in has just proved who they are.
      proven_at: now.toISOString(),
      created_at: now.toISOString(),
      last_seen_at: now.toISOString(),
    })
    .execute()
  return secret
}

export async function endSession(tx: Tx, sessionId: Id): Promise<void> {
  await tx.db.deleteFrom('sessions').where('id', '=', sessionId).execute()
}

/**
 * Signs a person out everywhere, but for one browser: after a new password, and when they are disabled. Whoever owes a
 * second factor begins anew.
 */
export async function endSessions(tx: Tx, userId: Id, except: Id | null = null): Promise<void> {
  const theirs = tx.db.deleteFrom('sessions').where('user_id', '=', userId)
  await tx.db.deleteFrom('pending_sign_ins').where('user_id', '=', userId).execute()
  await (except === null ? theirs : theirs.where('id', '!=', except)).execute()
}

const SEEN_EVERY_MS = 3_600_000
const UNSEEN_MS = 90 * 24 * SEEN_EVERY_MS
/** Our own pages may do what any app may; what a person may do beyond that, their role says. */
const SCOPES = ['profile', 'read', 'write', 'follow', 'push', 'admin:read', 'admin:write']

/** Who is behind a session; undefined when it ended. Whoever may not act now is refused, as with a token. */
export async function authenticateSession(
  ctx: Context,
  secret: string,
  leniency: Leniency = {},
): Promise<Viewer | undefined> {
  const row = await ctx.db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .innerJoin('roles', 'roles.id', 'users.role_id')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .select([
      'sessions.id',
      'sessions.user_id',
      'sessions.account_id',
      'sessions.last_seen_at',
      'users.confirmed_at',
      'users.approved_at',
      'users.disabled_at',
      'users.leaving_at',
      'users.second_factor_at',
      'roles.require_2fa',
      'accounts.suspended_at',
      'accounts.memorial',
      'accounts.moved_to_account_id',
    ])
    .where('sessions.secret_hash', '=', hashSecret(secret))
    .executeTakeFirst()
  const unseenMs = row ? ctx.clock.now().getTime() - Date.parse(row.last_seen_at) : 0
  if (!row || unseenMs > UNSEEN_MS) return undefined
  requireAble(row, leniency.mayBeClosed ? WHOEVER_SIGNS_IN : leniency)
  requireFactor(row)
  if (unseenMs > SEEN_EVERY_MS) {
    const seen = { last_seen_at: ctx.clock.now().toISOString() }
    await ctx.db.updateTable('sessions').set(seen).where('id', '=', row.id).execute()
  }
  const closed = whyClosed(row)
  return {
    ...(closed ? { closed } : {}),
    tokenId: null,
    applicationId: null,
    sessionId: row.id,
    scopes: SCOPES,
    userId: row.user_id,
    accountId: row.account_id,
  }
}

export async function pruneSessions(ctx: Context): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - UNSEEN_MS).toISOString()
  await ctx.db.deleteFrom('sessions').where('last_seen_at', '<', before).execute()
}

export type Standing = {
  confirmed_at: string | null
  approved_at: string | null
  disabled_at: string | null
  suspended_at: string | null
  /** They are being erased. */
  leaving_at: string | null
  memorial: boolean
  moved_to_account_id: Id | null
}

export type Leniencies = { mayWait?: boolean; mayBeShut?: boolean; mayHaveMoved?: boolean }

/**
 * Whoever signs in on our own pages may be suspended, frozen, unconfirmed, waiting or moved: they reach what is theirs there
 * and nothing else (mastodon-features 8, reliability AU-18). Nobody signs in as somebody who is remembered, or being erased.
 */
export const WHOEVER_SIGNS_IN = { mayWait: true, mayBeShut: true, mayHaveMoved: true } as const

/** Why an account does not work now; undefined when it does, or when its person only moved away. */
export function whyClosed(row: Omit<Standing, 'leaving_at' | 'memorial'>): Closed | undefined {
  if (row.suspended_at !== null) return 'suspended'
  if (row.disabled_at !== null) return 'frozen'
  if (row.confirmed_at === null) return 'unconfirmed'
  return row.approved_at === null ? 'waiting' : undefined
}

/** Refuses with 403, in the words that apps know, a person who may not act now (mastodon-api 1.0, 403). */
export function requireAble(
  row: Standing,
  { mayWait = false, mayBeShut = false, mayHaveMoved = false }: Leniencies = {},
): void {
  const isShut = (row.disabled_at ?? row.suspended_at) !== null
  const isNobody = row.memorial || row.leaving_at !== null
  if (isNobody || (isShut && !mayBeShut) || (row.moved_to_account_id !== null && !mayHaveMoved))
    throw new Refusal('forbidden', 'Your login is currently disabled', { fault: 'disabled' })
  if (mayWait) return
  if (row.confirmed_at === null)
    throw new Refusal('forbidden', 'Your login is missing a confirmed e-mail address', { fault: 'unconfirmed' })
  if (row.approved_at === null)
    throw new Refusal('forbidden', 'Your login is currently pending approval', { fault: 'unapproved' })
}

export type Factors = { second_factor_at: string | null; require_2fa: boolean | null }

export const lacksFactor = (row: Factors): boolean => row.require_2fa === true && row.second_factor_at === null

/** Refuses somebody whose role asks for a second factor until they have one: their next sign-in leads through setting it up. */
export function requireFactor(row: Factors): void {
  if (lacksFactor(row))
    throw new Refusal('forbidden', 'Your role asks for a second factor. Sign in on our pages to set it up.', {
      fault: 'factorNeeded',
      details: { second_factor: 'missing' },
    })
}
