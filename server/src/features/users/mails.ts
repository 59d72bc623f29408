import { sendLetter } from '#features/letters'
import type { Id } from '#lib/id'
import { transact, type Context } from '#platform/context'
import { defineJob } from '#platform/jobs'
import { makeLink, makeUndoLink } from './links.ts'
import { findUser, findUserByEmail, type UserRow } from './store.ts'

/**
 * Letters of this room. The link is made when the letter is sent, so no secret lies in a job; a job that runs twice sends
 * a second letter whose link replaces the first.
 */
export const mailConfirmation = aboutUser('users.mail-confirmation', async (ctx, person) => {
  if (person.confirmed_at) return
  const secret = await transact(ctx, (tx) => makeLink(tx, 'confirm', person.id))
  await sendLetter(ctx, person, 'confirm', { link: `${ctx.config.url}/confirm?key=${secret}` })
})

export const mailPassword = aboutUser('users.mail-password', async (ctx, person) => {
  const secret = await transact(ctx, (tx) => makeLink(tx, 'password', person.id))
  await sendLetter(ctx, person, 'password', { link: `${ctx.config.url}/password/new?key=${secret}` })
})

/** Whoever has the account learns of a new password, also when somebody else chose it. */
export const mailPasswordChanged = aboutUser('users.mail-password-changed', (ctx, person) =>
  sendLetter(ctx, person, 'passwordChanged', { link: `${ctx.config.url}/password` }),
)

/** To the new address, with the link that makes it the person's. */
export const mailNewEmail = aboutUser('users.mail-new-email', async (ctx, person) => {
  if (!person.new_email) return
  const secret = await transact(ctx, (tx) => makeLink(tx, 'email', person.id))
  const link = `${ctx.config.url}/confirm?key=${secret}`
  await sendLetter(ctx, { email: person.new_email, locale: person.locale }, 'newEmail', { link })
})

/** To the old address, whose owner may know nothing of it. */
export const mailEmailAsked = aboutUser('users.mail-email-asked', (ctx, person) =>
  sendLetter(ctx, person, 'emailAsked', { link: `${ctx.config.url}/password` }),
)

/** To the address that counted until now; with the way back, whoever follows it. The job carries it: the person has another. */
export const mailEmailChanged = defineJob<{ userId: Id; email: string }>({
  name: 'users.mail-email-changed',
  run: async (ctx, { userId, email }) => {
    const person = await findUser(ctx, userId)
    if (!person || person.email === email) return
    const secret = await transact(ctx, (tx) => makeUndoLink(tx, userId, email))
    const link = `${ctx.config.url}/email/undo?key=${secret}`
    await sendLetter(ctx, { email, locale: person.locale }, 'emailChanged', { link })
  },
})

/** A moderator let them in. Whoever has not confirmed the address yet is told by the page that confirms it. */
export const mailApproved = aboutUser('users.mail-approved', async (ctx, person) => {
  if (person.confirmed_at) await sendLetter(ctx, person, 'approved', { link: `${ctx.config.url}/sign-in` })
})

/** They asked for everything to be erased, or somebody in their name: signing in takes it back. */
export const mailDeletionAsked = aboutUser('users.mail-deletion-asked', async (ctx, person) => {
  const row = await ctx.db.selectFrom('users').select('deletion_due_at').where('id', '=', person.id).executeTakeFirst()
  if (!row?.deletion_due_at) return
  const date = row.deletion_due_at.slice(0, 10)
  await sendLetter(ctx, person, 'deletionAsked', { date, link: `${ctx.config.url}/sign-in` })
})

/** The person is gone when this is sent, so the job carries the address and the language. */
export const mailRejected = defineJob<{ email: string; locale?: string | null }>({
  name: 'users.mail-rejected',
  run: (ctx, person) => sendLetter(ctx, person, 'rejected', {}),
})

/** Whoever signs up with an address that is known here must not learn so; its owner is told instead (reliability AU-14). */
export const mailAlreadyHere = defineJob<{ email: string }>({
  name: 'users.mail-already-here',
  run: async (ctx, { email }) => {
    const person = await findUserByEmail(ctx, email)
    if (!person) return
    const { url } = ctx.config
    await sendLetter(ctx, person, 'alreadyHere', { signIn: `${url}/sign-in`, password: `${url}/password` })
  },
})

/** A letter to a person who may be gone when its turn comes. */
function aboutUser(name: string, write: (ctx: Context, person: UserRow) => Promise<void>) {
  return defineJob<{ userId: Id }>({
    name,
    run: async (ctx, { userId }) => {
      const person = await findUser(ctx, userId)
      if (person) await write(ctx, person)
    },
  })
}
