import { findLocalAccount, readUsername } from '#features/accounts'
import { judgeSignUp } from '#features/gates'
import { roleIds } from '#features/roles'
import { readSettings, type Settings } from '#features/settings'
import type { Id } from '#lib/id'
import { readLanguage } from '#lib/language'
import { Refusal } from '#lib/refusal'
import { countAttempt } from '#platform/attempts'
import { transact, type Context, type Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { enqueue } from '#platform/jobs'
import { networkOf, readCidr } from '#platform/net'
import { createUser, makeSecrets, refuseField, requirePassword, type Secrets } from './create-user.ts'
import { findInvitation, invitationIsOver, useInvite, type Invitation } from './invites/invites.ts'
import { requireAge } from './joining/age.ts'
import { countMailTo } from './mail-bounds.ts'
import { HOUSEHOLD, readCrowd } from './joining/crowd.ts'
import { marksOf } from './joining/marks.ts'
import { mailAlreadyHere, mailConfirmation } from './mails.ts'
import { findUserByEmail } from './store.ts'

export type SignUp = {
  username: string
  email: string
  password: string
  agreement: boolean
  reason?: string | undefined
  locale?: string | undefined
  applicationId?: Id | undefined
  ip: string
  /** `2001-12-31`; looked at and forgotten. */
  dateOfBirth?: string | undefined
  inviteCode?: string | undefined
  /** A browser worked out the puzzle of the form. Apps have none. */
  isProven?: boolean | undefined
  /** It filled in a field that no person sees, as programs do and some that keep passwords. */
  isOdd?: boolean | undefined
  /** Comes by the other service that people sign in with. */
  isVouched?: boolean | undefined
}

export const userSignedUp = defineEvent<{ userId: Id; accountId: Id; needsApproval: boolean }>('users.signed-up')

const LONGEST_REASON = 420
const HALF_HOUR_MS = 30 * 60_000
const FIVE_MINUTES_MS = 5 * 60_000

/**
 * Makes a person who must still confirm their address and, where the server or its gates say so, be let in by a moderator.
 * Gives undefined when the address is known here already: the caller answers as for a new one, and its owner gets a mail.
 * The form of our pages and the API come through here, and nowhere else is anything checked.
 */
export async function signUp(ctx: Context, input: SignUp): Promise<{ userId: Id; accountId: Id } | undefined> {
  if (ctx.openId && ctx.config.oidcOnly && !input.isVouched)
    throw new Refusal('forbidden', `Sign up by signing in with ${ctx.openId.name}`, { fault: 'serviceOnly' })
  const settings = await readSettings(ctx)
  const invitation = await admit(ctx, settings, input.inviteCode)
  await countTries(ctx, input)
  const reason = readReason(settings, invitation, input)
  requireAge(ctx, settings.min_age, input.dateOfBirth)
  readUsername(input.username)
  const why = await findWhy(ctx, settings, { input, invitation })
  // Before the address is looked up: what is wrong with the rest must not tell whether the address is known.
  requirePassword(input.password, [input.username, input.email.trim(), settings.title, ctx.config.domain])
  // Read before the name: a twin of this request that ended in between has taken both, and the name is what is said.
  const isKnown = (await findUserByEmail(ctx, input.email)) !== undefined
  if (await findLocalAccount(ctx, input.username)) throw refuseField('username', 'ERR_TAKEN', 'has already been taken')
  if (isKnown) {
    await transact(ctx, (tx) => enqueue(tx, mailAlreadyHere, { email: input.email }))
    return undefined
  }
  const secrets = await makeSecrets(input.password)
  return transact(ctx, (tx) => join(tx, { input, secrets, reason, why, invitation }))
}

/** Whether anybody, or whoever has this invitation, may come at all. An invitation that is over is said to be. */
async function admit(ctx: Context, { registrations, closed_message: words }: Settings, code = '') {
  const invitation = code.trim() === '' ? undefined : await findInvitation(ctx, code.trim())
  if (code.trim() !== '' && !invitation) throw invitationIsOver()
  if (registrations === 'closed' && !invitation)
    throw words === ''
      ? new Refusal('forbidden', 'This server does not take new members right now', { fault: 'closed' })
      : new Refusal('forbidden', words)
  return invitation
}

/** Exact over all processes: every sign-up sends a mail to somebody who may know nothing of it (reliability RL-04). */
async function countTries(ctx: Context, { ip, email }: SignUp): Promise<void> {
  await countAttempt(ctx, `sign-up:${networkOf(ip, HOUSEHOLD)}`, { max: 25, windowMs: HALF_HOUR_MS })
  await countAttempt(ctx, 'sign-up', { max: 300, windowMs: FIVE_MINUTES_MS })
  await countMailTo(ctx, email)
}

/** Whoever is invited past the moderators is asked for no reason. */
export const asksReason = ({ registrations }: Settings, invitation: Invitation | undefined): boolean =>
  registrations === 'approval' && !invitation?.bypasses

function readReason(settings: Settings, invitation: Invitation | undefined, input: SignUp): string {
  const reason = input.reason?.replaceAll('\0', '').trim() ?? ''
  if (!input.agreement) throw refuseField('agreement', 'ERR_ACCEPTED', 'must be accepted')
  if (asksReason(settings, invitation) && settings.require_reason === 'on' && reason === '')
    throw refuseField('reason', 'ERR_BLANK', "can't be blank")
  if (reason.length > LONGEST_REASON)
    throw refuseField('reason', 'ERR_TOO_LONG', `may have ${LONGEST_REASON} characters at most`)
  return reason
}

type Coming = { input: SignUp; invitation: Invitation | undefined }

/** Why somebody has to wait for a moderator; nothing where they need not. Whoever may vouch for people vouches for this one. */
async function findWhy(ctx: Context, settings: Settings, { input, invitation }: Coming): Promise<string[]> {
  const verdict = await judgeSignUp(ctx, input)
  if (verdict.kind === 'refused') throw refuseField(verdict.field, verdict.error, verdict.description)
  if (verdict.kind === 'shut')
    throw new Refusal('forbidden', 'Nobody can sign up from where you are', { fault: 'notFromHere' })
  const why: string[] = verdict.kind === 'approval' ? [...verdict.why] : []
  if (input.isOdd) why.push('trap')
  if (invitation?.bypasses) return why
  if (settings.registrations === 'approval') why.push('mode')
  if (invitation) return why
  const crowd = await readCrowd(ctx, input.ip, marksOf({ ...input, reason: input.reason ?? '', why: [] }))
  const wish = settings.proof_of_work
  if (!input.isProven && (wish === 'always' || (wish === 'busy' && crowd.isBusy))) why.push('proof')
  if (crowd.isNear) why.push('near')
  if (crowd.isAlike) why.push('alike')
  if (crowd.isFlood) why.push('flood')
  return why
}

type Joining = Coming & { secrets: Secrets; reason: string; why: readonly string[] }

async function join(tx: Tx, { input, secrets, reason, why, invitation }: Joining) {
  const { username, email, ip, applicationId } = input
  const locale = readLanguage(input.locale ?? '')
  if (invitation) await useInvite(tx, invitation.id)
  const needsApproval = why.length > 0
  const marked = { username, email: email.trim(), ip, reason, why: why.filter((one) => one !== 'mode') }
  const { userId, accountId } = await createUser(tx, {
    username,
    email,
    secrets,
    roleId: roleIds.user,
    confirmed: false,
    approved: !needsApproval,
    ...(reason ? { reason } : {}),
    ...(locale ? { locale } : {}),
    ...(applicationId ? { applicationId } : {}),
    arrival: {
      ip: readCidr(ip) ?? null,
      marks: marksOf(marked),
      inviteId: invitation?.id ?? null,
    },
  })
  await enqueue(tx, mailConfirmation, { userId })
  await emit(tx, userSignedUp, { userId, accountId, needsApproval })
  return { userId, accountId }
}
