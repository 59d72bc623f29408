import { CLOSED_DOOR, type FormState } from '@hamlet/contract/pages'
import { requireAccount } from '#features/accounts'
import { findUser, readFieldErrors, sendAgain } from '#features/users'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import type { Closed, Page, PageContent, Redirect, UserViewer } from '#platform/http'
import { appealUntil, listOwnStrikes } from './appeals/list-standing.ts'
import { stateOf } from './present/team.ts'

const fresh: FormState = { values: {}, errors: {} }
const DECISIONS: Partial<Record<Closed, string>> = { suspended: 'suspend', frozen: 'freeze' }

/** What the team wrote when it shut somebody out, and whether they can still say that it was wrong. */
async function readReason(ctx: Context, accountId: string, state: Closed) {
  const action = DECISIONS[state]
  const strikes = action === undefined ? [] : await listOwnStrikes(ctx, accountId)
  const strike = strikes.find((one) => one.action === action && stateOf(one) === 'in_force')
  if (!strike) return { reason: '', appeal: 'none', endsAt: null } as const
  const appeal = strike.appealed_at !== null ? 'sent' : appealUntil(strike, ctx.clock.now()) ? 'open' : 'none'
  return { reason: strike.text, appeal, endsAt: strike.ends_at } as const
}

/** Tells whoever is signed in why their account does not work and what they can do; who may act goes home. */
async function draw(ctx: Context, viewer: UserViewer | undefined, state: FormState): Promise<PageContent | Redirect> {
  if (!viewer) return { redirect: `/sign-in?next=${CLOSED_DOOR}` }
  if (viewer.closed === undefined) return { redirect: '/home' }
  const [person, account] = [await findUser(ctx, viewer.userId), await requireAccount(ctx, viewer.accountId)]
  if (!person) throw notFound()
  const facts = { acct: account.username, state: viewer.closed, email: person.email }
  return { kind: 'closed', ...facts, ...(await readReason(ctx, viewer.accountId, viewer.closed)), ...state }
}

export const closedPagesOfAccount: Page[] = [
  { path: CLOSED_DOOR, method: 'GET', takesClosed: true, visit: ({ ctx, viewer }) => draw(ctx, viewer, fresh) },
  {
    path: `${CLOSED_DOOR}/confirmation`,
    method: 'POST',
    takesClosed: true,
    limit: { family: 'confirmations', max: 25, windowMs: 30 * 60_000 },
    visit: async ({ ctx, viewer, body, ip }) => {
      const email = typeof body.email === 'string' ? body.email : ''
      const person = viewer && (await findUser(ctx, viewer.userId))
      if (!person || viewer.closed === undefined) return draw(ctx, viewer, fresh)
      try {
        await sendAgain(ctx, person, { email, ip })
        return { kind: 'notice', notice: 'confirmationSent', values: { email: email.trim() || person.email } }
      } catch (error) {
        return draw(ctx, viewer, { values: { email }, errors: readFieldErrors(error), status: 422 })
      }
    },
  },
]
