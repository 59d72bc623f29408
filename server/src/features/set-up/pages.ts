import type { FormState, SetUpStep } from '@hamlet/contract/pages'
import { roleIds } from '#features/roles'
import { listRules, readSettings, replaceRules, writeSetting } from '#features/settings'
import { countHolders, createUser, findUser, isLinkGood, openSession, readFieldErrors, takeLink } from '#features/users'
import { invalid, notFound, Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import type { Page, PageContent, Redirect, Visit } from '#platform/http'
import { mayMove, moveTo, readAddress } from './address.ts'
import { runChecks } from './checks.ts'
import { villageWanted } from './events.ts'
import { emit } from '#platform/events'

const allSteps: SetUpStep[] = ['welcome', 'account', 'look', 'join', 'rules', 'village', 'address', 'done']
const fresh: FormState = { values: {}, errors: {} }

const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '')

/** Whoever holds the link from the terminal begins; whoever is the owner goes on. To everybody else there is nothing here. */
async function requireFounder(visit: Visit, key: string): Promise<'link' | 'owner'> {
  const { ctx, viewer } = visit
  if (viewer) {
    const person = await findUser(ctx, viewer.userId)
    if (person?.role_id === roleIds.owner) return 'owner'
  }
  if ((await countHolders(ctx, roleIds.owner)) === 0 && (await isLinkGood(ctx, 'set-up', key))) return 'link'
  throw notFound()
}

async function model(ctx: Context, step: SetUpStep, state: FormState): Promise<PageContent> {
  const checks = step === 'welcome' ? await runChecks(ctx) : []
  return { kind: 'set-up', step, steps: await listSteps(ctx), checks, rules: await listRules(ctx), ...state }
}

/** The name is asked for only where it can still be chosen. */
async function listSteps(ctx: Context): Promise<SetUpStep[]> {
  return (await mayMove(ctx)) ? allSteps : allSteps.filter((step) => step !== 'address')
}

async function startValues(ctx: Context, step: SetUpStep, key: string): Promise<Record<string, string>> {
  if (step === 'welcome' || step === 'account') return { key }
  const settings = await readSettings(ctx)
  const rules = await listRules(ctx)
  return {
    title: settings.title === 'Hamlet' ? '' : settings.title,
    description: settings.description,
    registrations: settings.registrations,
    // Without any the page offers some, which the owner edits before they are rules.
    ...(rules.length > 0 ? { rules: rules.map((rule) => rule.text).join('\n') } : {}),
  }
}

const wizardPage: Page = {
  path: '/set-up',
  method: 'GET',
  visit: async (visit) => {
    const key = text(visit.query.key)
    const founder = await requireFounder(visit, key)
    const steps = await listSteps(visit.ctx)
    const asked = steps.find((step) => step === visit.query.step) ?? (founder === 'owner' ? 'look' : 'welcome')
    const isEarly = asked === 'welcome' || asked === 'account'
    if (founder === 'link' && !isEarly) throw notFound()
    const step = founder === 'owner' && asked === 'account' ? 'look' : asked
    return model(visit.ctx, step, { ...fresh, values: await startValues(visit.ctx, step, key) })
  },
}

const wizardForm: Page = {
  path: '/set-up',
  method: 'POST',
  limit: { family: 'set-up', max: 60, windowMs: 10 * 60_000 },
  visit: async (visit) => {
    const key = text(visit.body.key)
    const founder = await requireFounder(visit, key)
    const step = (await listSteps(visit.ctx)).find((one) => one === visit.body.step)
    if (!step) throw notFound()
    if (founder === 'link') {
      if (step === 'welcome') return { redirect: `/set-up?step=account&key=${encodeURIComponent(key)}` }
      if (step !== 'account') throw notFound()
    }
    const values = Object.fromEntries(Object.entries(visit.body).map(([name, value]) => [name, text(value)]))
    delete values.password
    try {
      return await take(step, visit, values)
    } catch (error) {
      if (error instanceof Refusal && error.reason !== 'invalid') throw error
      return model(visit.ctx, step, { values, errors: readFieldErrors(error), status: 422 })
    }
  },
}

async function after(ctx: Context, step: SetUpStep): Promise<Redirect> {
  const steps = await listSteps(ctx)
  return { redirect: `/set-up?step=${steps[steps.indexOf(step) + 1] ?? 'done'}` }
}

/** The page that tells of a new address is the last one of the old address, so it is an answer and not a place to go. */
async function takeAddress(visit: Visit, values: Record<string, string>): Promise<Redirect | PageContent> {
  const { ctx } = visit
  const host = readAddress(values.host ?? '', ctx.config.domain)
  if (host === undefined) return after(ctx, 'address')
  const { move, begin } = moveTo(ctx, host)
  visit.afterAnswer(begin)
  return { kind: 'set-up', step: 'done', steps: allSteps, checks: [], rules: [], move, ...fresh }
}

async function take(step: SetUpStep, visit: Visit, values: Record<string, string>): Promise<Redirect | PageContent> {
  const { ctx } = visit
  if (step === 'account') return { ...(await after(ctx, step)), session: await makeOwner(visit, values) }
  if (step === 'address') return takeAddress(visit, values)
  if (step === 'look') {
    if (!values.title)
      throw invalid('x', { details: { title: [{ error: 'ERR_BLANK', description: "can't be blank" }] } })
    await transact(ctx, async (tx) => {
      await writeSetting(tx, 'title', values.title)
      await writeSetting(tx, 'description', values.description ?? '')
    })
  }
  if (step === 'join') await writeSetting(ctx, 'registrations', values.registrations)
  if (step === 'rules') await transact(ctx, (tx) => replaceRules(tx, (values.rules ?? '').split('\n')))
  if (step === 'village' && values.village === 'yes')
    await transact(ctx, (tx) => emit(tx, villageWanted, { followerAccountId: visit.viewer?.accountId ?? null }))
  return after(ctx, step)
}

/** Link used up, owner made, browser signed in: all or nothing. Of two presses at once one makes the owner. */
async function makeOwner(visit: Visit, values: Record<string, string>): Promise<string> {
  const { ctx, ip, userAgent } = visit
  const password = typeof visit.body.password === 'string' ? visit.body.password : ''
  return transact(ctx, async (tx) => {
    const link = await takeLink(tx, 'set-up', values.key ?? '')
    if (!link || (await countHolders(tx, roleIds.owner)) > 0) throw notFound()
    const { username = '', email = '' } = values
    const made = await createUser(tx, { username, email, password, roleId: roleIds.owner, confirmed: true })
    return openSession(tx, { userId: made.userId, accountId: made.accountId, ip, userAgent, method: 'set-up' })
  })
}

export const pages: Page[] = [wizardPage, wizardForm]
