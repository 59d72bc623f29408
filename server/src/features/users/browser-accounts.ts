import type { Id } from '#lib/id'
import { invalid, Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { MOST_OTHERS, type Jar, type OtherSession, type Redirect, type UserViewer } from '#platform/http'
import { noteEntrance } from './entering/history.ts'
import { endOwnSession } from './own-sessions.ts'
import { authenticateSession, openSession, type SignInMethod } from './sessions.ts'

/** A session that still opens its account, and who that is. */
export type Living = OtherSession & { viewer: UserViewer }

/** The sessions of a browser that still open their accounts, be it for the few pages of one that is closed, the active one first; each account once. */
export async function findLiving(ctx: Context, { active, others }: Jar): Promise<Living[]> {
  const secrets = [...new Set([active, ...others.map(({ secret }) => secret)])].filter((one) => one !== undefined)
  const found = await Promise.all(secrets.map((secret) => find(ctx, secret)))
  const living = found.filter((one) => one !== undefined)
  return living.filter((one, at) => living.findIndex(({ accountId }) => accountId === one.accountId) === at)
}

async function find(ctx: Context, secret: string): Promise<Living | undefined> {
  const viewer = await authenticateSession(ctx, secret, { mayBeClosed: true }).catch((error: unknown) => {
    // Somebody who is remembered, or being erased, drops out of the browser.
    if (error instanceof Refusal) return undefined
    throw error
  })
  if (!viewer?.userId || !viewer.accountId) return undefined
  return { accountId: viewer.accountId, secret, viewer: viewer as UserViewer }
}

const without = (living: readonly Living[], accountId: string): OtherSession[] =>
  living.filter((one) => one.accountId !== accountId).map((one) => ({ accountId: one.accountId, secret: one.secret }))

export type Entry = { session: string; others: OtherSession[] }

export type Entrant = { userId: Id; accountId: Id; method: SignInMethod; ip: string; userAgent: string }

/**
 * Signs a person in beside whom the browser is signed in with already. An account that is there already gets a new
 * session in place of its old one, which ends. Refuses the sixth account.
 */
export async function enterBeside(ctx: Context, jar: Jar, entrant: Entrant): Promise<Entry> {
  const { userId, accountId, ...how } = entrant
  const living = await findLiving(ctx, jar)
  const others = without(living, accountId)
  if (others.length > MOST_OTHERS)
    throw invalid('This browser is signed in with five accounts already. Sign out of one of them first.')
  const session = await transact(ctx, async (tx) => {
    for (const one of living)
      // oxlint-disable-next-line no-await-in-loop -- one at most
      if (one.accountId === accountId) await endOwnSession(tx, one.viewer.userId, one.viewer.sessionId ?? '')
    await noteEntrance(tx, { userId, ...how })
    return openSession(tx, { userId, accountId, ...how })
  })
  return { session, others }
}

/** Makes another account of the browser the one that pages are opened as; undefined when its session is over. */
export async function switchAccount(ctx: Context, jar: Jar, accountId: string): Promise<Entry | undefined> {
  const living = await findLiving(ctx, jar)
  const wanted = living.find((one) => one.accountId === accountId)
  return wanted && { session: wanted.secret, others: without(living, accountId) }
}

/**
 * Signs the browser out of one account, or of all with `all`. Of those that stay, the one in use goes on, or else the
 * next one takes its place.
 */
export async function signOutOf(ctx: Context, jar: Jar, accountId: string): Promise<Redirect> {
  const living = await findLiving(ctx, jar)
  const leaving = accountId === 'all' ? living : living.filter((one) => one.accountId === accountId)
  for (const { viewer } of leaving)
    // oxlint-disable-next-line no-await-in-loop -- five at most; one that was ended meanwhile is no fault
    await transact(ctx, (tx) => endOwnSession(tx, viewer.userId, viewer.sessionId ?? '')).catch(notFoundOnly)
  const [next, ...rest] = living.filter((one) => !leaving.includes(one))
  const others = rest.map((one) => ({ accountId: one.accountId, secret: one.secret }))
  return { redirect: next ? '/home' : '/', session: next?.secret ?? null, others }
}

function notFoundOnly(error: unknown): void {
  if (!(error instanceof Refusal && error.reason === 'notFound')) throw error
}
