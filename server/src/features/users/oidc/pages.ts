import { listRules } from '#features/settings'
import { notFound, Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import type { Page, PageContent, Redirect, Visit } from '#platform/http'
import type { Claims, OpenId } from '#platform/openid'
import { goOn, signInModel } from '../entering/pages.ts'
import { requireProof } from '../entering/sudo.ts'
import { readFieldErrors } from '../faults.ts'
import { field, readNext } from '../forms.ts'
import { requireAble, WHOEVER_SIGNS_IN } from '../sessions.ts'
import { proceed } from '../sign-in.ts'
import { findEntrant } from '../store.ts'
import { findByAddress, findIdentity, joinByOpenId, linkIdentity } from './identities.ts'
import { closeFlow, openFlow, type Flow } from './journey.ts'

function requireOpenId({ openId }: Context): OpenId {
  if (!openId) throw notFound('This server has no other service to sign in with.')
  return openId
}

/** Leads to the other service. Nothing is written down here: the browser carries what must come back. */
const beginPage: Page = {
  path: '/sign-in/openid',
  method: 'GET',
  visit: async ({ ctx, query, viewer }): Promise<Redirect> => {
    const { url, ...journey } = await requireOpenId(ctx).begin()
    const linkTo = query.link !== undefined && viewer ? viewer.userId : null
    const way = { next: readNext(query.next), isAdding: query.add !== undefined }
    return { redirect: url, flow: closeFlow(ctx, { kind: 'away', journey, linkTo, ...way }) }
  },
}

/** Where the other service leads back to. */
const backPage: Page = {
  path: '/sign-in/openid/back',
  method: 'GET',
  visit: async (visit) => {
    const { ctx, jar, target } = visit
    const openId = requireOpenId(ctx)
    const flow = openFlow(ctx, jar.flow, 'away')
    if (!flow) return startOver(ctx, '/home', ['signInOver', 'That took too long. Sign in again.'])
    try {
      const claims = await openId.finish(new URL(target, ctx.config.url), flow.journey)
      return await welcome(visit, claims, flow)
    } catch (error) {
      const fault = readFieldErrors(error)['form']
      return startOver(ctx, flow.next, [fault?.name ?? 'openIdFailed', fault?.text ?? ''])
    }
  },
}

function startOver(ctx: Context, next: string, [name, text]: readonly [string, string]): PageContent {
  return signInModel(ctx, { next, isAdding: false, values: {}, errors: { form: { name, text } }, status: 422 })
}

type Away = Extract<Flow, { kind: 'away' }>

async function welcome(visit: Visit, claims: Claims, flow: Away): Promise<PageContent | Redirect> {
  const { ctx, viewer } = visit
  if (flow.linkTo !== null) {
    if (!viewer || viewer.userId !== flow.linkTo) throw new Refusal('invalid', 'You are signed out. Sign in first.')
    await requireProof(ctx, viewer)
    await transact(ctx, (tx) => linkIdentity(tx, viewer.userId, claims))
    return { redirect: '/settings/security', flow: null }
  }
  const known = await findIdentity(ctx, claims)
  const userId = known ?? (await findByAddress(ctx, claims))
  if (userId === undefined) {
    const { next, isAdding } = flow
    return { redirect: '/sign-in/openid/join', flow: closeFlow(ctx, { kind: 'joining', claims, next, isAdding }) }
  }
  if (known === undefined) await transact(ctx, (tx) => linkIdentity(tx, userId, claims))
  return enter(visit, userId, flow)
}

/** The other service is the first factor; whoever has a second one here is asked for it. */
async function enter(visit: Visit, userId: string, { next, isAdding }: Flow) {
  const { ctx, jar, ip, userAgent } = visit
  const person = await findEntrant(ctx, userId)
  if (!person) throw notFound()
  requireAble(person, WHOEVER_SIGNS_IN)
  const entrant = { userId, accountId: person.account_id, method: 'openid', ip, userAgent } as const
  const answer = await goOn(ctx, await proceed(ctx, jar, { entrant, factors: person }), { next, isAdding })
  return 'redirect' in answer ? { ...answer, flow: null } : answer
}

/** Somebody whom the service knows and we do not chooses a name, and agrees to the rules. */
const joinPage: Page = {
  path: '/sign-in/openid/join',
  method: 'GET',
  visit: async ({ ctx, jar }) => {
    const openId = requireOpenId(ctx)
    const flow = openFlow(ctx, jar.flow, 'joining')
    if (!flow) return { redirect: '/sign-in' }
    const username = flow.claims.username.replaceAll(/\W/g, '').slice(0, 30)
    const values = { username, email: flow.claims.email }
    return { kind: 'openid-join', service: openId.name, rules: await listRules(ctx), values, errors: {} }
  },
}

const joinForm: Page = {
  path: '/sign-in/openid/join',
  method: 'POST',
  visit: async (visit) => {
    const { ctx, jar, ip } = visit
    const openId = requireOpenId(ctx)
    const flow = openFlow(ctx, jar.flow, 'joining')
    if (!flow) return startOver(ctx, '/home', ['signInOver', 'That took too long. Sign in again.'])
    const values = { username: field(visit, 'username'), email: field(visit, 'email'), reason: field(visit, 'reason') }
    try {
      const agreement = field(visit, 'agreement') !== ''
      const userId = await joinByOpenId(ctx, flow.claims, { ...values, agreement, ip })
      if (userId === undefined) return { kind: 'notice', notice: 'confirmationSent', values: { email: values.email } }
      const person = await findEntrant(ctx, userId)
      if (!person?.confirmed_at) return { kind: 'notice', notice: 'confirmationSent', values: { email: values.email } }
      if (!person.approved_at) return { kind: 'notice', notice: 'awaitingApproval' }
      return await enter(visit, userId, flow)
    } catch (error) {
      const rules = await listRules(ctx)
      return { kind: 'openid-join', service: openId.name, rules, values, errors: readFieldErrors(error), status: 422 }
    }
  },
}

export const openIdPages: Page[] = [beginPage, backPage, joinPage, joinForm]
