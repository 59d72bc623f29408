import { CLOSED_DOOR, closedPages, type FormState } from '@hamlet/contract/pages'
import { Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import type { Closed, Page, PageContent, Redirect, Visit } from '#platform/http'
import { enterBeside } from '../browser-accounts.ts'
import { readFieldErrors } from '../faults.ts'
import { field, readNext } from '../forms.ts'
import { factorAdded, readFactors } from '../second-factor/factors.ts'
import { askPerson, proveByPasskey, signInByPasskey } from '../passkeys/prove.ts'
import { proveByCode } from '../second-factor/prove.ts'
import { confirmTotp, offerTotp } from '../second-factor/totp.ts'
import { requireAble, whyClosed, WHOEVER_SIGNS_IN } from '../sessions.ts'
import { signInByPassword, type Outcome } from '../sign-in.ts'
import { findEntrant } from '../store.ts'
import { findHeld, takeHeld, turnHeld, type Held, type Owing } from './pending.ts'

const fresh: FormState = { values: {}, errors: {} }

/** What every form of signing in carries along. */
type Way = { next: string; isAdding: boolean }
const wayOf = (visit: Visit): Way => ({ next: readNext(visit.body.next), isAdding: field(visit, 'add') !== '' })

/** The door, with the other service where one is named. */
export function signInModel({ openId, config }: Context, state: Way & FormState): PageContent {
  return {
    kind: 'sign-in',
    ...state,
    service: openId?.name ?? null,
    isServiceOnly: openId !== undefined && config.oidcOnly,
  }
}

const signInPage: Page = {
  path: '/sign-in',
  method: 'GET',
  takesClosed: true,
  visit: async ({ ctx, viewer, query }) => {
    const [next, isAdding] = [readNext(query.next), query.add !== undefined]
    if (viewer && !isAdding) return { redirect: ledTo(viewer.closed, next) }
    return signInModel(ctx, { next, isAdding, ...fresh })
  },
}

const signInForm: Page = {
  path: '/sign-in',
  method: 'POST',
  visit: async (visit) => {
    const [login, way] = [field(visit, 'login'), wayOf(visit)]
    try {
      const { ip, userAgent } = visit
      const input = { login, password: field(visit, 'password'), ip, userAgent }
      return await goOn(visit.ctx, await signInByPassword(visit.ctx, visit.jar, input), way)
    } catch (error) {
      return signInModel(visit.ctx, { ...way, values: { login }, errors: readFieldErrors(error), status: 422 })
    }
  },
}

/** Where somebody stands after a factor was right: in, or before the form of what is still owed. */
export async function goOn(ctx: Context, outcome: Outcome, way: Way): Promise<PageContent | Redirect> {
  if ('entry' in outcome) return { redirect: ledTo(outcome.closed, way.next), ...outcome.entry }
  const owing = await findHeld(ctx, outcome.held.key, outcome.held.kind)
  return owing ? drawHeld(ctx, { ...outcome.held, ...owing }, way) : startAgain(ctx, way)
}

/** Whoever's account does not work now goes where they wanted among the pages that are theirs, or to where they are told why. */
export function ledTo(closed: Closed | undefined, next: string): string {
  return closed === undefined || closedPages.includes(next.split(/[?#]/)[0] ?? '') ? next : CLOSED_DOOR
}

/** The form of what is owed. */
async function drawHeld(
  ctx: Context,
  { key, kind, userId, accountId }: Held & Owing,
  { state = fresh, ...way }: Way & { state?: FormState },
): Promise<PageContent> {
  if (kind === 'second') {
    const { hasTotp } = await readFactors(ctx, userId)
    const question = await askPerson(ctx, userId, 'second')
    const passkey = question ? JSON.stringify(question) : null
    return { kind: 'second-factor', key, ...way, hasTotp, passkey, ...state }
  }
  const person = await findEntrant(ctx, userId, accountId)
  const offer = await transact(ctx, (tx) => offerTotp(tx, userId, person?.username ?? ''))
  return { kind: 'factor-set-up', key, ...way, offer, ...state }
}

/** The key is over: it was used, or it took too long. */
function startAgain(ctx: Context, way: Way): PageContent {
  const form = { name: 'signInOver', text: 'That took too long. Sign in again.' }
  return signInModel(ctx, { ...way, values: {}, errors: { form }, status: 422 })
}

/** A second factor is typed into a form that needs no script. */
const secondForm: Page = {
  path: '/sign-in/second',
  method: 'POST',
  visit: async (visit) => {
    const [key, way] = [field(visit, 'key'), wayOf(visit)]
    const owing = await findHeld(visit.ctx, key, 'second')
    if (!owing) return startAgain(visit.ctx, way)
    try {
      return await finish(visit, owing, { method: await proveSecond(visit, owing), way })
    } catch (error) {
      const state = { values: {}, errors: readFieldErrors(error), status: 422 }
      return drawHeld(visit.ctx, { key, kind: 'second', ...owing }, { ...way, state })
    }
  },
}

/** By a passkey where the browser has one answer, or else by what was typed. */
async function proveSecond(visit: Visit, { userId }: Owing): Promise<'totp' | 'recovery' | 'passkey'> {
  const { ctx, ip, userAgent } = visit
  const answer = readJson(field(visit, 'answer'))
  if (answer === undefined) return proveByCode(ctx, { userId, code: field(visit, 'code'), ip, userAgent })
  await proveByPasskey(ctx, { answer, purpose: 'second', userId, ip, userAgent })
  return 'passkey'
}

const LONGEST_ANSWER = 20_000

/** What a script put into a form; undefined for what it cannot have been. */
function readJson(text: string): unknown {
  if (text === '' || text.length > LONGEST_ANSWER) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A passkey alone, both factors in one: a script fills the form. */
const passkeyForm: Page = {
  path: '/sign-in/passkey',
  method: 'POST',
  visit: async (visit) => {
    const { ctx, jar, ip, userAgent } = visit
    const way = wayOf(visit)
    try {
      const answer = readJson(field(visit, 'answer'))
      const { entry, closed } = await signInByPasskey(ctx, jar, { answer, ip, userAgent })
      return { redirect: ledTo(closed, way.next), ...entry }
    } catch (error) {
      return signInModel(ctx, { ...way, values: {}, errors: readFieldErrors(error), status: 422 })
    }
  },
}

/** Nothing is owed any more. Who may not act since is refused here too. */
export async function finish(
  { ctx, jar, ip, userAgent }: Visit,
  { id, userId, accountId }: Owing,
  { method, way }: { method: 'totp' | 'recovery' | 'passkey' | 'password'; way: Way },
): Promise<PageContent | Redirect> {
  const person = await findEntrant(ctx, userId, accountId)
  if (!person || !(await takeHeld(ctx, id))) return startAgain(ctx, way)
  requireAble(person, WHOEVER_SIGNS_IN)
  const entry = await enterBeside(ctx, jar, { userId, accountId, method, ip, userAgent })
  return { redirect: ledTo(whyClosed(person), way.next), ...entry }
}

/** Somebody whose role asks for a second factor sets it up before they are in. */
const setUpForm: Page = {
  path: '/sign-in/set-up',
  method: 'POST',
  visit: async (visit) => {
    const { ctx } = visit
    const [key, way] = [field(visit, 'key'), wayOf(visit)]
    const hasRead = field(visit, 'kept') !== ''
    const owing = await findHeld(ctx, key, hasRead ? 'codes' : 'set-up')
    if (!owing) return startAgain(ctx, way)
    if (hasRead) return finish(visit, owing, { method: 'totp', way })
    try {
      const codes = await transact(ctx, async (tx) => {
        if (!(await turnHeld(tx, owing.id, 'codes'))) throw new Refusal('invalid', 'That took too long.')
        await confirmTotp(tx, owing.userId, field(visit, 'code'))
        return factorAdded(tx, owing.userId)
      })
      return { kind: 'factor-codes', key, ...way, codes: codes ?? [] }
    } catch (error) {
      const state = { values: {}, errors: readFieldErrors(error), status: 422 }
      return drawHeld(ctx, { key, kind: 'set-up', ...owing }, { ...way, state })
    }
  },
}

/** Forms that are opened by their address have lost what they were about. */
const lostPage = (path: string): Page => ({ path, method: 'GET', visit: async () => ({ redirect: '/sign-in' }) })

export const signInPages: Page[] = [
  signInPage,
  signInForm,
  secondForm,
  passkeyForm,
  setUpForm,
  lostPage('/sign-in/second'),
  lostPage('/sign-in/passkey'),
  lostPage('/sign-in/set-up'),
]
