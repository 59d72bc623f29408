import { findLocalAccount, readUsername } from '#features/accounts'
import { judgeSignUp } from '#features/gates'
import { roleIds } from '#features/roles'
import { readSettings } from '#features/settings'
import type { Id } from '#lib/id'
import { readLanguage } from '#lib/language'
import { Refusal } from '#lib/refusal'
import { countAttempt } from '#platform/attempts'
import { transact, type Context } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { enqueue } from '#platform/jobs'
import { createUser, makeSecrets, refuseField, requirePassword } from './create-user.ts'
import { mailAlreadyHere, mailConfirmation } from './mails.ts'
import { findUserByEmail } from './store.ts'

export type SignUp = {
  username: string
  email: string
  password: string
  agreement: boolean
  reason?: string
  locale?: string
  applicationId?: Id
  ip: string
}

export const userSignedUp = defineEvent<{ userId: Id; accountId: Id; needsApproval: boolean }>('users.signed-up')

const LONGEST_REASON = 420
const HALF_HOUR_MS = 30 * 60_000

/**
 * Makes a person who must still confirm their address and, where the server or its gates say so, be let in by a moderator.
 * Gives undefined when the address is known here already: the caller answers as for a new one, and its owner gets a mail.
 */
export async function signUp(ctx: Context, input: SignUp): Promise<{ userId: Id; accountId: Id } | undefined> {
  const { registrations } = await readSettings(ctx)
  if (registrations === 'closed')
    throw new Refusal('forbidden', 'This server does not take new members right now', { fault: 'closed' })
  await countAttempt(ctx, `sign-up:${input.ip}`, { max: 25, windowMs: HALF_HOUR_MS })
  const reason = input.reason?.trim() ?? ''
  if (!input.agreement) throw refuseField('agreement', 'ERR_ACCEPTED', 'must be accepted')
  if (registrations === 'approval' && reason === '') throw refuseField('reason', 'ERR_BLANK', "can't be blank")
  if (reason.length > LONGEST_REASON)
    throw refuseField('reason', 'ERR_TOO_LONG', `may have ${LONGEST_REASON} characters at most`)
  readUsername(input.username)
  const verdict = await judgeSignUp(ctx, input)
  if (verdict.kind === 'refused') throw refuseField(verdict.field, verdict.error, verdict.description)
  // Before the address is looked up: what is wrong with the rest must not tell whether the address is known.
  requirePassword(input.password, [input.username, input.email.trim()])
  // Read before the name: a twin of this request that ended in between has taken both, and the name is what is said.
  const isKnown = (await findUserByEmail(ctx, input.email)) !== undefined
  if (await findLocalAccount(ctx, input.username)) throw refuseField('username', 'ERR_TAKEN', 'has already been taken')
  const locale = readLanguage(input.locale ?? '')
  const needsApproval = registrations === 'approval' || verdict.kind === 'approval'
  if (isKnown) {
    await transact(ctx, (tx) => enqueue(tx, mailAlreadyHere, { email: input.email }))
    return undefined
  }
  const secrets = await makeSecrets(input.password)
  return transact(ctx, async (tx) => {
    const made = await createUser(tx, {
      username: input.username,
      email: input.email,
      secrets,
      roleId: roleIds.user,
      confirmed: false,
      approved: !needsApproval,
      ...(reason ? { reason } : {}),
      ...(locale ? { locale } : {}),
      ...(input.applicationId ? { applicationId: input.applicationId } : {}),
    })
    await enqueue(tx, mailConfirmation, { userId: made.userId })
    await emit(tx, userSignedUp, { userId: made.userId, accountId: made.accountId, needsApproval })
    return { userId: made.userId, accountId: made.accountId }
  })
}
