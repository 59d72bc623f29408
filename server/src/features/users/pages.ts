import type { FormState } from '@hamlet/contract/pages'
import { listRules, readSettings } from '#features/settings'
import { Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import type { Page, PageContent, Redirect, Visit } from '#platform/http'
import { appPages } from './app-pages.ts'
import { signInBeside, signOutOf, switchAccount } from './browser-accounts.ts'
import { confirmNewEmail } from './change-email.ts'
import { askForPassword, confirmEmail, resetPassword } from './confirm.ts'
import { isLinkGood } from './links.ts'
import { readFieldErrors, signUp } from './sign-up.ts'

/** A field of a form as text; what is no text is as good as empty. */
export function field(visit: Pick<Visit, 'body'>, name: string): string {
  const value = visit.body[name]
  return typeof value === 'string' ? value : ''
}

/** Where to go after signing in: a path of ours and nothing else (reliability OA-24). */
export function readNext(value: unknown): string {
  const isPath = typeof value === 'string' && /^\/(?![/\\])[^\\\s]*$/.test(value)
  return isPath ? value : '/home'
}

const fresh: FormState = { values: {}, errors: {} }

const signInPage: Page = {
  path: '/sign-in',
  method: 'GET',
  visit: async ({ viewer, query }) => {
    const [next, isAdding] = [readNext(query.next), query.add !== undefined]
    return viewer && !isAdding ? { redirect: next } : { kind: 'sign-in', next, isAdding, ...fresh }
  },
}

const signInForm: Page = {
  path: '/sign-in',
  method: 'POST',
  visit: async (visit) => {
    const [login, next] = [field(visit, 'login'), readNext(visit.body.next)]
    try {
      const { ip, userAgent } = visit
      const input = { login, password: field(visit, 'password'), ip, userAgent }
      return { redirect: next, ...(await signInBeside(visit.ctx, visit.jar, input)) }
    } catch (error) {
      const isAdding = field(visit, 'add') !== ''
      return { kind: 'sign-in', next, isAdding, values: { login }, errors: readFieldErrors(error), status: 422 }
    }
  },
}

const signOutForm: Page = {
  path: '/sign-out',
  method: 'POST',
  visit: async (visit): Promise<Redirect> =>
    signOutOf(visit.ctx, visit.jar, field(visit, 'account') || (visit.viewer?.accountId ?? '')),
}

/** Another account of the browser; whose session is over, signs in anew. */
const switchForm: Page = {
  path: '/switch',
  method: 'POST',
  visit: async (visit): Promise<Redirect> => {
    const next = readNext(visit.body.next)
    const entry = await switchAccount(visit.ctx, visit.jar, field(visit, 'account'))
    return entry ? { redirect: next, ...entry } : { redirect: `/sign-in?add=1&next=${encodeURIComponent(next)}` }
  },
}

async function signUpModel(ctx: Context, state: FormState): Promise<PageContent> {
  const { registrations } = await readSettings(ctx)
  if (registrations === 'closed')
    return {
      kind: 'notice',
      status: 403,
      title: 'This server is full for now',
      text: 'It takes no new members. There are many others: any of them lets you follow people here.',
    }
  return { kind: 'sign-up', needsApproval: registrations === 'approval', rules: await listRules(ctx), ...state }
}

const signUpPage: Page = {
  path: '/sign-up',
  method: 'GET',
  visit: async ({ ctx, viewer }) => (viewer ? { redirect: '/home' } : signUpModel(ctx, fresh)),
}

const signUpForm: Page = {
  path: '/sign-up',
  method: 'POST',
  visit: async (visit) => {
    const values = { username: field(visit, 'username'), email: field(visit, 'email'), reason: field(visit, 'reason') }
    try {
      const agreement = field(visit, 'agreement') !== ''
      await signUp(visit.ctx, { ...values, password: field(visit, 'password'), agreement, ip: visit.ip })
    } catch (error) {
      return signUpModel(visit.ctx, { values, errors: readFieldErrors(error), status: 422 })
    }
    return {
      kind: 'notice',
      title: 'Look into your mail',
      text: `We have sent a link to ${values.email}. Follow it within two days, and the account is yours.`,
    }
  },
}

const confirmPage: Page = {
  path: '/confirm',
  method: 'GET',
  visit: async ({ ctx, query }) => {
    const key = typeof query.key === 'string' ? query.key : ''
    const isGood = (await isLinkGood(ctx, 'confirm', key)) || (await isLinkGood(ctx, 'email', key))
    return isGood ? { kind: 'confirm', key } : linkIsOver
  },
}

const linkIsOver: PageContent = {
  kind: 'notice',
  status: 422,
  title: 'This link is over',
  text: 'It was used already, or it is too old. Ask for a new one.',
  action: { href: '/password', label: 'Ask for a new link' },
}

const newEmail: PageContent = {
  kind: 'notice',
  title: 'Your address is changed',
  text: 'Mail goes to the new one from now on. Your other browsers are signed out.',
  action: { href: '/home', label: 'Go to Home' },
}

const confirmForm: Page = {
  path: '/confirm',
  method: 'POST',
  visit: async (visit) => {
    const { ctx, viewer } = visit
    const isNew = await transact(ctx, (tx) => confirmNewEmail(tx, field(visit, 'key'), viewer?.sessionId ?? null))
    if (isNew) return newEmail
    const confirmed = await transact(ctx, (tx) => confirmEmail(tx, field(visit, 'key'))).catch(refusalOnly)
    if (!confirmed) return linkIsOver
    if (confirmed.isApproved)
      return {
        kind: 'notice',
        title: 'Welcome',
        text: 'Your address is confirmed. Sign in, and look around.',
        action: { href: '/sign-in', label: 'Sign in' },
      }
    return {
      kind: 'notice',
      title: 'Thank you. One more thing',
      text: 'Your address is confirmed. A person reads every request to join; you get a mail when yours was read.',
    }
  },
}

function refusalOnly(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error
}

const passwordPage: Page = {
  path: '/password',
  method: 'GET',
  visit: async () => ({ kind: 'password-ask', ...fresh }),
}

const passwordForm: Page = {
  path: '/password',
  method: 'POST',
  visit: async (visit) => {
    await askForPassword(visit.ctx, field(visit, 'email'), visit.ip)
    return {
      kind: 'notice',
      title: 'Look into your mail',
      text: 'If there is an account with this address, a link is on its way. It works for two hours.',
    }
  },
}

const newPasswordPage: Page = {
  path: '/password/new',
  method: 'GET',
  visit: async ({ ctx, query }) => {
    const key = typeof query.key === 'string' ? query.key : ''
    return (await isLinkGood(ctx, 'password', key)) ? { kind: 'password-new', key, ...fresh } : linkIsOver
  },
}

const newPasswordForm: Page = {
  path: '/password/new',
  method: 'POST',
  visit: async (visit) => {
    const key = field(visit, 'key')
    try {
      await resetPassword(visit.ctx, key, field(visit, 'password'))
    } catch (error) {
      const errors = readFieldErrors(error)
      return errors.form ? linkIsOver : { kind: 'password-new', key, values: {}, errors, status: 422 }
    }
    return {
      kind: 'notice',
      title: 'Your password is new',
      text: 'Everything that was signed in with the old one is signed out. Sign in with the new one.',
      action: { href: '/sign-in', label: 'Sign in' },
    }
  },
}

export const pages: Page[] = [
  ...appPages,
  signInPage,
  signInForm,
  signOutForm,
  switchForm,
  signUpPage,
  signUpForm,
  confirmPage,
  confirmForm,
  passwordPage,
  passwordForm,
  newPasswordPage,
  newPasswordForm,
]
