import type { FormState } from '@hamlet/contract/pages'
import { Refusal } from '#lib/refusal'
import { transact } from '#platform/context'
import type { Page, PageContent, Redirect } from '#platform/http'
import { appPages } from './app-pages.ts'
import { signOutOf, switchAccount } from './browser-accounts.ts'
import { confirmNewEmail } from './change-email.ts'
import { askForPassword, confirmEmail, resetPassword } from './confirm.ts'
import { signInPages } from './entering/pages.ts'
import { readFieldErrors } from './faults.ts'
import { field, readNext } from './forms.ts'
import { confirmAgainPages } from './joining/confirm-pages.ts'
import { openIdPages } from './oidc/pages.ts'
import { signUpPages } from './joining/sign-up-pages.ts'
import { isLinkGood } from './links.ts'
import { letterPages } from './team/letter-pages.ts'
import { undoEmail } from './undo-email.ts'

const fresh: FormState = { values: {}, errors: {} }

const signOutForm: Page = {
  path: '/sign-out',
  method: 'POST',
  takesClosed: true,
  visit: async (visit): Promise<Redirect> =>
    signOutOf(visit.ctx, visit.jar, field(visit, 'account') || (visit.viewer?.accountId ?? '')),
}

/** Another account of the browser; whose session is over, signs in anew. */
const switchForm: Page = {
  path: '/switch',
  method: 'POST',
  takesClosed: true,
  visit: async (visit): Promise<Redirect> => {
    const next = readNext(visit.body.next)
    const entry = await switchAccount(visit.ctx, visit.jar, field(visit, 'account'))
    return entry ? { redirect: next, ...entry } : { redirect: `/sign-in?add=1&next=${encodeURIComponent(next)}` }
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

const linkIsOver: PageContent = { kind: 'notice', notice: 'linkOver', status: 422 }

const confirmForm: Page = {
  path: '/confirm',
  method: 'POST',
  takesClosed: true,
  visit: async (visit) => {
    const { ctx, viewer } = visit
    const isNew = await transact(ctx, (tx) => confirmNewEmail(tx, field(visit, 'key'), viewer?.sessionId ?? null))
    if (isNew) return { kind: 'notice', notice: 'emailChanged' }
    const confirmed = await transact(ctx, (tx) => confirmEmail(tx, field(visit, 'key'))).catch(refusalOnly)
    if (!confirmed) return linkIsOver
    return { kind: 'notice', notice: confirmed.isApproved ? 'emailConfirmed' : 'awaitingApproval' }
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
    return { kind: 'notice', notice: 'passwordSent' }
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
    return { kind: 'notice', notice: 'passwordChanged' }
  },
}

const undoPage: Page = {
  path: '/email/undo',
  method: 'GET',
  visit: async ({ ctx, query }) => {
    const key = typeof query.key === 'string' ? query.key : ''
    return (await isLinkGood(ctx, 'undo-email', key)) ? { kind: 'email-undo', key } : linkIsOver
  },
}

const undoForm: Page = {
  path: '/email/undo',
  method: 'POST',
  visit: async (visit) => {
    const undone = await transact(visit.ctx, (tx) => undoEmail(tx, field(visit, 'key')))
    if (undone === 'over') return linkIsOver
    if (undone === 'taken') return { kind: 'notice', notice: 'emailTaken', status: 422 }
    return { redirect: `/password/new?key=${undone.key}`, session: null }
  },
}

export const pages: Page[] = [
  ...letterPages,
  undoPage,
  undoForm,
  ...appPages,
  ...signInPages,
  ...openIdPages,
  signOutForm,
  switchForm,
  ...signUpPages,
  ...confirmAgainPages,
  confirmPage,
  confirmForm,
  passwordPage,
  passwordForm,
  newPasswordPage,
  newPasswordForm,
]
