import type { FormState } from '@hamlet/contract/pages'
import { listRules, readSettings, sayRules } from '#features/settings'
import type { Page, PageContent, Visit } from '#platform/http'
import { readFieldErrors } from '../faults.ts'
import { field } from '../forms.ts'
import { findInvitation } from '../invites/invites.ts'
import { asksReason, signUp } from '../sign-up.ts'
import { isWorkDone, makeStamp, requireHuman, TRAPS, WORK_BITS } from './stamp.ts'

const fresh: FormState = { values: {}, errors: {} }

type Asked = Pick<Visit, 'ctx' | 'languages'>

/** The form as this server asks it now, of somebody with an invitation or without; or why there is none. */
async function drawForm({ ctx, languages }: Asked, code: string, state: FormState): Promise<PageContent> {
  const settings = await readSettings(ctx)
  const invitation = code === '' ? undefined : await findInvitation(ctx, code)
  if (code !== '' && !invitation) return { kind: 'notice', notice: 'inviteOver', status: 403 }
  if (settings.registrations === 'closed' && !invitation) {
    const words = settings.closed_message
    return { kind: 'notice', notice: 'serverFull', status: 403, ...(words === '' ? {} : { values: { words } }) }
  }
  const needsApproval = asksReason(settings, invitation)
  return {
    kind: 'sign-up',
    needsApproval,
    reason: needsApproval ? (settings.require_reason === 'on' ? 'must' : 'wish') : 'no',
    minAge: settings.min_age,
    stamp: makeStamp(ctx),
    workBits: settings.proof_of_work === 'off' ? 0 : WORK_BITS,
    rules: sayRules(await listRules(ctx), languages),
    ...(invitation ? { invite: { code, inviter: invitation.inviter } } : {}),
    ...state,
  }
}

const signUpPage: Page = {
  path: '/sign-up',
  method: 'GET',
  visit: async (visit) => (visit.viewer ? { redirect: '/home' } : drawForm(visit, '', fresh)),
}

/** Where somebody comes who was given a link; it works where everybody else finds the door closed. */
const invitePage: Page = {
  path: '/invite/:code',
  method: 'GET',
  visit: async (visit) => (visit.viewer ? { redirect: '/home' } : drawForm(visit, visit.params.code ?? '', fresh)),
}

const KEPT = ['username', 'email', 'reason', 'date_of_birth'] as const

const signUpForm: Page = {
  path: '/sign-up',
  method: 'POST',
  visit: async (visit) => {
    const values = Object.fromEntries(KEPT.map((name) => [name, field(visit, name)]))
    const code = field(visit, 'invite_code').trim().slice(0, 100)
    try {
      await readForm(visit, code)
    } catch (error) {
      return drawForm(visit, code, { values, errors: readFieldErrors(error), status: 422 })
    }
    return { kind: 'notice', notice: 'confirmationSent', values: { email: field(visit, 'email') } }
  },
}

async function readForm(visit: Visit, inviteCode: string): Promise<void> {
  const [stamp, username] = [field(visit, 'stamp'), field(visit, 'username')]
  requireHuman(visit.ctx, { stamp, traps: TRAPS.map((name) => field(visit, name)) })
  await signUp(visit.ctx, {
    username,
    email: field(visit, 'email'),
    password: field(visit, 'password'),
    reason: field(visit, 'reason'),
    dateOfBirth: field(visit, 'date_of_birth'),
    agreement: field(visit, 'agreement') !== '',
    inviteCode,
    locale: visit.languages[0],
    isProven: isWorkDone(stamp, username, field(visit, 'work')),
    ip: visit.ip,
  })
}

export const signUpPages: Page[] = [signUpPage, invitePage, signUpForm]
